"""Which round number has been passed? 100, 200, 500, 1000… and those that a product names itself. Pure."""

from collections.abc import Mapping
from typing import Any

from core.products.milestones import own

_STEPS = (1, 2, 5)
FIRST = {
    "followers": 100,
    "reach": 1000,
}  # where the series begins; what is passed earlier is passed too soon


def passed(what: str, before: int, now: int, wished: frozenset[int] = frozenset()) -> int | None:
    """Return the highest milestone above ``before`` that ``now`` has reached; of several at once only that one."""
    found = [number for number in wished if before < number <= now]
    scale = 1
    while scale <= now:
        found += [step * scale for step in _STEPS if max(before, FIRST[what] - 1) < step * scale <= now]
        scale *= 10
    return max(found, default=None)


def wished(settings: Mapping[str, Any], what: str) -> frozenset[int]:
    """Read a product's own milestones from its settings: ``{"milestones": {"followers": [1500], "reach": [75000]}}``."""
    return frozenset(next((found for name, found in own(settings).items() if name == what), ()))
