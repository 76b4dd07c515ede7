"""How does a label begin? The text of a key up to its first variable, which is what a tap looks for."""

from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Placeable, TextElement

_LOCALES = Path(__file__).resolve().parents[2] / "bot" / "locales"


@cache
def _beginnings(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((_LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, Message) and entry.value is not None:
                found[entry.id.name] = _first_text(entry.value.elements)
    return found


def _first_text(elements: list[TextElement | Placeable]) -> str:
    """The first words; a label that begins with a variable is found by what follows it."""
    for element in elements:
        if isinstance(element, TextElement) and element.value.strip():
            return str(element.value).strip()
    return ""


def beginning(language: str, key: str) -> str:
    """Return the beginning of ``key``'s text. Raises ``KeyError`` for a key that is not there any more."""
    return _beginnings(language)[key]
