"""Which day do the words name? One, several to choose from, or one that no calendar has."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from core.text.when import library
from core.text.when.clock import has_part
from core.text.when.reading import DoubtReason
from core.text.when.wall import days
from core.text.when.words import MONTH, WEEKDAY, bare, month_number, weekday_number


class Again(StrEnum):
    """When does such a day come again?"""

    DAY = "day"
    WEEK = "week"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Days:
    """The days the words may mean; none: the date does not exist."""

    options: tuple[date, ...]
    reason: DoubtReason | None = None
    again: Again = Again.DAY


_FIXED = {
    "сегодня": 0, "today": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2, "day after tomorrow": 2,
    "вчера": -1, "yesterday": -1, "позавчера": -2,
}  # fmt: skip
_NEXT = r"(?:следующ\w+|след|next)"
_THIS = r"(?:эт\w{1,2}|this)"
_COMING = r"(?:ближайш\w+|coming)"
_WEEKDAY_SAID = re.compile(
    rf"(?:(?:(?P<next>{_NEXT})|(?P<this>{_THIS})|{_COMING})\s+)?(?P<day>{WEEKDAY})"
    rf"(?:\s+(?:на\s+)?(?:(?P<next_week>{_NEXT}\s+(?:недел\w+|week))|(?P<this_week>{_THIS}\s+(?:недел\w+|week))))?"
)
_WEEK_FIRST = re.compile(
    rf"(?P<week>(?:{_NEXT}|{_THIS})\s+(?:недел\w+|week))\s+(?:(?:в|во|on)\s+)?(?P<day>{WEEKDAY})"
)
_NEXT_WEEK = re.compile(rf"{_NEXT}\s+(?:недел\w+|week)")
_WEEKEND = re.compile(rf"(?:(?P<next>{_NEXT})\s+|{_THIS}\s+)?(?:выходн\w+|weekend)")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_NUMERIC = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})(?:[./-]([0-9]{4}|[0-9]{2}))?")
_OF_MONTH = re.compile(r"([0-9]{1,2})(?:\s*числа|st|nd|rd|th)")
_WITH_WEEKDAY = re.compile(
    rf"(?:(?P<first>{WEEKDAY})\s+(?P<rest>.*[0-9].*)|(?P<rest2>.*[0-9].*)\s+(?P<last>{WEEKDAY}))"
)
_NAMED_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?:\s*числа|st|nd|rd|th)?(?![0-9])")
_NUMBER = re.compile(r"[0-9]+")
_COUNTED_DAYS = re.compile(r"[0-9] дня")
_GROUND = 31  # days: a date that passed less long ago is asked about, not moved to next year


def read_day(words: str, local: datetime, language: str) -> Days | None:
    """Return what ``words`` mean on the wall calendar of ``local``; None when they name no day."""
    words = bare(words)
    today = local.date()
    if words in _FIXED:
        return Days((today + days(_FIXED[words]),))
    for reader in (_weekday, _weekend, _numeric, _of_month):
        found = reader(words, today, language)
        if found is not None:
            return found
    if match := _WITH_WEEKDAY.fullmatch(words):
        return _checked(match, local, language)
    if has_part(_COUNTED_DAYS.sub("", words)):
        return None
    if library.is_span(words):
        moment = library.ask(words, local.replace(tzinfo=None), language)
        return Days((moment.date(),)) if moment is not None else None
    return _named(words, today, language) if library.is_date(words) else None


def _weekday(words: str, today: date, language: str) -> Days | None:
    monday = today - days(today.weekday())
    if match := _WEEK_FIRST.fullmatch(words):
        later = 7 if _NEXT_WEEK.fullmatch(match["week"]) else 0
        return Days((monday + days(later + weekday_number(match["day"])),), again=Again.WEEK)
    if _NEXT_WEEK.fullmatch(words):
        return Days(tuple(monday + days(7 + number) for number in range(5)), DoubtReason.DAY)
    match = _WEEKDAY_SAID.fullmatch(words)
    if match is None:
        return None
    this = monday + days(weekday_number(match["day"]))
    if match["next_week"]:
        return Days((this + days(7),), again=Again.WEEK)
    if match["this"] or match["this_week"]:
        return Days((this,), again=Again.WEEK)
    if match["next"]:
        # "next Friday" on a Monday: half of the English mean this week's. Russians mean next week's.
        if this > today and language == "en" and match["next"] == "next":
            return Days((this, this + days(7)), DoubtReason.WEEK, Again.WEEK)
        return Days((this + days(7),), again=Again.WEEK)
    if this == today:
        return Days((this, this + days(7)), DoubtReason.WEEK, Again.WEEK)
    return Days((this if this > today else this + days(7),), again=Again.WEEK)


def _weekend(words: str, today: date, language: str) -> Days | None:
    match = _WEEKEND.fullmatch(words)
    if match is None:
        return None
    saturday = today - days(today.weekday()) + days(5 + (7 if match["next"] else 0))
    return Days((saturday, saturday + days(1)), DoubtReason.DAY, Again.WEEK)


def _numeric(words: str, today: date, language: str) -> Days | None:
    if match := _YEAR_FIRST.fullmatch(words):
        found = _date(int(match[1]), int(match[2]), int(match[3]))
        return Days((found,) if found else ())
    match = _NUMERIC.fullmatch(words)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    pairs = {(first, second)}  # day, month
    if language == "en" and match[2] != "-":
        pairs = {pair for pair in (*pairs, (second, first)) if pair[1] <= 12}
    year = (2000 if len(match[4]) == 2 else 0) + int(match[4]) if match[4] else None
    found_days = sorted(
        {found for day, month in pairs if (found := _in_year(day, month, year, today, len(pairs) > 1))}
    )
    if not found_days:
        return Days(())
    again = Again.DAY if year else Again.YEAR
    return Days(tuple(found_days), DoubtReason.DAY_MONTH if len(found_days) > 1 else None, again)


def _in_year(day: int, month: int, year: int | None, today: date, ahead: bool) -> date | None:
    """Return the date; without a year the next one, or the one that has just passed unless it must lie ``ahead``."""
    found = _date(year or today.year, month, day)
    if found is None or year is not None or found >= today - days(0 if ahead else _GROUND):
        return found
    return _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    # The last years of the calendar have no UTC moment in every zone.
    valid = 1900 <= year <= 9000 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return date(year, month, day) if valid else None


def _of_month(words: str, today: date, language: str) -> Days | None:
    match = _OF_MONTH.fullmatch(words)
    if match is None:
        return None
    day, month = int(match[1]), today.replace(day=1)
    for _ in range(12):
        found = _date(month.year, month.month, day)
        if found is not None and found >= today:
            return Days((found,))
        month = (month + days(31)).replace(day=1)
    return Days(())


def _checked(match: re.Match[str], local: datetime, language: str) -> Days | None:
    """Hold a weekday against the date beside it; where they differ, both are offered."""
    weekday = weekday_number(match["first"] or match["last"])
    found = read_day(match["rest"] or match["rest2"], local, language)
    if found is None or not found.options:
        return found
    fitting = tuple(day for day in found.options if day.weekday() == weekday)
    if fitting:
        return Days(fitting, found.reason if len(fitting) > 1 else None, found.again)
    coming = local.date() + days((weekday - local.weekday()) % 7)
    return Days(tuple(sorted({*found.options, coming})), DoubtReason.MEANING, found.again)


def _named(words: str, today: date, language: str) -> Days | None:
    """Read a date with a month's name."""
    plain = words.replace(" числа", "")
    moment = library.ask(plain, datetime.combine(today, time()), language)
    if moment is None:
        return Days(()) if _is_impossible(plain) else None
    found = moment.date()
    if not {int(number) for number in _NUMBER.findall(plain)} <= {found.day, found.year, found.year % 100}:
        return None  # a number the library passed over
    if str(found.year) in words or re.search(r"[0-9]{1,2}\D+[0-9]{2}$", words):
        return Days((found,))
    before = _date(found.year - 1, found.month, found.day)
    if before is not None and today - days(_GROUND) <= before <= today:
        found = before
    return Days((found,), again=Again.YEAR)


def _is_impossible(words: str) -> bool:
    """Tell "31 февраля" from words that are no date at all."""
    said = words.split()
    months = [number for word in said if re.match(MONTH, word + " ") and (number := month_number(word))]
    numbers = [int(number) for number in _NAMED_DAY.findall(words)]
    if len(months) != 1 or len(numbers) != 1 or len(said) > 4:
        return False
    return not 1 <= numbers[0] <= calendar.monthrange(2028, months[0])[1]
