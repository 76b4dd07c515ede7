"""Does a text say more than anybody told it? Its claims, less those that were given."""

from collections.abc import Sequence
from decimal import Decimal

from core.ai.checks.claims import claims_of, flat
from core.ai.checks.findings import Finding
from core.ai.checks.given import Given
from core.ai.checks.numbering import own_counts
from core.ai.checks.readings import Claim, Number
from core.text.rich import RichText


def invented(parts: Sequence[RichText], given: Given) -> list[Finding]:
    """Return what ``parts`` state and nobody gave, in order."""
    counts = {count for rich in parts for count in own_counts(flat(rich.text))}
    if len(parts) > 1:
        counts.add(Decimal(len(parts)))
    return [
        _finding(claim, rich, number)
        for number, rich in enumerate(parts)
        for claim in claims_of(rich, parts=len(parts))
        if not _counts_itself(claim, counts) and not given.knows(claim)
    ]


def _counts_itself(claim: Claim, counts: set[Decimal]) -> bool:
    """«Три причины» above a list of three says nothing about the world."""
    return any(
        isinstance(reading, Number) and not reading.sign and reading.value in counts
        for reading in claim.readings
    )


def _finding(claim: Claim, rich: RichText, part: int) -> Finding:
    value = claim.value or rich.text[claim.start : claim.end]
    return Finding(claim.code, value, part, claim.start, claim.end)
