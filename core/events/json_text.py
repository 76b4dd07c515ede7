"""Can a body be kept as PostgreSQL's JSON? It is read strictly; what could not be stored as it was sent is refused."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from core.events.errors import Unreadable

DEPTH = 64  # levels of nesting; nobody's event has more, and deep ones are how parsers are attacked
_LONGEST_NUMBER = 1000  # digits of an integer
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")  # a NUL character, or half of a surrogate pair
_SHOWN = 80  # characters of a path in an answer


def read(body: bytes) -> dict[str, Any]:
    """Return the object that ``body`` holds. Raises ``Unreadable``, naming the place where it can."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable("invalid-json", f"The body is not UTF-8 text: see byte {error.start}") from None
    try:
        found = (_SHORT if len(text) <= _LONGEST_NUMBER else _LONG).decode(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Unreadable("invalid-json", f"The body is not JSON ({error.msg}: {where})") from None
    except RecursionError:
        raise _too_deep() from None
    if not isinstance(found, dict):
        raise Unreadable("not-an-object", 'The body has to be a JSON object, e.g. {"event": …, "data": {…}}')
    # Only an escape can name what UTF-8 text does not hold, and nothing is nested deeper than it opens brackets.
    if _ESCAPED.search(text) or text.count("{") + text.count("[") > DEPTH:
        _check(found)
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable("duplicate-key", "A name occurs twice in one object", _printable(twice))
    return found


def _constant(name: str) -> NoReturn:
    raise Unreadable("invalid-number", f"{name} is not JSON")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise Unreadable("invalid-number", "A number is too large to be kept")
    return value


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise Unreadable("invalid-number", f"An integer has more than {_LONGEST_NUMBER} digits")
    return int(text)


_LONG = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_integer
)
_SHORT = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)


def _check(found: dict[str, Any]) -> None:
    """Refuse what PostgreSQL's JSON does not hold: NUL characters, halves of surrogate pairs, endless nesting."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(found, ())]
    while waiting:
        value, path = waiting.pop()
        if len(path) > DEPTH:
            raise _too_deep()
        for name, inner in _parts(value):
            if isinstance(value, dict):
                _check_text(name, (*path, name))
            if isinstance(inner, str):
                _check_text(inner, (*path, name))
            elif isinstance(inner, (dict, list)):
                waiting.append((inner, (*path, name)))


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        return iter(value.items())
    return ((str(place), inner) for place, inner in enumerate(value))


def _check_text(text: str, path: tuple[str, ...]) -> None:
    if text.isascii() and "\0" not in text:
        return
    if "\0" in text or _SURROGATE.search(text):
        raise Unreadable(
            "invalid-text",
            "A text holds a NUL character or half of a surrogate pair, which cannot be kept",
            _printable(".".join(path)),
        )


def _too_deep() -> Unreadable:
    return Unreadable("too-deep", f"The body is nested more than {DEPTH} levels deep")


def _printable(text: str) -> str:
    cleaned = "".join(letter if letter.isprintable() else "�" for letter in text)
    return cleaned if len(cleaned) <= _SHOWN else cleaned[: _SHOWN - 1] + "…"
