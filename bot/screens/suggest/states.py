"""What may a suggestion wait for?"""

from aiogram.fsm.state import State, StatesGroup


class SuggestForm(StatesGroup):
    """The idea of a suggested post; the state's data holds ``product`` (hex) and ``kind`` (empty for none)."""

    idea = State()
