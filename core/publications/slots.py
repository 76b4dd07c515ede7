"""Which moments are allowed? Gap, posts per local day and platform, quiet hours, default hours, as pure functions.

A *post* is a content: its channels may go out together, so the gap and the daily limit count contents, not
channels; a platform's own limit counts the contents that go out there. Wall-clock times survive daylight saving: a time that does not exist (spring) moves forward by the
missing hour, one that comes twice (autumn) is the first.
"""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Taken:
    """A moment at which a content of the product is or will be out, and where."""

    content_id: uuid.UUID
    moment: datetime
    platform: str = ""


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
    moment: datetime, taken: Sequence[Taken], rules: Rules, platforms: Collection[str] = ()
) -> Obstacle | None:
    """Return what stands against a post for ``platforms`` at ``moment``, or None."""
    if rules.quiet is not None and rules.quiet.covers(moment):
        return Obstacle.QUIET
    if any(abs(moment - other.moment) < rules.gap for other in taken):
        return Obstacle.GAP
    if _day_is_full(moment, taken, rules):
        return Obstacle.DAY
    return Obstacle.PLATFORM_DAY if full_platform(moment, taken, rules, platforms) else None


def full_platform(
    moment: datetime, taken: Sequence[Taken], rules: Rules, platforms: Collection[str]
) -> str | None:
    """Return one of ``platforms`` that takes no more posts on the day of ``moment``, or None."""
    day = _local_day(moment, rules.zone)
    for platform in sorted(platforms):
        limit = rules.per_platform.get(platform)
        if limit is not None and _posts(day, taken, rules, platform) >= limit:
            return platform
    return None


def next_allowed(
    moment: datetime, taken: Sequence[Taken], rules: Rules, platforms: Collection[str] = ()
) -> datetime | None:
    """Return the first allowed moment from ``moment`` on; None when there is none within the horizon."""
    end = moment + HORIZON
    while moment <= end:
        blocking = [other.moment for other in taken if abs(moment - other.moment) < rules.gap]
        if blocking:
            moment = max(blocking) + rules.gap
        elif rules.quiet is not None and rules.quiet.covers(moment):
            moment = rules.quiet.until(moment)
        elif _day_is_full(moment, taken, rules) or full_platform(moment, taken, rules, platforms):
            moment = wall_clock(_local_day(moment, rules.zone) + timedelta(days=1), time(0), rules.zone)
        else:
            return moment
    return None


def next_default(
    now: datetime, taken: Sequence[Taken], rules: Rules, platforms: Collection[str] = ()
) -> datetime | None:
    """Return the first default hour that is allowed and free; None when there is none within the horizon."""
    busy = {other.moment for other in taken}
    for slot in _default_slots(now + LEAD, rules.zone):
        if slot not in busy and obstacle(slot, taken, rules, platforms) is None:
            return slot
    return None


def _default_slots(start: datetime, zone: tzinfo) -> Iterator[datetime]:
    first = _local_day(start, zone)
    for offset in range(HORIZON.days):
        for at in DEFAULT_HOURS:
            slot = wall_clock(first + timedelta(days=offset), at, zone)
            if slot >= start:
                yield slot


def _day_is_full(moment: datetime, taken: Sequence[Taken], rules: Rules) -> bool:
    return _posts(_local_day(moment, rules.zone), taken, rules) >= rules.per_day


def _posts(day: date, taken: Sequence[Taken], rules: Rules, platform: str | None = None) -> int:
    return len(
        {
            other.content_id
            for other in taken
            if _local_day(other.moment, rules.zone) == day and platform in {None, other.platform}
        }
    )


def _local_day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
