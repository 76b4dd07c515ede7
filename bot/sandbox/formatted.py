"""What is a text with its entities while a parser is still building it?"""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.limits import utf16_units

Entity = dict[str, Any]


class MarkupError(ValueError):
    """The markup is broken; the message is what Telegram puts after "can't parse entities: "."""


@dataclass
class FormattedText:
    """Plain text being written, its length so far in UTF-16 units, and the entities found in it."""

    parts: list[str] = field(default_factory=list)
    units: int = 0
    entities: list[Entity] = field(default_factory=list)

    def write(self, piece: str) -> None:
        """Append plain text."""
        self.parts.append(piece)
        self.units += utf16_units(piece)

    def mark(self, kind: str, start: int, **details: Any) -> None:
        """Record an entity from `start` (UTF-16 units) to the end of what is written; an empty one is dropped."""
        if self.units > start:
            self.entities.append({"type": kind, "offset": start, "length": self.units - start, **details})

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self.parts)

    def ordered(self) -> list[Entity]:
        """Entities by position, the outer one first."""
        return sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))


def byte_offset(source: str, index: int) -> int:
    """Position of `source[index]` in the UTF-8 form, which is what Telegram names in its errors."""
    return len(source[:index].encode("utf-8", "surrogatepass"))


def link_entity(url: str) -> Entity | None:
    """The entity for a link: a text mention, a text link, or nothing when the address is not one Telegram accepts."""
    user = url.removeprefix("tg://user?id=")
    if user != url and user.isdigit():
        return {"type": "text_mention", "user": {"id": int(user), "is_bot": False, "first_name": "User"}}
    checked = checked_url(url)
    return {"type": "text_link", "url": checked} if checked else None


def checked_url(url: str) -> str | None:
    """The address as Telegram stores it: `example.com` becomes `http://example.com/`; junk becomes nothing."""
    url = url.strip()
    if not url or any(character.isspace() for character in url):
        return None
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "http", url
    if scheme.lower() in {"tg", "ton", "tonsite"}:
        return url
    if scheme.lower() not in {"http", "https"}:
        return None
    host = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    name = host.rpartition("@")[2].partition(":")[0]
    if "." not in name.strip(".") and name != "localhost":
        return None
    tail = rest[len(host) :]
    return f"{scheme.lower()}://{host}{tail if tail.startswith('/') else '/' + tail}"
