"""Is it quiet now, since when and until when? Hours of the owner's wall clock in which no post goes out.

A window may go over midnight. It is read off the clock: a time that comes twice (autumn) is quiet both times, and a
window whose end is skipped (spring) is over as soon as the clock has passed it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from core.settings.service import General, Publishing
from core.text.when import wall

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Every day from ``start`` up to, not including, ``end`` on a clock in ``zone``; never empty."""

    start: time
    end: time
    zone: tzinfo

    def covers(self, moment: datetime) -> bool:
        """Tell whether ``moment`` is quiet."""
        at = moment.astimezone(self.zone).time()
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def until(self, moment: datetime) -> datetime:
        """Return when the quiet that covers ``moment`` is over; ``moment`` itself when it is not quiet."""
        if not self.covers(moment):
            return moment
        day = wall.today(moment, self.zone)
        for tried in (day, day + wall.days(1)):
            ends = [end for end in wall.shown(tried, self.end, self.zone) if end > moment]
            if ends:
                return ends[0]
            skipped = wall.moved(tried, self.end, self.zone)
            if skipped > moment and not wall.shown(tried, self.end, self.zone):
                return _first(moment, skipped, lambda at: not self.covers(at))
        return wall.moved(day + wall.days(2), self.end, self.zone)

    def since(self, moment: datetime) -> datetime | None:
        """Return when the quiet that covers ``moment`` began; None when it is not quiet."""
        if not self.covers(moment):
            return None
        day = wall.today(moment, self.zone)
        for tried in (day, day - wall.days(1)):
            begun = [at for at in _beginnings(tried, self.start, self.zone) if at <= moment]
            if begun:
                return begun[-1]
        return wall.moved(day - wall.days(2), self.start, self.zone)


def quiet_of(general: General, publishing: Publishing) -> Quiet | None:
    """Return the owner's quiet hours; None when they are not set, or half set, or begin when they end."""
    if publishing.quiet_from is None or publishing.quiet_to is None:
        return None
    start, end = time.fromisoformat(publishing.quiet_from), time.fromisoformat(publishing.quiet_to)
    return None if start == end else Quiet(start, end, general.zone)


def _beginnings(day: date, start: time, zone: tzinfo) -> tuple[datetime, ...]:
    return wall.shown(day, start, zone) or (wall.moved(day, start, zone),)


def _first(before: datetime, after: datetime, holds: Callable[[datetime], bool]) -> datetime:
    """Return the first whole second at which ``holds``, which it does at ``after`` and does not at ``before``."""
    low, high = before.astimezone(UTC).replace(microsecond=0), after.astimezone(UTC)
    while high - low > _SECOND:
        middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
