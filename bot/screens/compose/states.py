"""What may the commands that make drafts wait for?"""

from aiogram.fsm.state import State, StatesGroup


class ComposeForm(StatesGroup):
    """A text whose product is being asked for; the data holds ``deed``, ``text`` and ``media``."""

    product = State()
