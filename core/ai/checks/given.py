"""What has been said? Everything a text may state: gathered from its sources, compared by meaning, not by spelling."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from core.ai.checks import addresses
from core.ai.checks.claims import claims_of, flat, stems_of
from core.ai.checks.findings import FindingCode
from core.ai.checks.number_words import spelled
from core.ai.checks.numbering import own_counts
from core.ai.checks.readings import (
    Claim,
    Clock,
    Day,
    Duration,
    Magnitude,
    Number,
    Ordinal,
    Reading,
    Relative,
    Token,
    Weekday,
)
from core.text import markdown
from core.text.rich import RichText

_HALF_DAY = 12 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Given:
    """What the sources say. Made once, asked about every claim."""

    readings: frozenset[Reading] = frozenset()
    numbers: frozenset[Decimal] = frozenset()  # whatever stood behind them
    stems: str = ""
    words: str = ""
    hashtags: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    emoji: str = field(default="", repr=False)

    @classmethod
    def of(cls, sources: Iterable[str], more: Iterable[Claim] = ()) -> "Given":
        """Gather what ``sources`` (neutral Markdown) say; ``more`` are facts given in another way."""
        texts = [markdown.parse(source) for source in sources if source.strip()]
        readings: set[Reading] = {reading for claim in more for reading in claim.readings}
        for rich in texts:
            readings |= _readings(rich)
        plain = "\n".join(rich.text for rich in texts)
        numbers = {reading.value for reading in readings if isinstance(reading, Number)}
        return cls(
            readings=frozenset(readings),
            numbers=frozenset(numbers),
            stems=f" {' '.join(stems_of(plain))} ",
            words=flat(plain).casefold(),
            hashtags=frozenset(match[0].casefold() for match in addresses.hashtags_of(plain)),
            hosts=frozenset(
                reading.text.partition("/")[0]
                for reading in readings
                if isinstance(reading, Token) and "." in reading.text
            ),
            emoji=plain,
        )

    def knows(self, claim: Claim) -> bool:
        """Tell whether somebody gave this fact, in any of the ways to understand it."""
        return any(reading in self.readings or self._follows(reading, claim) for reading in claim.readings)

    def _follows(self, reading: Reading, claim: Claim) -> bool:
        match reading:
            case Number():
                return self._number(reading)
            case Magnitude():
                return any(number >= reading.value for number in self.numbers)
            case Ordinal():
                days = {known.day for known in self.readings if isinstance(known, Day)}
                return Decimal(reading.value) in self.numbers or reading.value in days
            case Day():
                return any(
                    _same_day(known, reading, self) for known in self.readings if isinstance(known, Day)
                )
            case Weekday():
                days_ = (known for known in self.readings if isinstance(known, Day))
                return any(known.weekday == reading.number for known in days_)
            case Relative() | Duration():
                return False
            case Clock():
                return self._clock(reading)
            case Token():
                return self._token(reading.text, claim.code)

    def _number(self, wanted: Number) -> bool:
        if not wanted.sign:  # «990» for «990 ₽»: less was said, nothing was added
            return wanted.value in self.numbers or self._year(wanted.value)
        if wanted.sign in {"%", "‰"}:
            return False
        return Number(wanted.value) in self.readings

    def _year(self, value: Decimal) -> bool:
        return any(isinstance(known, Day) and known.year and known.year == value for known in self.readings)

    def _clock(self, wanted: Clock) -> bool:
        for known in self.readings:
            if isinstance(known, Clock):
                if known.minutes == wanted.minutes:
                    return True
                # «В 6:30» and "6:30 pm": which half of the day was left open.
                other_half = abs(known.minutes - wanted.minutes) == _HALF_DAY
                if other_half and known.twelve != wanted.twelve and min(known.minutes, wanted.minutes) >= 60:
                    return True
        return False

    def _token(self, text: str, code: FindingCode) -> bool:
        if code is FindingCode.QUOTE:
            return f" {text} " in self.stems
        if code is FindingCode.LINK:
            return "/" not in text and text in self.hosts
        return False


def _readings(rich: RichText) -> set[Reading]:
    found = {reading for claim in claims_of(rich, lenient=True) for reading in claim.readings}
    # What the text does not state by itself it may still have given: «один», the length of a list, "1." of a list.
    text = flat(rich.text)
    found |= {Number(number.value) for number in spelled(text) if not number.vague}
    found |= {Number(count) for count in own_counts(text)}
    return found


def _same_day(known: Day, wanted: Day, given: Given) -> bool:
    if known.month != wanted.month or (wanted.day and known.day != wanted.day):
        return False
    if not wanted.year or known.year == wanted.year:
        return True
    return not known.year and Decimal(wanted.year) in given.numbers
