"""Which time of day do the words name? Every way the text can be split into a time and the rest, likeliest first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from core.text.when.words import ORDINALS


class Part(StrEnum):
    """A part of the day, or a word that is a time of its own."""

    MORNING = "morning"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    NOON = "noon"
    LUNCH = "lunch"
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True)
class Clock:
    """What was said about the time: a number on the clock, a part of the day, or both. ``exact``: 24 hours are meant."""

    hour: int | None = None
    minute: int = 0
    second: int = 0
    part: Part | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """The times the clock may mean, each with the days to add (a night ends on the next day); none: no such time."""

    options: tuple[tuple[time, int], ...]
    in_doubt: bool = False  # between the halves of the day
    of_night: bool = False  # between two nights


_PARTS = (
    (r"(?:с )?утра|утро|утром|in the morning|(?:this )?morning", Part.MORNING),
    (r"днем|дня|in the afternoon|(?:this )?afternoon", Part.DAY),
    (r"(?:этим )?вечером|(?:к )?вечеру|вечера?|in the evening|(?:this )?evening|tonight", Part.EVENING),
    (r"ночью|ночи|ночь|at night|night", Part.NIGHT),
    (r"(?:в )?полдень|(?:at )?(?:noon|midday)", Part.NOON),
    (r"в обед|at lunch(?:time)?|lunchtime", Part.LUNCH),
    (r"(?:в )?полночь|(?:at )?midnight", Part.MIDNIGHT),
)
_PART = re.compile("|".join(rf"(?P<{part}>(?<!\S)(?:{words})(?!\S))" for words, part in _PARTS))
_AT = r"(?<!\S)(?:(?:в|к|at)\s+)?"
_SURE_AT = r"(?<!\S)(?:в|к|at)\s+"
_HOUR, _MINUTE, _END = r"(?P<h>[0-9]{1,2})", r"(?P<m>[0-9]{2})", r"(?!\S)"
_ORDINAL = rf"(?P<o>{'|'.join(ORDINALS)}|[0-9]{{1,2}})"
# In the order of certainty; the first that leaves a day, or nothing, wins.
_SHAPES = tuple(
    re.compile(shape + _END)
    for shape in (
        rf"{_AT}{_HOUR}:{_MINUTE}(?::(?P<s>[0-9]{{2}}))?(?: (?P<half>[ap])m)?",
        rf"{_AT}{_HOUR}(?:\.{_MINUTE})? (?P<half>[ap])m",
        rf"(?<!\S)(?:в\s+)?пол\s?-?{_ORDINAL}(?P<before>)",
        rf"(?<!\S)(?:в\s+)?половин[аеу] {_ORDINAL}(?P<before>)",
        rf"{_AT}half past {_HOUR}(?P<past30>)",
        rf"{_AT}(?:a )?quarter past {_HOUR}(?P<past15>)",
        rf"(?<!\S)(?:без (?:четверти|15(?: минут)?)|(?:at )?(?:a )?quarter to) {_HOUR}(?P<to15>)",
        rf"(?<!\S)без (?P<m>[0-9]{{1,2}})(?: минут)? {_HOUR}(?P<to>)",
        rf"{_SURE_AT}{_HOUR}(?:\.|(?P<dash>-)){_MINUTE}",
        rf"{_SURE_AT}{_HOUR}(?: (?:часов|часа|час|ч|h))?(?: {_MINUTE}(?: (?:минут\w?|мин|м))?)?",
        rf"{_AT}{_HOUR} ?(?:часов|часа|час|ч|h)(?: ?{_MINUTE} ?(?:минут\w?|мин|м)?)?",
        rf"(?<!\S){_HOUR}\.{_MINUTE}(?P<dotted>)",
        rf"(?<=\s){_HOUR}(?:(?: |(?P<dash>-)){_MINUTE})?$",
        rf"^{_HOUR}(?:(?: |(?P<dash>-)){_MINUTE})?",
    )
)  # fmt: skip
_STANDING = {Part.MORNING: 9, Part.DAY: 15, Part.EVENING: 19, Part.NOON: 12, Part.LUNCH: 13}


def splits(words: str) -> Iterator[tuple[Clock | None, str]]:
    """Yield each way to take a time out of ``words``, with the rest; the last takes none."""
    yield from _numbers(words, None)
    if match := _PART.search(words):
        part = Part(str(match.lastgroup))
        rest = f"{words[: match.start()]} {words[match.end() :]}"
        if match.group() == "tonight":
            rest = f"today {rest}"
        rest = " ".join(rest.split())
        yield from _numbers(rest, part)
        yield Clock(part=part), rest
    yield None, words


def has_part(words: str) -> bool:
    """Tell whether a part of the day is named."""
    return _PART.search(words) is not None


def _numbers(words: str, part: Part | None) -> Iterator[tuple[Clock, str]]:
    for shape in _SHAPES:
        for match in shape.finditer(words):
            clock = _read(match, part)
            if clock is not None:
                yield clock, " ".join(f"{words[: match.start()]} {words[match.end() :]}".split())


def _read(match: re.Match[str], part: Part | None) -> Clock | None:
    said = match.groupdict()
    half = {"a": Part.MORNING, "p": Part.EVENING}.get(said.get("half") or "")
    if half is not None:
        return _half_day(int(said["h"]), int(said["m"] or 0), half)
    if "before" in said:
        hour = ORDINALS.get(said["o"]) or int(said["o"])
        return Clock((hour - 1) or 12, 30, part=part) if 1 <= hour <= 12 else None
    hour, minute = int(said["h"]), int(said.get("m") or 0)
    if "past30" in said or "past15" in said:
        return Clock(hour, 30 if "past30" in said else 15, part=part)
    if "to15" in said or "to" in said:
        before = 15 if "to15" in said else minute
        return (
            Clock((hour - 1) or 12, 60 - before, part=part) if 1 <= hour <= 12 and 0 < before < 60 else None
        )
    if said.get("dash") and minute not in {0, 15, 30, 45}:
        return None  # "9-10" is a stretch of time
    if "dotted" in said and (1 <= minute <= 12 and 1 <= hour <= 31):
        return None  # a day and a month
    return Clock(hour, minute, int(said.get("s") or 0), part, exact=said.get("m") is not None)


def _half_day(hour: int, minute: int, half: Part) -> Clock:
    if not 1 <= hour <= 12:
        return Clock(99)
    return Clock(hour % 12 + (12 if half is Part.EVENING else 0), minute, exact=True)


def times(clock: Clock, *, with_day: bool) -> Times:
    """Return the times ``clock`` may mean; ``with_day``: a day was named, which makes "9" nine in the morning."""
    if clock.minute > 59 or clock.second > 59:
        return Times(())
    if clock.hour is None:
        return _of_part(clock.part, with_day=with_day)
    hour = clock.hour
    if clock.part is not None:
        return _hour_in_part(hour, clock, with_day=with_day)
    if hour > 23:
        return Times(())
    at = time(hour, clock.minute, clock.second)
    if clock.exact or hour == 0 or hour > 12 or (with_day and hour >= 8):
        return Times(((at, 0),))
    return Times(((at, 0), (at.replace(hour=(hour + 12) % 24), 0)), in_doubt=True)


def _of_part(part: Part | None, *, with_day: bool) -> Times:
    if part is Part.NIGHT:
        return Times(((time(21), 0), (time(23), 0), (time(2), 1)), of_night=True)
    if part is Part.MIDNIGHT:
        return _midnight(0, with_day=with_day)
    return Times(((time(_STANDING[part]), 0),)) if part is not None else Times(())


def _midnight(minute: int, *, with_day: bool) -> Times:
    both = ((time(0, minute), 0), (time(0, minute), 1))
    return Times(both, of_night=True) if with_day else Times(both[:1])


def _hour_in_part(hour: int, clock: Clock, *, with_day: bool) -> Times:
    """Return "9 вечера" as 21:00; "15 утра" is no time."""
    if hour == 12 and clock.part in {Part.NIGHT, Part.MIDNIGHT}:
        return _midnight(clock.minute, with_day=with_day)
    meant = {
        Part.MORNING: {h: h for h in range(1, 12)},
        Part.DAY: {h: h for h in range(11, 19)} | {h: h + 12 for h in range(1, 7)},
        Part.EVENING: {h: h for h in range(16, 24)} | {h: h + 12 for h in range(4, 12)},
        Part.NIGHT: {h: h for h in (*range(6), 21, 22, 23)} | {h: h + 12 for h in (9, 10, 11)},
        Part.NOON: {12: 12},
        Part.LUNCH: {12: 12, 1: 13, 2: 14, 13: 13, 14: 14},
        Part.MIDNIGHT: {0: 0},
    }[clock.part or Part.DAY].get(hour)  # fmt: skip
    return Times(((time(meant, clock.minute, clock.second), 0),)) if meant is not None else Times(())
