"""What may the settings screens wait for?"""

from aiogram.fsm.state import State, StatesGroup


class SettingsForm(StatesGroup):
    """Typed input; the state's data holds what is named beside each."""

    value = State()  # code
    platform = State()  # platform (its slug)
