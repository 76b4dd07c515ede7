"""How can a fact be understood? Readings that compare equal however they were written; a claim may have several.

"01.12" is the first of December, a quarter past one, and a number: whichever of them was given makes it right.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.ai.checks.findings import FindingCode


@dataclass(frozen=True, slots=True)
class Number:
    """A number without a unit we know. ``sign`` is the currency ("₽") or "%" when there is one."""

    value: Decimal
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Magnitude:
    """«Тысячи», "hundreds": at least so many."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Duration:
    """«Две недели» is 14 days. ``unit`` is "minute" or "month", which no number of days makes exactly."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Ordinal:
    """«5-й», "third"."""

    value: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year; ``day`` is 0 for a month alone, ``year`` for none given."""

    month: int
    day: int = 0
    year: int = 0

    @property
    def weekday(self) -> int | None:
        """0 for Monday; None where it does not follow."""
        try:
            return date(self.year, self.month, self.day).weekday() if self.year and self.day else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Weekday:
    """0 for Monday."""

    number: int


@dataclass(frozen=True, slots=True)
class Relative:
    """Tomorrow is 1, yesterday -1."""

    days: int


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes after midnight; ``twelve`` where the text itself says which half of the day it is."""

    minutes: int
    twelve: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """Something that is only ever written one way: a version, a telephone number, an address, "B2B"."""

    text: str


Reading = Number | Duration | Magnitude | Ordinal | Day | Weekday | Relative | Clock | Token


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact a text states, and where. ``readings`` is every way to understand it.

    ``value`` is set where the words at that place are not what is stated: the address behind a link.
    """

    code: FindingCode
    start: int
    end: int
    readings: frozenset[Reading] = field(default_factory=frozenset)
    value: str = ""
