"""Which times of day does a text name? «18:30», «6 вечера», "half past six", «с 11 до …»."""

import re
from collections.abc import Iterator
from decimal import Decimal

from core.ai.checks.findings import FindingCode
from core.ai.checks.number_words import spelled
from core.ai.checks.readings import Claim, Clock, Number

_I = re.IGNORECASE
# "Half past six" and «половина седьмого» are the same time, twice a day.
_HALF_PAST = re.compile(
    r"(?<!\w)(?:половин[аеуы]\s+(?P<to>перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат)\w{2,3}"
    r"|half\s+past\s+(?P<past>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}))(?!\w)",
    _I,
)
_HOURS_EN = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_HOURS_RU = (
    "перв",
    "втор",
    "трет",
    "четверт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
)
_PART_OF_DAY = r"(?P<part>утра|дня|вечера|ночи|a\.?m\.?|p\.?m\.?|in the morning|in the evening|in the afternoon|at night)(?!\w)"
_PART_BEHIND = re.compile(rf"\s+(?:час(?:а|ов)?\s+)?{_PART_OF_DAY}", _I)
_CLOCK = re.compile(
    rf"(?<![\w:.,])(?P<h>[01]?\d|2[0-4])[:](?P<mi>[0-5]\d)(?::[0-5]\d)?(?:\s*{_PART_OF_DAY})?(?!\w|:\d)", _I
)
_HOUR = re.compile(
    rf"(?<![\w:.,])(?P<h>[01]?\d|2[0-4])(?:[.](?P<mi>[0-5]\d))?\s*(?:час(?:а|ов)?\s+)?{_PART_OF_DAY}", _I
)
# "At eight" and «с 11 до …»: an hour, though nothing says so but the word before and nothing behind it.
_SPELLED_HOURS = (
    "один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|двух|тр[её]х|четыр[её]х|пяти|шести|семи|"
    "восьми|девяти|десяти|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
)
_AT_HOUR = re.compile(
    rf"(?<!\w)(?:at|by|from|until|till|в|к|с|до|около|после)\s+(?P<at>(?P<h>[01]?\d|2[0-4])|{_SPELLED_HOURS})"
    r"(?=\s*(?:$|[.;:!?)—–-](?!\d)|,\s|\n|до\s|to\s|till\s|until\s|o.clock|час(?:а|ов|ам)?(?!\w)|ч\.?(?!\w)))",
    _I,
)
_NOON = re.compile(
    r"(?<!\w)(?:(?P<noon>полдень|полудня|полудню|noon|midday)|полночь|полуночи|midnight)(?!\w)", _I
)
# In a source an hour is taken for one wherever it may be; behind it stands no length of time.
_MAYBE_HOUR = re.compile(
    r"(?<!\w)(?:at|by|from|until|till|в|к|с|до|около|после)\s+(?P<h>[01]?\d|2[0-4])(?![\w:%]|[.,]\d|\s*(?:мин|дн|нед|мес|год|лет|day|week|month|year))",
    _I,
)
_MAYBE_HOURS = re.compile(
    r"(?<![\w.,:/])(?P<h>[01]?\d|2[0-4])\s?[-–—]\s?(?P<to>[01]?\d|2[0-4])(?![\w:%/]|[.,]\d|\s*[^\W\d])"
)


def times_of(text: str, *, lenient: bool = False) -> Iterator[Claim]:
    """Yield the times in ``text``; ``lenient`` takes «с 9» and «9–18» for hours too."""
    for pattern in (_CLOCK, _HOUR):
        yield from map(_clock, pattern.finditer(text))
    for match in _AT_HOUR.finditer(text):
        hour = int(match["h"]) if match["h"] else int(next(spelled(match[0])).value)
        yield _hour(hour, *match.span("at"))
    for number in spelled(text):  # «девять утра», "eight in the evening"
        part = _PART_BEHIND.match(text, number.end)
        if part and 1 <= number.value <= 12:
            minutes = _in_the_day(int(number.value), part["part"]) * 60
            yield Claim(FindingCode.TIME, number.start, part.end(), frozenset({Clock(minutes, twelve=True)}))
    for match in _NOON.finditer(text):
        noon = frozenset({Clock(12 * 60 if match["noon"] else 0)})
        yield Claim(FindingCode.TIME, match.start(), match.end(), noon)
    yield from map(_half_past, _HALF_PAST.finditer(text))
    if lenient:
        for match in _MAYBE_HOUR.finditer(text):
            yield _hour(int(match["h"]), *match.span("h"))
        for match in _MAYBE_HOURS.finditer(text):
            for group in ("h", "to"):
                yield _hour(int(match[group]), *match.span(group))


def _hour(hour: int, start: int, end: int) -> Claim:
    """An hour that may be in the morning or in the evening, or a number after all."""
    both = {Clock(hour % 24 * 60), Clock((hour + 12) % 24 * 60)} if hour <= 12 else {Clock(hour % 24 * 60)}
    return Claim(FindingCode.TIME, start, end, frozenset({*both, Number(Decimal(hour))}))


def _clock(match: re.Match[str]) -> Claim:
    minute = int(match["mi"] or 0)
    hour = _in_the_day(int(match["h"]), match["part"])
    time = Clock(hour * 60 + minute, twelve=bool(match["part"]))
    return Claim(FindingCode.TIME, match.start(), match.end(), frozenset({time}))


def _in_the_day(hour: int, part: str | None) -> int:
    """The hour of 24 that «6 вечера» or "6 pm" means."""
    named = (part or "").casefold().replace(".", "")
    if named in {"дня", "вечера", "pm", "in the evening", "in the afternoon"} and 1 <= hour < 12:
        hour += 12
    elif named in {"ночи", "am", "at night"} and hour == 12:
        hour = 0
    elif named == "at night" and 6 <= hour < 12:
        hour += 12
    return hour % 24


def _half_past(match: re.Match[str]) -> Claim:
    if match["to"]:
        hour = _HOURS_RU.index(match["to"].casefold().replace("ё", "е"))
    else:
        named = match["past"].casefold()
        hour = _HOURS_EN.index(named) + 1 if named in _HOURS_EN else int(named)
    minutes = hour % 12 * 60 + 30
    twice = frozenset({Clock(minutes), Clock(minutes + 12 * 60)})
    return Claim(FindingCode.TIME, match.start(), match.end(), twice)
