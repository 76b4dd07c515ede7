"""What does "> 2x average" or "crosses every 1000" ask of a metric? Read into numbers; nothing is measured here."""

import re
from dataclasses import dataclass
from enum import StrEnum

_NUMBER = r"(\d{1,12}(?:[.,]\d{1,6})?)"
_DAYS = r"(?:\s+for\s+(\d{1,3})\s+days?)?"
_RATIO = re.compile(rf"(>=|<=|>|<)\s*{_NUMBER}\s*[x×](?:\s+(?:the\s+)?(?:average|avg|mean))?{_DAYS}")
_AMOUNT = re.compile(rf"(>=|<=|>|<)\s*{_NUMBER}{_DAYS}")
_EVERY = re.compile(rf"(?:crosses|reaches)\s+(?:each|every)\s+{_NUMBER}")
_LISTED = re.compile(rf"(?:crosses|reaches)\s+({_NUMBER}(?:\s*,\s*{_NUMBER})*)")
_MOST_DAYS = 90


class ComparisonKind(StrEnum):
    """What the number is held against."""

    AVERAGE = "average"  # so many times the product's own average
    AMOUNT = "amount"
    CROSSING = "crossing"  # a milestone is passed, each once


@dataclass(frozen=True, slots=True)
class Comparison:
    """``operator`` and ``number`` for the first two kinds, on ``days`` days in a row; milestones for the third."""

    kind: ComparisonKind
    operator: str = ""
    number: float = 0.0
    days: int = 1
    milestones: tuple[float, ...] = ()
    every: float | None = None


def parse_comparison(text: str) -> Comparison | None:
    """Read a comparison; None when it is none."""
    said = " ".join(text.lower().split())
    if match := _RATIO.fullmatch(said):
        return _compared(ComparisonKind.AVERAGE, match)
    if match := _AMOUNT.fullmatch(said):
        return _compared(ComparisonKind.AMOUNT, match)
    if match := _EVERY.fullmatch(said):
        every = _number(match[1])
        return Comparison(ComparisonKind.CROSSING, every=every) if every > 0 else None
    if match := _LISTED.fullmatch(said):
        milestones = sorted({_number(part) for part in re.split(r",\s+|,(?=\d{3,})|\s*,\s*", match[1])})
        return Comparison(ComparisonKind.CROSSING, milestones=tuple(milestones))
    return None


def _compared(kind: ComparisonKind, match: re.Match[str]) -> Comparison | None:
    days = int(match[3] or 1)
    if not 1 <= days <= _MOST_DAYS:
        return None
    return Comparison(kind, match[1], _number(match[2]), days)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
