"""Does a text say more than anybody told it? Numbers, links and words that the owner should look at twice.

Deterministic and cheap: it compares the text with everything it was made from. It flags, it never changes anything.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.products.voice import BrandVoice

_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'«»]+", re.IGNORECASE)
# Digits with the separators of thousands and decimals that Russian and English use.
_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
# "1. ", "2) " and the keycap emoji count the items of a list, they state nothing.
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)/]\s|\d\ufe0f?\u20e3", re.MULTILINE)
_NOT_DIGITS = re.compile(r"\D")


class FindingCode(StrEnum):
    """What may be wrong; names the locale text `finding-<code>`."""

    NUMBER = "number"  # a number nobody gave
    LINK = "link"  # an address nobody gave
    AVOIDED = "avoided"  # a word the voice avoids or never says
    MUST_SAY = "must-say"  # a required phrase is missing


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; ``value`` is the words it is about."""

    code: FindingCode
    value: str


def check(texts: Iterable[str], *, sources: Iterable[str], voice: BrandVoice) -> tuple[Finding, ...]:
    """Compare ``texts`` with the ``sources`` they were made from, and with the voice's required and forbidden words."""
    given = "\n".join([*sources, *voice.must_say])
    known_links = {_address(link) for link in _URL.findall(given)}
    known_numbers = _numbers(given)
    found: dict[Finding, None] = {}
    for text in texts:
        for link in _URL.findall(text):
            if _address(link) not in known_links:
                found[Finding(FindingCode.LINK, link)] = None
        for value, shown in _numbers(_URL.sub(" ", text)).items():
            if value not in known_numbers:
                found[Finding(FindingCode.NUMBER, shown)] = None
        for word in (*voice.vocabulary.avoid, *voice.never_say):
            if word.strip() and _says(text, word):
                found[Finding(FindingCode.AVOIDED, word)] = None
        for phrase in voice.must_say:
            if phrase.strip() and not _says(text, phrase, whole=False):
                found[Finding(FindingCode.MUST_SAY, phrase)] = None
    return tuple(found)


def _numbers(text: str) -> dict[str, str]:
    """The numbers in ``text``: their digits alone, and how they were written."""
    without_lists = _LIST_NUMBER.sub("", text)
    return {
        _NOT_DIGITS.sub("", match): match for match in (m.strip() for m in _NUMBER.findall(without_lists))
    }


def _address(link: str) -> str:
    return link.lower().rstrip(".,;:!?)*_~|").removeprefix("https://").removeprefix("http://").rstrip("/")


def _says(text: str, words: str, *, whole: bool = True) -> bool:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    edge = (r"(?<!\w)", r"(?!\w)") if whole and words.strip()[0].isalnum() else ("", "")
    return re.search(f"{edge[0]}{pattern}{edge[1]}", text, re.IGNORECASE) is not None
