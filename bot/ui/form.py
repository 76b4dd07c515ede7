"""How is something typed? A question that waits for the next message and can be cancelled by a button or /cancel."""

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import Message

from bot.i18n import Markup, Translator
from bot.replies import Refusal
from bot.ui.callbacks import Callback
from bot.ui.formatted import utf16_length
from bot.ui.keyboard import Row, button, keyboard
from bot.ui.screen import Screen


def question(t: Translator, text: Markup, *rows: Row, cancel: Callback) -> Screen:
    """Return the question with a cancel button under other ``rows``."""
    return Screen.of(text, keyboard(*rows, [button(t.label("ui-cancel"), cancel)]))


async def wait_for(state: FSMContext, answer: State, **data: str | int) -> None:
    """Have the next message taken as ``answer``; ``data`` (JSON) is kept for its handler."""
    await state.set_data(dict(data))
    await state.set_state(answer)


def typed_text(message: Message, *, limit: int) -> str:
    """Return what was typed, trimmed. Raises ``Refusal`` when it is not text, empty, or above ``limit`` units."""
    text = (message.text or "").strip()
    if message.text is None or not text:
        raise Refusal("form-need-text")
    length = utf16_length(text)
    if length > limit:
        raise Refusal("form-too-long", length=length, limit=limit)
    return text
