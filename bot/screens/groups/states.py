"""What may the screen of groups wait for?"""

from aiogram.fsm.state import State, StatesGroup


class GroupForm(StatesGroup):
    """Something typed about a group."""

    name = State()
