"""Which milestone has a number just passed? Each once: a number that falls back and returns passes nothing again."""

from decimal import ROUND_FLOOR, Decimal
from typing import Any

from core.automations.conditions.comparing import number_of


def passed(value: Any, wanted: Any, highest: float | None) -> Decimal | None:
    """Return the highest milestone between ``highest``, the most seen so far, and ``value``; None when there is none.

    The first number ever seen passes a milestone only by being one: whether 1003 has just passed 1000 or passed it
    long ago, nobody has seen.
    """
    number = number_of(value)
    if number is None:
        return None
    before = None if highest is None else Decimal(str(highest))
    every = number_of(wanted.get("every")) if isinstance(wanted, dict) else number_of(wanted)
    if every is not None:
        if every <= 0:
            return None
        reached = (number / every).to_integral_value(ROUND_FLOOR) * every
        candidates = [reached] if reached > 0 else []
    else:
        listed = (number_of(item) for item in wanted) if isinstance(wanted, list) else ()
        candidates = [item for item in listed if item is not None and item <= number]
    reached_now = max(candidates, default=None)
    if reached_now is None:
        return None
    if before is None:
        return reached_now if reached_now == number else None
    return reached_now if reached_now > before else None
