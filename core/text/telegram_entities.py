"""What did the owner format in Telegram? Message entities, in and out of neutral formatting.

Telegram counts in UTF-16 code units; ``RichText`` counts in characters.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.text.normal import normalise
from core.text.rich import RichText, Span, SpanKind

_KINDS = {
    "bold": SpanKind.BOLD,
    "italic": SpanKind.ITALIC,
    "underline": SpanKind.UNDERLINE,
    "strikethrough": SpanKind.STRIKE,
    "spoiler": SpanKind.SPOILER,
    "code": SpanKind.CODE,
    "pre": SpanKind.PRE,
    "text_link": SpanKind.LINK,
    "text_mention": SpanKind.LINK,
    "blockquote": SpanKind.QUOTE,
    "expandable_blockquote": SpanKind.QUOTE,
}


def from_telegram(text: str, entities: Sequence[Mapping[str, Any]]) -> RichText:
    """Read a message's text and its entities (as the Bot API gives them); unknown kinds are left out.

    The text is kept character by character: what looks like Markdown in it is not formatting.
    """
    position = {unit: index for index, unit in enumerate(utf16_offsets(text))}
    spans = []
    for entity in entities:
        kind = _KINDS.get(str(entity.get("type")))
        start, length = entity.get("offset"), entity.get("length")
        if kind is None or not isinstance(start, int) or not isinstance(length, int):
            continue
        first, last = position.get(start), position.get(start + length)
        if first is not None and last is not None and first < last:
            spans.append(Span(first, last, kind, _value(entity, kind)))
    return normalise(RichText(text, tuple(sorted(spans))))


def utf16_offsets(text: str) -> list[int]:
    """UTF-16 offset of every character border: ``len(text) + 1`` numbers."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets


def _value(entity: Mapping[str, Any], kind: SpanKind) -> str:
    if kind is SpanKind.PRE:
        return str(entity.get("language") or "")
    if entity.get("type") == "text_mention":
        user = entity.get("user")
        return f"tg://user?id={user.get('id')}" if isinstance(user, Mapping) else ""
    return str(entity.get("url") or "") if kind is SpanKind.LINK else ""
