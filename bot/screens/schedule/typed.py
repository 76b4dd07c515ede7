"""Which moment does the owner mean? "18:30", "завтра 9:00", "fri 9am", "через 2 часа", "6.03 18:30", "2026-12-01 10:00"."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from core.publications.slots import wall_clock

_CLOCK = re.compile(r"(?:^|\s)(?:в\s+|at\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$")
_SPAN = re.compile(r"^(?:через|in|\+)\s*(\d{1,4})?\s*([a-zа-я]+)\.?$")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DOT_DAY = re.compile(r"^(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4}))?$")
_DAYS = {
    "сегодня": 0, "today": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2, "day after tomorrow": 2,
}  # fmt: skip
_WEEKDAYS = (
    ("пн", "пон", "mon"), ("вт", "tue"), ("ср", "wed"), ("чт", "чет", "thu"),
    ("пт", "пят", "fri"), ("сб", "суб", "sat"), ("вс", "вос", "sun"),
)  # fmt: skip
_MINUTES = (
    ("м", 1),
    ("min", 1),
    ("m", 1),
    ("ч", 60),
    ("h", 60),
    ("д", 1440),
    ("d", 1440),
    ("н", 10080),
    ("w", 10080),
)


def parse_time(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    """Return the moment (UTC) that ``text`` names on the owner's wall clock; None when it names none.

    A bare time that has passed today means tomorrow; a weekday means its next occurrence. The result may be past
    when the text says so ("2020-01-01 10:00").
    """
    words = " ".join(text.lower().replace(",", " ").split())
    span = _SPAN.match(words)
    if span:
        return _after(span.group(1), span.group(2), now)
    clock = _CLOCK.search(words)
    if clock is None:
        return None
    at = _time_of(clock)
    if at is None:
        return None
    local = now.astimezone(zone)
    day_words = words[: clock.start()].strip()
    if not day_words:
        if clock.group(2) is None and clock.group(3) is None:
            return None  # a bare number is not a time
        moment = wall_clock(local.date(), at, zone)
        return moment if moment > now else wall_clock(local.date() + timedelta(days=1), at, zone)
    day = _day_of(day_words, local)
    if day is None:
        return None
    moment = wall_clock(day, at, zone)
    if moment <= now and _weekday_of(day_words) is not None:
        return wall_clock(day + timedelta(days=7), at, zone)
    return moment


def _after(amount: str | None, unit: str, now: datetime) -> datetime | None:
    for start, minutes in _MINUTES:
        if unit.startswith(start):
            return now + timedelta(minutes=minutes * int(amount or 1))
    return None


def _time_of(match: re.Match[str]) -> time | None:
    hour, minute, half = int(match.group(1)), int(match.group(2) or 0), match.group(3)
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day_of(words: str, local: datetime) -> date | None:
    words = (
        words.removeprefix("в ")
        .removeprefix("во ")
        .removeprefix("on ")
        .removesuffix(" в")
        .removesuffix(" at")
    )
    if words in _DAYS:
        return local.date() + timedelta(days=_DAYS[words])
    weekday = _weekday_of(words)
    if weekday is not None:
        return local.date() + timedelta(days=(weekday - local.weekday()) % 7)
    try:
        if match := _ISO_DAY.match(words):
            return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
        if match := _DOT_DAY.match(words):
            return _dotted(match, local)
    except ValueError:  # 31 February
        return None
    return None


def _dotted(match: re.Match[str], local: datetime) -> date:
    day, month, year = int(match.group(1)), int(match.group(2)), match.group(3)
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = date(local.year, month, day)
    return found if found >= local.date() else date(local.year + 1, month, day)


def _weekday_of(words: str) -> int | None:
    last = words.split()[-1] if words else ""
    for number, names in enumerate(_WEEKDAYS):
        if last.startswith(names):
            return number
    return None
