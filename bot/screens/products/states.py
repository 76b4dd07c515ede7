"""What may the products screen wait for?"""

from aiogram.fsm.state import State, StatesGroup


class ProductForm(StatesGroup):
    """Typed input about a product."""

    name = State()
