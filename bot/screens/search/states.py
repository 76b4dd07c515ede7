"""What may the search wait for?"""

from aiogram.fsm.state import State, StatesGroup


class SearchForm(StatesGroup):
    """Typed input; nothing is kept beside it."""

    words = State()
