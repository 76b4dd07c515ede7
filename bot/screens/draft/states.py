"""What may a draft wait for?"""

from aiogram.fsm.state import State, StatesGroup


class DraftForm(StatesGroup):
    """Typed input about one draft; the state's data holds ``content`` (hex) and ``version``."""

    new_text = State()  # and ``platform``, empty for all of them
    reason = State()
    template_name = State()
