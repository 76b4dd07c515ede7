"""What stands in a product's calendar, kept so that a question about one moment does not look at every post."""

import uuid
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Taken:
    """A moment at which a content of the product is or will be out, and where."""

    content_id: uuid.UUID
    moment: datetime
    platform: str = ""


class Occupied:
    """Moments in their order, and the contents of each local day of ``zone``.

    A search for the next free moment asks once for every post in its way; with a list that is looked through each
    time, a full calendar costs the square of its posts.
    """

    def __init__(self, zone: tzinfo, taken: Iterable[Taken] = ()) -> None:
        self._zone = zone
        self._taken: list[Taken] = []
        self._moments: list[datetime] = []
        self._days: defaultdict[tuple[date, str | None], set[uuid.UUID]] = defaultdict(set)
        known = sorted(taken, key=lambda one: one.moment)
        self._moments = [one.moment for one in known]
        for one in known:
            self._count(one)

    def __iter__(self) -> Iterator[Taken]:
        return iter(self._taken)

    def __contains__(self, moment: datetime) -> bool:
        index = bisect_left(self._moments, moment)
        return index < len(self._moments) and self._moments[index] == moment

    def add(self, taken: Taken) -> None:
        """Put one more in."""
        insort(self._moments, taken.moment)
        self._count(taken)

    def last_within(self, moment: datetime, gap: timedelta) -> datetime | None:
        """Return the latest moment that is less than ``gap`` before or after ``moment``, or None."""
        index = bisect_left(self._moments, moment + gap) - 1
        if index < 0 or self._moments[index] <= moment - gap:
            return None
        return self._moments[index]

    def posts(self, day: date, platform: str | None = None) -> int:
        """Return how many contents are out on a local day, on ``platform`` alone when one is named."""
        return len(self._days.get((day, platform), ()))

    def _count(self, taken: Taken) -> None:
        self._taken.append(taken)
        day = taken.moment.astimezone(self._zone).date()
        self._days[day, None].add(taken.content_id)
        self._days[day, taken.platform].add(taken.content_id)
