"""What may the templates screens wait for?"""

from aiogram.fsm.state import State, StatesGroup


class TemplateForm(StatesGroup):
    """Typed input; all but a new one's first steps hold ``template`` (hex)."""

    variable = State()  # names, values and place: see filling
    idea = State()
    field = State()  # field
    new_name = State()
    new_kind = State()  # name
    new_format = State()  # name, kind
    new_text = State()  # name, kind, thread
