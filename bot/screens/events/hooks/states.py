"""What may the screen of a product's events wait for?"""

from aiogram.fsm.state import State, StatesGroup


class HookForm(StatesGroup):
    """Typed input; the state's data holds ``product`` (hex)."""

    secret = State()  # and ``version``; its message is deleted from the chat at once
    event = State()
