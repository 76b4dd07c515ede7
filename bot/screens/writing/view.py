"""What does a text look like that is being written? What is done, the text as far as it has come, and a way to stop it."""

import uuid

from aiogram.types import InlineKeyboardButton, MessageEntity

from bot.i18n import Markup, Translator
from bot.screens.writing.callbacks import StopWriting
from bot.ui.formatted import TEXT_LIMIT, Formatted, html, join
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.platforms.base import Platform, Post


def under_way(
    t: Translator,
    doing: Markup,
    content_id: uuid.UUID,
    *others: InlineKeyboardButton,
    text: Formatted | None = None,
) -> Screen:
    """Draw the progress message; ``text`` is what has been written so far."""
    head = html(doing)
    stop = button(t.label("writing-stop"), StopWriting(content=content_id))
    body = join([head, tail(text, TEXT_LIMIT - head.length - 2)]) if text is not None else head
    return Screen(body, keyboard([stop], list(others)))


def so_far(markdown: str, platform: Platform | None) -> Formatted:
    """Return a growing text as ``platform`` would show it."""
    if platform is None:
        return Formatted(markdown)
    return join(
        Formatted(part.text, tuple(MessageEntity.model_validate(dict(entity)) for entity in part.entities))
        for part in platform.render(Post(text=markdown), {}).parts
    )


def tail(text: Formatted, limit: int) -> Formatted:
    """Return the end of ``text`` when it is too long: what grows is seen."""
    if text.length <= limit:
        return text
    return Formatted("…") + text.cut(text.length - limit + 1, text.length)
