"""What may the rewriting menu wait for?"""

from aiogram.fsm.state import State, StatesGroup


class RewriteForm(StatesGroup):
    """Typed input about one draft; the state's data holds ``content`` (hex), ``version`` and ``about``."""

    wish = State()
