"""What may be wrong with a text? A finding: its kind, the words it is about, and where they stand."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingCode(StrEnum):
    """What may be wrong; names the locale text `finding-<code>` and the line of the repair prompt."""

    NUMBER = "number"  # a number nobody gave
    PERCENT = "percent"
    PRICE = "price"
    DATE = "date"  # a day, a month, a weekday
    TIME = "time"  # a time of day
    QUOTE = "quote"  # words in quotation marks: a name, or what somebody is said to have said
    HANDLE = "handle"  # @somebody, or an e-mail address
    LINK = "link"
    AVOIDED = "avoided"  # a word the voice avoids
    NEVER_SAY = "never-say"  # a word the voice never says
    MUST_SAY = "must-say"  # a required phrase is missing
    LANGUAGE = "language"  # written in another language than the voice's
    LENGTH = "length"  # longer than the platform takes
    EMOJI = "emoji"  # not one of the voice's
    EMOJI_COUNT = "emoji-count"
    HASHTAG = "hashtag"  # one nobody gave
    HASHTAG_COUNT = "hashtag-count"  # more than people use on this platform


INVENTED = frozenset(
    {
        FindingCode.NUMBER, FindingCode.PERCENT, FindingCode.PRICE, FindingCode.DATE, FindingCode.TIME,
        FindingCode.QUOTE, FindingCode.HANDLE, FindingCode.LINK,
    }
)  # fmt: skip
_GRAVE = INVENTED | {FindingCode.NEVER_SAY, FindingCode.LENGTH, FindingCode.LANGUAGE}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. ``value`` is the words it is about, or an amount.

    ``start`` and ``end`` count characters of part number ``part`` (from 0), as a reader sees it, without the marks of
    Markdown. They are equal where the finding is about the text as a whole.
    """

    code: FindingCode
    value: str
    part: int = 0
    start: int = 0
    end: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same thing to look at, wherever it stands."""
        return self.code.value, " ".join(self.value.split()).casefold()

    @property
    def mark(self) -> int:
        """A number that names it on a button."""
        return mark_of([self])


def mark_of(findings: Iterable[Finding]) -> int:
    """Return a number that names exactly these findings, in any order."""
    keys = sorted({finding.key for finding in findings})
    return zlib.crc32("\0".join(part for key in keys for part in key).encode("utf-8", "replace"))


def distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each thing to look at once, at its first place."""
    first: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first.setdefault(finding.key, finding)
    return tuple(first.values())


def weight(findings: Iterable[Finding]) -> int:
    """Return how bad all of them are together: something invented or forbidden outweighs any number of manners."""
    return sum(100 if finding.code in _GRAVE else 1 for finding in distinct(findings))
