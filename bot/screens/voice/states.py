"""What may the voice screens wait for?"""

from aiogram.fsm.state import State, StatesGroup


class VoiceForm(StatesGroup):
    """Typed input about a voice; the state's data holds ``product`` (hex) and what is named beside each."""

    entries = State()  # field
    example = State()  # kind
    sentence = State()
    samples = State()
    correction = State()  # mark
