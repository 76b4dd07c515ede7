"""What does a message say? Text with Telegram entities, so that nothing is ever refused for bad markup.

Screens are written in the small HTML subset Telegram knows; it is parsed here, once, into entities. A post's preview
already comes as entities and is joined to it unchanged. All offsets and lengths are UTF-16 code units.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape as _escape
from html.parser import HTMLParser

from aiogram.types import MessageEntity

TEXT_LIMIT = 4096  # UTF-16 units of a message, after entities are parsed
CAPTION_LIMIT = 1024  # the same for a caption under media

_TAGS = {
    "b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler",
}  # fmt: skip


def escape(text: str) -> str:
    """Make ``text`` from outside safe to stand inside a screen's HTML. The only place that escapes."""
    return _escape(text, quote=True)


def utf16_length(text: str) -> int:
    """Return the length of ``text`` as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text and its formatting."""

    text: str = ""
    entities: tuple[MessageEntity, ...] = ()

    @property
    def length(self) -> int:
        """UTF-16 units."""
        return utf16_length(self.text)

    def __add__(self, other: "Formatted") -> "Formatted":
        shift = self.length
        moved = tuple(
            entity.model_copy(update={"offset": entity.offset + shift}) for entity in other.entities
        )
        return Formatted(self.text + other.text, self.entities + moved)

    def cut(self, start: int, end: int) -> "Formatted":
        """Return the UTF-16 units ``start`` to ``end`` with the formatting that falls inside."""
        units = self.text.encode("utf-16-le")
        text = units[start * 2 : end * 2].decode("utf-16-le", errors="ignore")
        kept = []
        for entity in self.entities:
            first, last = max(entity.offset, start), min(entity.offset + entity.length, end)
            if first < last:
                kept.append(entity.model_copy(update={"offset": first - start, "length": last - first}))
        return Formatted(text, tuple(kept))

    def pages(self, limit: int = TEXT_LIMIT) -> list["Formatted"]:
        """Split into pieces of at most ``limit`` units, at a line break or a space where there is one."""
        pieces, start, total = [], 0, self.length
        while total - start > limit:
            end = start + _break_before(self.cut(start, start + limit).text, limit)
            pieces.append(self.cut(start, end))
            start = end
        pieces.append(self.cut(start, total))
        return pieces

    def shortened(self, limit: int) -> "Formatted":
        """Return the text itself when it fits into ``limit`` units, else its beginning and an ellipsis."""
        if self.length <= limit:
            return self
        return self.cut(0, _break_before(self.cut(0, limit - 1).text, limit - 1)) + Formatted("…")


def _break_before(text: str, limit: int) -> int:
    """Return how many UTF-16 units of ``text`` to keep: up to a line break or space in its last third."""
    for separator in ("\n", " "):
        position = text.rfind(separator)
        if position > 0 and utf16_length(text[:position]) >= limit * 2 // 3:
            return utf16_length(text[: position + 1])
    return utf16_length(text)


def join(parts: Iterable[Formatted], separator: str = "\n\n") -> Formatted:
    """Join the non-empty ``parts``."""
    result = Formatted()
    for part in parts:
        if part.text:
            result = result + Formatted(separator) + part if result.text else part
    return result


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.length = 0
        self.entities: list[MessageEntity] = []
        self._open: list[tuple[str, int, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise ValueError(f"<{tag}> is not a tag of Telegram's; escape texts from outside")
        self._open.append((tag, self.length, dict(attrs).get("href")))

    def handle_endtag(self, tag: str) -> None:
        opened, start, address = self._open.pop()
        if opened != tag:
            raise ValueError(f"</{tag}> closes <{opened}>")
        if self.length > start:
            self.entities.append(
                MessageEntity(type=_TAGS[tag], offset=start, length=self.length - start, url=address)
            )

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        self.length += utf16_length(data)


def html(markup: str) -> Formatted:
    """Parse a screen's HTML. Raises ``ValueError`` for a tag Telegram does not know: a defect of the screen."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    return Formatted(
        "".join(parser.text), tuple(sorted(parser.entities, key=lambda e: (e.offset, -e.length)))
    )
