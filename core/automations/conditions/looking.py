"""What stands at a dotted path? In the event's data first, then in everything that is known about the occasion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing stands there."""


MISSING: Final = Missing()


def look_up(known: Mapping[str, Any], path: str) -> Any:
    """Return the value, or ``MISSING``. ``rarity_score`` is ``data.rarity_score`` unless something else is called so."""
    data = known.get("data")
    if isinstance(data, Mapping):
        found = _follow(data, path)
        if found is not MISSING:
            return found
    return _follow(known, path)


def _follow(start: Mapping[str, Any], path: str) -> Any:
    if path in start:  # a key that holds dots itself wins
        return start[path]
    current: Any = start
    for step in path.split("."):
        if isinstance(current, Mapping):
            current = current.get(step, MISSING)
        elif isinstance(current, list) and step.isascii() and step.isdecimal() and len(step) < 7:
            current = current[int(step)] if int(step) < len(current) else MISSING
        else:
            return MISSING
        if current is MISSING:
            return MISSING
    return current
