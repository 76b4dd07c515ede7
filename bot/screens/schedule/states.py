"""What may the time picker wait for?"""

from aiogram.fsm.state import State, StatesGroup


class ScheduleForm(StatesGroup):
    """A typed time; the state's data holds ``subject``, ``id`` (hex) and ``version``."""

    time = State()
