"""Does a value compare with another as an operator says? Pure, and never an error: what cannot be compared does not hold.

A number written as a text is that number. Texts are equal only letter by letter; what a text contains, begins or ends
with is found whatever the case. The negative operators are exactly the opposite of the positive ones, so a field
that is missing is "not in" every list.
"""

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from core.automations.conditions.looking import MISSING
from core.automations.shapes.conditions import Operator
from core.automations.shapes.patterns import TooSlow, matches

_NUMBER = re.compile(r"\s*[+-]?\d{1,30}(\.\d{1,30})?\s*", re.ASCII)


def number_of(value: Any) -> Decimal | None:
    """Return a value as a number: a finite number, or a text that is one. Truth is no number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < 10**60 else None
    if isinstance(value, float):
        return Decimal(str(value)) if math.isfinite(value) else None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value.strip())
    return None


def equal(one: Any, other: Any) -> bool:
    """Tell whether two values are the same."""
    if isinstance(one, bool) or isinstance(other, bool):
        return isinstance(one, bool) and isinstance(other, bool) and one == other
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    first, second = number_of(one), number_of(other)
    if first is not None and second is not None:
        return first == second
    if isinstance(one, str | int | float) or isinstance(other, str | int | float):
        return False
    return bool(one == other)


def order(one: Any, other: Any) -> int | None:
    """Return -1, 0 or 1; None when the two have no order. Numbers before texts: "10" is more than 9."""
    first, second = number_of(one), number_of(other)
    if first is not None and second is not None:
        return (first > second) - (first < second)
    if isinstance(one, str) and isinstance(other, str):
        return (one > other) - (one < other)
    return None


def contains(value: Any, wanted: Any) -> bool:
    """Tell whether a text, a list or an object's keys contain ``wanted``."""
    if isinstance(value, str):
        return not isinstance(wanted, bool | None) and str(wanted).casefold() in value.casefold()
    if isinstance(value, list):
        return any(equal(item, wanted) for item in value)
    return isinstance(value, Mapping) and isinstance(wanted, str) and wanted in value


def holds(operator: Operator, value: Any, expected: Any) -> bool:
    """Tell whether ``value`` (or ``MISSING``) compares with ``expected``; ``milestone`` is not for here.

    Raises ``TooSlow`` for a pattern.
    """
    opposite = _OPPOSITES.get(operator)
    if opposite is not None:
        return not holds(opposite, value, expected)
    if value is MISSING:
        return False
    if operator is Operator.EXISTS:
        return value is not None
    return _TESTS[operator](value, expected)


def _matches(value: Any, pattern: Any) -> bool:
    text = _text(value)
    try:
        return text is not None and isinstance(pattern, str) and matches(pattern, text)
    except ValueError:
        return False


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int) and abs(value) >= 10**60:
        return None
    return str(value)


def _between(value: Any, ends: Any) -> bool:
    if not isinstance(ends, list) or len(ends) != 2:
        return False
    low, high = order(value, ends[0]), order(value, ends[1])
    return low is not None and high is not None and low >= 0 >= high


def _ordered(test: Callable[[int], bool]) -> Callable[[Any, Any], bool]:
    def compare(value: Any, expected: Any) -> bool:
        found = order(value, expected)
        return found is not None and test(found)

    return compare


def _edge(test: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    def compare(value: Any, expected: Any) -> bool:
        text, wanted = _text(value), _text(expected)
        return text is not None and wanted is not None and test(text.casefold(), wanted.casefold())

    return compare


def _within(value: Any, listed: Any) -> bool:
    return isinstance(listed, list) and any(equal(value, item) for item in listed)


_OPPOSITES = {
    Operator.NE: Operator.EQ,
    Operator.NOT_IN: Operator.IN,
    Operator.NOT_CONTAINS: Operator.CONTAINS,
    Operator.NOT_EXISTS: Operator.EXISTS,
}
_TESTS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQ: equal,
    Operator.GT: _ordered(lambda found: found > 0),
    Operator.GE: _ordered(lambda found: found >= 0),
    Operator.LT: _ordered(lambda found: found < 0),
    Operator.LE: _ordered(lambda found: found <= 0),
    Operator.IN: _within,
    Operator.CONTAINS: contains,
    Operator.STARTS_WITH: _edge(str.startswith),
    Operator.ENDS_WITH: _edge(str.endswith),
    Operator.MATCHES: _matches,
    Operator.BETWEEN: _between,
}

__all__ = ["TooSlow", "contains", "equal", "holds", "number_of", "order"]
