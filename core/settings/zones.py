"""Which time zone does a setting mean? IANA names, and the fixed offsets the data model writes as "UTC+3"."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from core.errors import InvalidInput

_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)


@cache
def _known() -> frozenset[str]:
    """Return the names of all zones; to collect them takes a walk through hundreds of files, and parsing is frequent."""
    return frozenset(available_timezones())


def parse_zone(name: str) -> tzinfo:
    """Return the zone called ``name``: "Europe/Moscow", "UTC", "UTC+3", "GMT-03:30", "+5:30".

    A fixed offset knows no daylight saving; an IANA name is better where one fits. Raises ``InvalidInput``.
    """
    text = name.strip()
    if text.upper() in {"UTC", "GMT", "Z"}:
        return ZoneInfo("UTC")
    if match := _OFFSET.fullmatch(text):
        sign, hours, minutes = match.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset <= timedelta(hours=14):
            return timezone(-offset if sign == "-" else offset)
    elif text in _known():
        return ZoneInfo(text)
    raise InvalidInput(
        f"{name!r} is not a time zone; use a name like Europe/Moscow or an offset like UTC+3", zone=name
    )
