"""What may the repeats wait for?"""

from aiogram.fsm.state import State, StatesGroup


class RepeatForm(StatesGroup):
    """A typed time of day; the state's data holds ``content`` (hex), ``version``, ``every`` and ``day``."""

    hour = State()
