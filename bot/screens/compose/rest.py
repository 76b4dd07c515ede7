"""What stands behind a command? The rest of its message, as if it had been sent alone, formatting kept."""

from aiogram.types import Message

from bot.ui.formatted import Formatted, utf16_length


def rest_of(message: Message, rest: str) -> Message:
    """Return ``message`` with nothing but ``rest``, the end of its text or caption."""
    whole = message.text if message.text is not None else message.caption or ""
    entities = message.entities if message.text is not None else message.caption_entities
    rest = rest.strip()
    start = len(whole.rstrip()) - len(rest)
    before = utf16_length(whole[:start])
    kept = Formatted(whole, tuple(entities or ())).cut(before, before + utf16_length(rest))
    changed = (
        {"text": kept.text, "entities": list(kept.entities)}
        if message.text is not None
        else {"caption": kept.text, "caption_entities": list(kept.entities)}
    )
    return message.model_copy(update=changed)
