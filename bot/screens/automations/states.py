"""What may a rule wait for?"""

from aiogram.fsm.state import State, StatesGroup


class RuleForm(StatesGroup):
    """Input about rules; the data holds ``automation`` (hex) and ``version`` where there is one already."""

    new_json = State()
    json = State()
    name = State()
    description = State()
    value = State()  # with part, place, field
