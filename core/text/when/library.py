"""What does dateparser make of a date with a month's name, or of a span of days, weeks and months?

It is asked about nothing else: the rest it guesses ("9" is 2 September for it, "05.06" six past five). It is loaded
with the first phrase that needs it: about 0.23 seconds and 17 MB that other processes need not pay.
"""

import re
from datetime import datetime

from core.text.when.words import MONTH

_DATE = re.compile(rf"(?<!\w){MONTH}")
_UNIT = (
    r"(?:дн\w{1,2}|день|недел\w{1,2}|месяц\w{0,2}|год\w?|лет|полгода|сут\w{2,3}|days?|weeks?|months?|years?)"
)
_LENGTH = rf"(?:(?:[0-9]{{1,4}}|an?)\s+)?{_UNIT}(?:\s+(?:(?:и|and)\s+)?[0-9]{{1,4}}\s+{_UNIT})?"
# Whole, because the library passes over what it does not understand: "через месяц в 10" loses its hour.
_SPAN = re.compile(rf"(?:(?:через|in|спустя)\s+{_LENGTH}|{_LENGTH}\s+(?:from now|later|спустя))")
_CLEAN = re.compile(r"[\w\s.'-]+")
_LONG_NUMBER = re.compile(r"[0-9]{5,}")


def is_date(words: str) -> bool:
    """Tell whether ``words`` name a month."""
    return _DATE.search(words) is not None


def is_span(words: str) -> bool:
    """Tell whether ``words`` are a span of days or longer, counted from now."""
    return _SPAN.fullmatch(words) is not None


def ask(words: str, base: datetime, language: str) -> datetime | None:
    """Return the wall-clock time (naive) for ``words`` said at ``base`` (naive, on the same wall); None: no idea."""
    if not _CLEAN.fullmatch(words) or _LONG_NUMBER.search(words):
        return None
    import dateparser

    order = ["ru", "en"] if language == "ru" else ["en", "ru"]
    try:
        found = dateparser.parse(
            words,
            languages=order,
            settings={
                "RELATIVE_BASE": base,
                "PREFER_DATES_FROM": "future",
                "RETURN_AS_TIMEZONE_AWARE": False,
                "REQUIRE_PARTS": ["day", "month"],
                "DATE_ORDER": "DMY",
            },
        )
    except (ValueError, OverflowError):  # a date beyond the calendar
        return None
    return found.replace(tzinfo=None) if found is not None else None
