"""When did something that holds for days in a row begin to? The day it is told by, once. Pure."""

from collections.abc import Callable


def began(count: int, length: int, holds: Callable[[int], bool]) -> int | None:
    """Return the place at which the streak that still goes on was first ``length`` days long; None when there is none.

    ``holds(last)`` tells whether the ``length`` days that end at place ``last`` are as asked. While a streak goes on
    its first place stays the same, however often it is looked at and whatever comes after.
    """
    first = length - 1
    if count <= first or not holds(count - 1):
        return None
    place = count - 1
    while place > first and holds(place - 1):
        place -= 1
    return place
