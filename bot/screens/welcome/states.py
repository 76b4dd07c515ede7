"""What may the first run be waiting for?"""

from aiogram.fsm.state import State, StatesGroup


class WelcomeForm(StatesGroup):
    """Something typed on the first run."""

    zone = State()
    product = State()
    description = State()
