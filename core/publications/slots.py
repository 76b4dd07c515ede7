"""Which moments are allowed? Gap, posts per local day and platform, quiet hours, default hours, as pure functions.

A *post* is a content: its channels may go out together, so the gap and the daily limit count contents, not
channels; a platform's own limit counts the contents that go out there. Wall-clock times survive daylight saving: a time that does not exist (spring) moves forward by the
missing hour, one that comes twice (autumn) is the first.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from core.publications.occupied import Occupied
from core.publications.quiet import Quiet

# Without history of one's own these are plain defaults, not a finding: mid-morning, lunch, afternoon, evening.
DEFAULT_HOURS = (time(10), time(13), time(16), time(19))
# An optimal slot that begins in a moment leaves no time to change one's mind.
LEAD = timedelta(minutes=10)
# How far ahead a post may be planned.
HORIZON = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Rules:
    """The owner's limits: ``gap`` between posts, ``per_day`` posts in a day of ``zone``, and the hours of ``quiet``."""

    gap: timedelta
    per_day: int
    zone: tzinfo
    per_platform: Mapping[str, int] = field(default_factory=dict)  # posts in a day, by platform
    quiet: Quiet | None = None


class Obstacle(StrEnum):
    """Why a moment is not allowed."""

    GAP = "gap"
    DAY = "day"
    PLATFORM_DAY = "platform-day"
    QUIET = "quiet"


def wall_clock(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the UTC moment at which a clock in ``zone`` shows ``at`` on ``day``."""
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def obstacle(
    moment: datetime, taken: Occupied, rules: Rules, platforms: Collection[str] = ()
) -> Obstacle | None:
    """Return what stands against a post for ``platforms`` at ``moment``, or None."""
    if rules.quiet is not None and rules.quiet.covers(moment):
        return Obstacle.QUIET
    if taken.last_within(moment, rules.gap) is not None:
        return Obstacle.GAP
    if _day_is_full(moment, taken, rules):
        return Obstacle.DAY
    return Obstacle.PLATFORM_DAY if full_platform(moment, taken, rules, platforms) else None


def full_platform(moment: datetime, taken: Occupied, rules: Rules, platforms: Collection[str]) -> str | None:
    """Return one of ``platforms`` that takes no more posts on the day of ``moment``, or None."""
    day = _local_day(moment, rules.zone)
    for platform in sorted(platforms):
        limit = rules.per_platform.get(platform)
        if limit is not None and taken.posts(day, platform) >= limit:
            return platform
    return None


def next_allowed(
    moment: datetime, taken: Occupied, rules: Rules, platforms: Collection[str] = ()
) -> datetime | None:
    """Return the first allowed moment from ``moment`` on; None when there is none within the horizon."""
    end = moment + HORIZON
    while moment <= end:
        blocking = taken.last_within(moment, rules.gap)
        if blocking is not None:
            moment = blocking + rules.gap
        elif rules.quiet is not None and rules.quiet.covers(moment):
            moment = rules.quiet.until(moment)
        elif _day_is_full(moment, taken, rules) or full_platform(moment, taken, rules, platforms):
            moment = wall_clock(_local_day(moment, rules.zone) + timedelta(days=1), time(0), rules.zone)
        else:
            return moment
    return None


def next_default(
    now: datetime, taken: Occupied, rules: Rules, platforms: Collection[str] = ()
) -> datetime | None:
    """Return the first default hour that is allowed and free; None when there is none within the horizon."""
    for slot in _default_slots(now + LEAD, rules.zone):
        if slot not in taken and obstacle(slot, taken, rules, platforms) is None:
            return slot
    return None


def _default_slots(start: datetime, zone: tzinfo) -> Iterator[datetime]:
    first = _local_day(start, zone)
    for offset in range(HORIZON.days):
        for at in DEFAULT_HOURS:
            slot = wall_clock(first + timedelta(days=offset), at, zone)
            if slot >= start:
                yield slot


def _day_is_full(moment: datetime, taken: Occupied, rules: Rules) -> bool:
    return taken.posts(_local_day(moment, rules.zone)) >= rules.per_day


def _local_day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
