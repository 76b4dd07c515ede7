"""May a screen go out as Telegram's rich message, and what does its text look like there?

The owner asks for rich messages in the settings (an old client shows a placeholder instead of them); an old Bot API
server that does not know them is remembered for the life of the process and not asked again.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from weakref import WeakSet

import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest, TelegramNotFound
from aiogram.types import (
    InputRichBlockBlockQuotation,
    InputRichBlockParagraph,
    InputRichBlockPreformatted,
    InputRichBlockUnion,
    InputRichMessage,
    MessageEntity,
    RichTextBold,
    RichTextCode,
    RichTextItalic,
    RichTextSpoiler,
    RichTextStrikethrough,
    RichTextUnderline,
    RichTextUnion,
    RichTextUrl,
)

from bot.ui.formatted import Formatted, utf16_length
from bot.ui.table import Table

log = structlog.get_logger(__name__)

TEXT_LIMIT = 32_768  # characters of a rich message
_BLOCKS = 500

_wanted: ContextVar[bool] = ContextVar("rich_tables_wanted", default=False)
_unable: WeakSet[BaseSession] = WeakSet()  # connections to servers that do not know rich messages

_STYLES: dict[str, Callable[..., RichTextUnion]] = {
    "bold": RichTextBold,
    "italic": RichTextItalic,
    "underline": RichTextUnderline,
    "strikethrough": RichTextStrikethrough,
    "spoiler": RichTextSpoiler,
    "code": RichTextCode,
}
_OWN_LINE = frozenset({"pre", "blockquote", "expandable_blockquote"})


def want(wanted: bool) -> None:
    """Say for the update at hand whether the owner wants rich messages (``general.rich_tables``)."""
    _wanted.set(wanted)


def may(bot: Bot) -> bool:
    """Tell whether rich messages are wanted, and not known to be impossible."""
    return _wanted.get() and bot.session not in _unable


def note_refusal(bot: Bot, error: TelegramBadRequest | TelegramNotFound) -> None:
    """Remember a server that has no rich messages; anything else is a defect of one screen and is logged."""
    # A server of before them misses the method, or sees an edit without any text.
    reason = error.message.lower()
    if isinstance(error, TelegramNotFound) or "message text is empty" in reason:
        _unable.add(bot.session)
        log.info("rich_messages_not_supported", reason=error.message)
    else:
        log.error("rich_message_refused", reason=error.message)


def message(parts: Iterable[Formatted | Table]) -> InputRichMessage | None:
    """Return ``parts`` as a rich message; None when they do not fit into one."""
    blocks: list[InputRichBlockUnion] = []
    length = 0
    for part in parts:
        if isinstance(part, Table):
            blocks.append(part.rich())
            length += len(part.caption) + sum(len(cell) for row in part.rows for cell in row)
        else:
            blocks += _blocks(part)
            length += len(part.text)
    if len(blocks) > _BLOCKS or length > TEXT_LIMIT:
        return None
    return InputRichMessage(blocks=blocks, skip_entity_detection=True)


def _blocks(part: Formatted) -> list[InputRichBlockUnion]:
    """Return the paragraphs of ``part``; quotations and code stand between them as blocks of their own."""
    made: list[InputRichBlockUnion] = []
    at = 0
    apart = sorted((entity for entity in part.entities if entity.type in _OWN_LINE), key=lambda e: e.offset)
    for entity in apart:
        if entity.offset < at:
            continue
        made += _paragraphs(part.cut(at, entity.offset))
        at = entity.offset + entity.length
        inside = _inline(part.cut(entity.offset, at))
        if entity.type == "pre":
            made.append(InputRichBlockPreformatted(text=inside, language=entity.language))
        else:
            made.append(InputRichBlockBlockQuotation(blocks=[InputRichBlockParagraph(text=inside)]))
    return made + _paragraphs(part.cut(at, part.length))


def _paragraphs(part: Formatted) -> list[InputRichBlockUnion]:
    made: list[InputRichBlockUnion] = []
    at = 0
    for text in part.text.split("\n\n"):
        length = utf16_length(text)
        piece = _trimmed(part.cut(at, at + length))
        at += length + 2
        if piece.text:
            made.append(InputRichBlockParagraph(text=_inline(piece)))
    return made


def _trimmed(part: Formatted) -> Formatted:
    """Return ``part`` without white space around it: a block stands on a line of its own anyway."""
    start = utf16_length(part.text) - utf16_length(part.text.lstrip())
    return part.cut(start, start + utf16_length(part.text.strip()))


def _inline(part: Formatted) -> RichTextUnion:
    """Return the text with its formatting nested; of two that cross, the later one is cut where the first one ends."""
    nodes: list[RichTextUnion] = []
    rest = Formatted(part.text, tuple(entity for entity in part.entities if _is_inline(entity)))
    while rest.text:
        first = min(rest.entities, key=lambda entity: (entity.offset, -entity.length), default=None)
        if first is None:
            nodes.append(rest.text)
            break
        if first.offset:
            nodes.append(rest.cut(0, first.offset).text)
        end = first.offset + first.length
        others = Formatted(rest.text, tuple(entity for entity in rest.entities if entity is not first))
        nodes.append(_node(first, _inline(others.cut(first.offset, end))))
        rest = others.cut(end, others.length)
    return nodes[0] if len(nodes) == 1 else nodes


def _is_inline(entity: MessageEntity) -> bool:
    return entity.type in _STYLES or (entity.type == "text_link" and entity.url is not None)


def _node(entity: MessageEntity, inside: RichTextUnion) -> RichTextUnion:
    if entity.type == "text_link":
        return RichTextUrl(text=inside, url=entity.url or "")
    return _STYLES[entity.type](text=inside)
