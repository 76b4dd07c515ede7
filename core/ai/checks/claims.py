"""Which facts does a text state? Everything in it that somebody must have said before: found once, with its place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial

from core.ai.checks import addresses, amounts, dates, numbering, times
from core.ai.checks.findings import FindingCode
from core.ai.checks.readings import Claim, Day, Token
from core.text.rich import RichText, SpanKind

_TAKEN = "\0"
_QUOTE = re.compile(
    r"«([^«»\n]{1,400})»|“([^“”\n]{1,400})”|„([^„“”\n]{1,400})[“”]|(?<!\w)\"([^\"\n]{1,400})\"(?!\w)"
)
_WORD = re.compile(r"[^\W_]+")


def claims_of(rich: RichText, *, parts: int = 1, lenient: bool = False) -> list[Claim]:
    """Return the facts ``rich`` states, in order. ``parts`` is how many parts the post has that it belongs to.

    ``lenient`` takes for a day whatever may be one: right for a source («thu 14 may»), too suspicious for a post.
    """
    text = flat(rich.text)
    found = [
        Claim(FindingCode.LINK, span.start, span.end, frozenset(addresses.link(span.value)), span.value)
        for span in rich.spans
        if span.kind is SpanKind.LINK and not _same_words(text[span.start : span.end], span.value)
    ]
    found += _quotes(text)
    links = list(addresses.addresses_of(text))
    found += links
    rest = _without(text, [(claim.start, claim.end) for claim in links])
    rest = _without(rest, [match.span() for match in addresses.hashtags_of(rest)])
    rest = _without(rest, numbering.numbering(rest, parts))
    readers = (
        amounts.marks_of,
        amounts.with_units_of,
        dates.days_of,
        partial(times.times_of, lenient=lenient),
        partial(dates.likely_days_of, lenient=lenient),
        amounts.amounts_of,
    )
    for reader in readers:
        claims = list(_outermost(reader(rest)))
        found += claims
        rest = _without(rest, [(claim.start, claim.end) for claim in claims])
    return sorted(found, key=lambda claim: (claim.start, claim.end))


def flat(text: str) -> str:
    """Return ``text`` with full-width and other compatibility forms made plain, character by character.

    The length stays, so that places found in it are places in ``text``. Small digits stay as they are: «м²» is a unit.
    """
    return "".join(_plain(character) for character in text)


def stems_of(text: str) -> list[str]:
    """Return the words of ``text`` in a form in which «чайную» and «чайная» are the same."""
    return [stem(word) for word in _WORD.findall(flat(text).casefold().replace("ё", "е"))]


def stem(word: str) -> str:
    """Return a word without its last letters, where a Russian or English ending may be: for comparing names only."""
    if len(word) < 4 or not word.isalpha():
        return word
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= 3 else word


_ENDING = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ой|ей|ою|ею|ом|ем|ам|ям|ах|ях|ов|ев|ый|ий|ая|яя|ую|юю|ое|ее|ые|ие|ых|их|ым|им|[аеиоуыьэюяй]|'?s)$"
)


def _plain(character: str) -> str:
    if character.isascii() or unicodedata.category(character) == "No":
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def _quotes(text: str) -> Iterator[Claim]:
    for match in _QUOTE.finditer(text):
        inner = next(group for group in match.groups() if group is not None)
        if any(character.isalnum() for character in inner):
            words = " ".join(stems_of(inner))
            yield Claim(FindingCode.QUOTE, match.start(), match.end(), frozenset({Token(words)}))


def _outermost(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Leave out what overlaps a claim that came before; both ends of a range of days share a place."""
    covered: dict[int, tuple[int, int]] = {}
    for claim in claims:
        place = (claim.start, claim.end)
        others = {covered[position] for position in range(*place) if position in covered}
        both_ends = others == {place} and all(isinstance(reading, Day) for reading in claim.readings)
        if not others or both_ends:
            covered.update(dict.fromkeys(range(*place), place))
            yield claim


def _without(text: str, places: Iterable[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in places:
        characters[start:end] = _TAKEN * (end - start)
    return "".join(characters)


def _same_words(shown: str, address: str) -> bool:
    """A link whose words are its address is found in the text anyway."""
    return addresses.normal(shown) == addresses.normal(address)
