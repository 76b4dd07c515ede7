"""How long does "5m", "2h-4h", "1h30m" or "T+3d" take? A length of time, or one drawn between two."""

import re
from dataclasses import dataclass
from datetime import timedelta

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_AMOUNT = re.compile(r"(\d{1,6})\s*(s|m|h|d|w)", re.IGNORECASE)
_ONE = re.compile(r"(?:\d{1,6}\s*[smhdw]\s*)+", re.IGNORECASE)
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Span:
    """Between ``least`` and ``most``; both are the same for a fixed length."""

    least: timedelta
    most: timedelta

    @property
    def is_random(self) -> bool:
        """Tell whether it has to be drawn."""
        return self.least != self.most

    def at(self, share: float) -> timedelta:
        """Return the length ``share`` (0 to 1) of the way, in whole seconds."""
        return self.least + timedelta(seconds=int((self.most - self.least).total_seconds() * share))


def parse_span(text: str) -> Span | None:
    """Read a length of time; None when it is none, is negative, or is longer than a year."""
    said = text.strip().removeprefix("T+").removeprefix("t+").replace("–", "-")
    least, dash, most = said.partition("-")
    first = _read(least)
    second = _read(most) if dash else first
    if first is None or second is None or second < first or second > LONGEST:
        return None
    return Span(first, second)


def _read(text: str) -> timedelta | None:
    if not _ONE.fullmatch(text.strip()):
        return None
    amounts = (int(number) * _UNITS[unit.lower()] for number, unit in _AMOUNT.findall(text))
    return sum(amounts, timedelta())
