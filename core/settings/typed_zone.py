"""Which time zone does the owner mean? A city in Russian or English, an offset, or a zone's own name; else nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from core.errors import InvalidInput
from core.settings import cities
from core.settings.zones import parse_zone

MOST = 6  # answers to choose from
LIMIT = 60  # characters; no city has a longer name
# So many times larger than the next one of its name, a city is meant without asking.
_DWARFS = 40
_OFFSET = re.compile(r"(?:utc|gmt)?\s*[+\-−–]\s*\d{1,2}(?::?[0-5]\d)?", re.IGNORECASE)
# Abbreviations that people use of themselves; each names one of the zones in which it is said.
_ABBREVIATIONS = {
    "utc": "UTC", "gmt": "UTC", "z": "UTC", "msk": "Europe/Moscow", "мск": "Europe/Moscow",
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "bst": "Europe/London", "ist": "Asia/Kolkata",
}  # fmt: skip
# For an offset: where most of those live who keep it. The first that keeps it at the moment is offered first.
_WELL_KNOWN = (
    "Europe/Moscow", "Europe/Kaliningrad", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk",
    "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka", "Europe/London",
    "Europe/Berlin", "Europe/Paris", "Europe/Kyiv", "Europe/Istanbul", "Europe/Athens", "Asia/Tbilisi", "Asia/Yerevan",
    "Asia/Baku", "Asia/Dubai", "Asia/Tehran", "Asia/Kabul", "Asia/Almaty", "Asia/Tashkent", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Shanghai",
    "Asia/Singapore", "Asia/Tokyo", "Australia/Darwin", "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland",
    "Atlantic/Azores", "America/St_Johns", "America/Sao_Paulo", "America/Halifax", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
    "Pacific/Marquesas", "Australia/Eucla", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meant:
    """A zone that may be meant. ``zone`` is an IANA name; city and country are empty where a zone was named itself."""

    zone: str
    city: str = ""
    country: str = ""  # ISO 3166


async def read(text: str, now: datetime) -> Sequence[Meant]:
    """Return what ``text`` may mean, the likeliest first; one answer is certain enough to ask "is it 18:42?".

    Cities that keep one time are one answer. Empty when nothing is called so.
    """
    words = " ".join(text.split())[:LIMIT]
    if words.lower() in _ABBREVIATIONS:
        return [Meant(_ABBREVIATIONS[words.lower()])]
    if _OFFSET.fullmatch(words):
        return _by_offset(words, now)
    named = {name.lower(): name for name in available_timezones()}.get(words.replace(" ", "_").lower())
    if named is not None and "/" in named:
        return [Meant(named)]
    return _distinct(await cities.find(words))


def _distinct(found: Sequence[cities.City]) -> list[Meant]:
    if len(found) > 1 and found[0].population >= _DWARFS * found[1].population:
        found = found[:1]
    meant: dict[tuple[str, str], Meant] = {}
    for city in found:
        meant.setdefault((city.zone, city.name), Meant(city.zone, city.name, city.country))
    if len({one.zone for one in meant.values()}) == 1:
        return list(meant.values())[:1]
    return list(meant.values())[:MOST]


def _by_offset(text: str, now: datetime) -> list[Meant]:
    """Return the zones that keep this offset now, and the plain offset where the zones' list has it (whole hours)."""
    try:
        offset = parse_zone(re.sub(r"\s", "", text).replace("−", "-").replace("–", "-")).utcoffset(now)
    except InvalidInput:
        return []
    if offset is None:
        return []
    places = [name for name in _WELL_KNOWN if now.astimezone(ZoneInfo(name)).utcoffset() == offset]
    hours, rest = divmod(offset, timedelta(hours=1))
    # The names of these zones count westward: UTC+5 is Etc/GMT-5.
    plain = "UTC" if not hours else f"Etc/GMT{-hours:+d}"
    fixed = [plain] if not rest and plain in available_timezones() else []
    return [Meant(name) for name in [*places[: MOST - len(fixed)], *fixed]]
