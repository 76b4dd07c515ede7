"""What may the products screen wait for?"""

from aiogram.fsm.state import State, StatesGroup


class ProductForm(StatesGroup):
    """Typed input about a product; but for ``name`` (of a new one) the state's data holds ``product`` (hex)."""

    name = State()
    new_name = State()
    description = State()
    milestones = State()  # with ``what``
