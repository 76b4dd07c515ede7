"""How long from now do the words say? Minutes and hours pass by the stopwatch, days and months by the calendar."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from core.text.when import library
from core.text.when.wall import moved, shown
from core.text.when.words import bare

_FRAME = re.compile(r"(?:(?:через|спустя|in|\+)\s*(?P<after>.+)|(?P<before>.+)\s(?:from now|later|спустя))")
_MINUTES = (
    (re.compile(r"(?:с|сек|секунд\w*|s|secs?|seconds?)"), 1 / 60),
    (re.compile(r"(?:м|мин|минут\w*|минутк\w*|m|mins?|minutes?)"), 1),
    (re.compile(r"(?:ч|час|часа|часов|часик|h|hrs?|hours?)"), 60),
)
_AMOUNTS = {
    "полтора": 1.5, "полторы": 1.5, "пару": 2, "пол": 0.5, "a": 1, "an": 1, "half": 0.5, "couple": 2,
}  # fmt: skip
_REWRITES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"\b([0-9]+) (?:с половиной|and a half) (?:час\w*|hours?)", r"\1.5 час"),
        (r"\bполчас\w+", "0.5 час"),
        (r"\b(?:четверть часа|(?:a )?quarter of an hour)", "15 мин"),
        (r"\bhalf (?:an|a) hour", "0.5 час"),
        (r"\bhalf hour", "0.5 час"),
        (r"\b(?:an|a|1) hour and a half", "1.5 час"),
        (r"\b1 and a half hours?", "1.5 час"),
        (r"\bчас с половиной", "1.5 час"),
        (r"\b(?:a )?couple (?:of )?", "2 "),
        (r"\b([0-9]{1,2}):([0-5][0-9])$", r"\1 час \2 мин"),
        (r"\b(?:и|and)\b", " "),
        (r"(?<=[0-9])(?=[a-zа-я])|(?<=[a-zа-я])(?=[0-9])", " "),
        (r"(?<=[0-9]),(?=[0-9])", "."),
        (r"\s+", " "),
    )
)
_AMOUNT = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,2})?")
_BARE = re.compile(
    r"[0-9]{1,4} ?(?:минут\w?|мин|min|mins|minutes?|m|h|hrs?|hours?)(?: [0-9]{1,2} ?(?:минут\w?|мин|min|m))?"
)


def elapsed(words: str) -> timedelta | None:
    """Return the time "через полтора часа", "in 1h 30m" or "30 минут" lasts; None for days and for what is no span."""
    frame = _FRAME.fullmatch(words)
    if frame is None:
        return _lasting(words) if _BARE.fullmatch(words) else None
    return _lasting(frame["after"] or frame["before"])


def _lasting(words: str) -> timedelta | None:
    for pattern, by in _REWRITES:
        words = pattern.sub(by, words)
    total, amount, units = 0.0, None, 0
    for word in words.split():
        if amount is None and (word in _AMOUNTS or _AMOUNT.fullmatch(word)):
            amount = _AMOUNTS.get(word) or float(word)
            continue
        minutes = next((minutes for unit, minutes in _MINUTES if unit.fullmatch(word)), None)
        if minutes is None:
            return None
        total += minutes * (1 if amount is None else amount)
        amount, units = None, units + 1
    if amount is not None or not units:
        return None
    return timedelta(minutes=total)


def by_calendar(words: str, now: datetime, zone: tzinfo, language: str) -> tuple[datetime, ...] | None:
    """Return the moments (UTC) "через 3 дня" may mean: the same time on the wall then; None when it is no such span.

    A time that is skipped on that day moves forward; one that comes twice gives both moments.
    """
    words = bare(words.replace("пару ", "2 ").replace("a couple of ", "2 "))
    if not library.is_span(words):
        return None
    local = now.astimezone(zone)
    wall = library.ask(words, local.replace(tzinfo=None, fold=0), language)
    if wall is None or not 1900 <= wall.year <= 9000:
        return None
    return shown(wall.date(), wall.time(), zone) or (moved(wall.date(), wall.time(), zone).astimezone(UTC),)
