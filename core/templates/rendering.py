"""What does a template say once its variables are filled in? Pure and deterministic, no model involved.

The language is small. `{title}` stands for a variable, `{product.name}` for one inside another, `{items.0}` for an
item of a list. `{{` and `}}` are literal braces. A line whose variable is missing is left out and the variable
reported; `{emoji?}` may be missing without taking its line along. Values are data: braces and formatting inside
them mean nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.templates.models import Template
from core.templates.structure import Structure

_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<path>[^\W\d]\w*(?:\.\w+)*)(?P<optional>\?)?\}")
_BLANK_LINES = re.compile(r"\n{3,}")


class Markdown(str):
    """A value that is neutral Markdown already and keeps its formatting."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A template's text: one part for a single post, several for a thread."""

    parts: tuple[str, ...]
    missing: tuple[str, ...]  # variables that a line needed and did not get, in order of appearance
    used: frozenset[str]

    @property
    def text(self) -> str:
        """All parts, with a blank line between them."""
        return "\n\n".join(self.parts)


def render(template: Template, variables: Mapping[str, Any], *, quote: Callable[[str], str] = str) -> str:
    """Return the text of ``template`` with ``variables`` filled in; see ``fill``."""
    return fill(Structure.model_validate(template.structure), variables, quote=quote).text


def fill(structure: Structure, variables: Mapping[str, Any], *, quote: Callable[[str], str] = str) -> Filled:
    """Fill ``structure`` with ``variables``. ``quote`` turns plain text into Markdown that shows it literally."""
    missing: dict[str, None] = {}
    used: set[str] = set()
    parts = [_fill_text(text, variables, quote, missing, used) for text in structure.texts]
    return Filled(tuple(part for part in parts if part), tuple(missing), frozenset(used))


def names_in(text: str) -> list[str]:
    """Return the variables ``text`` asks for, in order of appearance."""
    return list(dict.fromkeys(match["path"] for match in _TOKEN.finditer(text) if match["path"]))


def _fill_text(
    text: str,
    variables: Mapping[str, Any],
    quote: Callable[[str], str],
    missing: dict[str, None],
    used: set[str],
) -> str:
    lines = (_fill_line(line, variables, quote, missing, used) for line in text.splitlines())
    joined = "\n".join(line for line in lines if line is not None)
    return _BLANK_LINES.sub("\n\n", joined).strip("\n")


def _fill_line(
    line: str,
    variables: Mapping[str, Any],
    quote: Callable[[str], str],
    missing: dict[str, None],
    used: set[str],
) -> str | None:
    """Return the line, or None when a variable it needs is missing. A gap left by an optional one is closed."""
    pieces: list[str] = []
    lacking: list[str] = []
    found: set[str] = set()
    end = 0
    gap = False
    for match in _TOKEN.finditer(line):
        pieces.append(_closed(line[end : match.start()], gap=gap))
        end = match.end()
        path = match["path"]
        value = match[0][0] if path is None else _shown(_look_up(variables, path), quote)
        gap = path is not None and not value
        if path is not None and value:
            found.add(path)
        elif path is not None and not match["optional"]:
            lacking.append(path)
        pieces.append(value)
    pieces.append(_closed(line[end:], gap=gap))
    if lacking:
        missing.update(dict.fromkeys(lacking))
        return None
    used.update(found)
    return "".join(pieces).rstrip() if end else line.rstrip()


def _closed(literal: str, *, gap: bool) -> str:
    """The template's own words after a variable; the space that separated it from nothing goes."""
    return literal.removeprefix(" ") if gap else literal


def _look_up(variables: Mapping[str, Any], path: str) -> object:
    """Follow a dotted path through mappings and lists; a name that holds the dots itself wins. None if absent."""
    if path in variables:
        return variables[path]
    current: object = variables
    for step in path.split("."):
        if isinstance(current, Mapping):
            current = current.get(step)
        elif isinstance(current, Sequence) and not isinstance(current, str) and step.isdecimal():
            index = int(step)
            current = current[index] if index < len(current) else None
        else:
            return None
    return current


def _shown(value: object, quote: Callable[[str], str]) -> str:
    """A value as text: lists are joined by commas; nothing, empty text and objects count as missing."""
    if isinstance(value, Markdown):
        return str(value).strip()
    if isinstance(value, str):
        return quote(value.strip()) if value.strip() else ""
    if value is None or isinstance(value, Mapping | bytes):
        return ""
    if isinstance(value, Sequence):
        return ", ".join(text for item in value if (text := _shown(item, quote)))
    return quote(str(value))
