"""What may a draft's files wait for?"""

from aiogram.fsm.state import State, StatesGroup


class MediaForm(StatesGroup):
    """Input about files; the data holds ``content`` (hex), ``version``, and ``position`` for a description."""

    adding = State()
    alt = State()
