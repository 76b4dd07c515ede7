"""What may the plan for a week wait for?"""

from aiogram.fsm.state import State, StatesGroup


class WeekForm(StatesGroup):
    """A typed thought; the data holds ``plan`` (hex), ``version`` and ``position``."""

    thought = State()
