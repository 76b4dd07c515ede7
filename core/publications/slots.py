"""Which moments are allowed? Minimum gap, posts per local day, and the default hours, as pure functions.

A *post* is a content: its channels may go out together, so the gap and the daily limit count contents, not
channels. Wall-clock times survive daylight saving: a time that does not exist (spring) moves forward by the
missing hour, one that comes twice (autumn) is the first.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

# Without history of one's own these are plain defaults, not a finding: mid-morning, lunch, afternoon, evening.
DEFAULT_HOURS = (time(10), time(13), time(16), time(19))
# An optimal slot that begins in a moment leaves no time to change one's mind.
LEAD = timedelta(minutes=10)
# How far ahead a post may be planned.
HORIZON = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Rules:
    """The owner's limits: ``gap`` between posts, ``per_day`` posts in a day of ``zone``."""

    gap: timedelta
    per_day: int
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Taken:
    """A moment at which a content of the product is or will be out."""

    content_id: uuid.UUID
    moment: datetime


class Obstacle(StrEnum):
    """Why a moment is not allowed."""

    GAP = "gap"
    DAY = "day"


def wall_clock(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the UTC moment at which a clock in ``zone`` shows ``at`` on ``day``."""
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def obstacle(moment: datetime, taken: Sequence[Taken], rules: Rules) -> Obstacle | None:
    """Return what stands against a post at ``moment``, or None."""
    if any(abs(moment - other.moment) < rules.gap for other in taken):
        return Obstacle.GAP
    return Obstacle.DAY if _day_is_full(moment, taken, rules) else None


def next_allowed(moment: datetime, taken: Sequence[Taken], rules: Rules) -> datetime | None:
    """Return the first allowed moment from ``moment`` on; None when there is none within the horizon."""
    end = moment + HORIZON
    while moment <= end:
        blocking = [other.moment for other in taken if abs(moment - other.moment) < rules.gap]
        if blocking:
            moment = max(blocking) + rules.gap
        elif _day_is_full(moment, taken, rules):
            moment = wall_clock(_local_day(moment, rules.zone) + timedelta(days=1), time(0), rules.zone)
        else:
            return moment
    return None


def next_default(now: datetime, taken: Sequence[Taken], rules: Rules) -> datetime | None:
    """Return the first default hour that is allowed and free; None when there is none within the horizon."""
    busy = {other.moment for other in taken}
    for slot in _default_slots(now + LEAD, rules.zone):
        if slot not in busy and obstacle(slot, taken, rules) is None:
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
    day = _local_day(moment, rules.zone)
    posts = {other.content_id for other in taken if _local_day(other.moment, rules.zone) == day}
    return len(posts) >= rules.per_day


def _local_day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
