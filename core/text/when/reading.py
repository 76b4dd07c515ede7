"""What can come out of reading a time? A moment, a doubt with the moments to choose from, or a refusal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DoubtReason(StrEnum):
    """What the text leaves open."""

    HOUR = "hour"  # a day without a time
    HALF = "half"  # "at 5": in the morning or in the afternoon
    WEEK = "week"  # "on Friday" on a Friday; "next Friday" early in the week
    DAY = "day"  # a weekend, a week
    DAY_MONTH = "day-month"  # "05.06" in English
    NIGHT = "night"  # whose night: the one before the day or the one after it
    TWICE = "twice"  # the clock shows it twice when summer time ends
    MEANING = "meaning"  # "2 часа": a span or a time; a weekday that does not fit its date


class RefusedReason(StrEnum):
    """Why the text names no moment that can be planned."""

    NOT_A_TIME = "not-a-time"
    NOW = "now"
    NO_SUCH_DATE = "no-such-date"  # 31 February
    NO_SUCH_TIME = "no-such-time"  # 25:00
    PAST = "past"
    SKIPPED = "skipped"  # the clock jumps over it when summer time begins
    TOO_FAR = "too-far"


@dataclass(frozen=True, slots=True)
class Moment:
    """The one moment the text means: ``at`` is UTC and in the future."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Doubt:
    """Several moments the text may mean: ``options`` are UTC, in the future, earliest first, two or more."""

    reason: DoubtReason
    options: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """No moment; ``suggestion`` (UTC, in the future) is what may have been meant, None when there is no telling."""

    reason: RefusedReason
    suggestion: datetime | None = None


Reading = Moment | Doubt | Refused
