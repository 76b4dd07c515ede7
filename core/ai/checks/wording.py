"""Does a text keep to the voice and to the platform's manners? Words, language, length, emoji and hashtags."""

from collections.abc import Iterator, Sequence

import regex

from core.ai.checks import addresses
from core.ai.checks.claims import flat
from core.ai.checks.findings import Finding, FindingCode
from core.ai.checks.given import Given
from core.ai.checks.inflection import places_of
from core.ai.norms import Norm
from core.products.voice import BrandVoice
from core.text.rich import RichText, SpanKind

_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}")
_GRAPHEME = regex.compile(r"\X")
_VARIANTS = regex.compile(r"[\ufe0e\ufe0f\U0001F3FB-\U0001F3FF]")
_CYRILLIC, _LATIN = regex.compile(r"\p{Cyrillic}"), regex.compile(r"\p{Latin}")
_PLAIN = str.maketrans("«»“”„‟‘’–—−\u00a0\u202f", '""""""' + "''" + "---  ")
_FEWEST_LETTERS = 20  # shorter texts may be a name and a greeting in any language
_FREE_EMOJI = 3  # always fine
_PER_EMOJI = 80  # characters; more emoji than one for so many are a wall


def unwanted(parts: Sequence[RichText], voice: BrandVoice) -> Iterator[Finding]:
    """Words the voice avoids or never says, in any form."""
    lists = ((FindingCode.NEVER_SAY, voice.never_say), (FindingCode.AVOIDED, voice.vocabulary.avoid))
    for number, rich in enumerate(parts):
        for code, phrases in lists:
            for phrase in phrases:
                for start, end in places_of(phrase, rich.text):
                    yield Finding(code, rich.text[start:end], number, start, end)


def missing(parts: Sequence[RichText], voice: BrandVoice) -> Iterator[Finding]:
    """Required phrases that stand nowhere, word for word (case, quotation marks and dashes aside)."""
    said = _loose("\n".join(rich.text for rich in parts))
    for phrase in voice.must_say:
        if phrase.strip() and _loose(phrase) not in said:
            yield Finding(FindingCode.MUST_SAY, phrase)


def foreign(parts: Sequence[RichText], language: str) -> Iterator[Finding]:
    """The text as a whole when most of its letters are not those of ``language`` ("ru" or "en")."""
    if language not in {"ru", "en"}:
        return
    text = "\n".join(_prose(rich) for rich in parts)
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    wrong = latin if language == "ru" else cyrillic
    if cyrillic + latin >= _FEWEST_LETTERS and wrong * 2 > cyrillic + latin:
        yield Finding(FindingCode.LANGUAGE, language)


def too_long(parts: Sequence[RichText], norm: Norm, *, has_media: bool) -> Iterator[Finding]:
    """Parts above the platform's limit, in its own unit."""
    for number, rich in enumerate(parts):
        limit = norm.limit_of(has_media=has_media and number == 0)
        count = norm.measure(rich.text)
        if count > limit:
            yield Finding(FindingCode.LENGTH, f"{count}/{limit}", number)


def emoji(parts: Sequence[RichText], voice: BrandVoice, given: Given) -> Iterator[Finding]:
    """Emoji that are not the voice's, and too many of them. What the sources have is fine."""
    allowed = {_bare(sign) for sign in voice.emoji_set}
    given_ones = [_bare(sign) for sign, _, _ in _emoji_of(given.emoji)]
    found = [
        (sign, number, start, end)
        for number, rich in enumerate(parts)
        for sign, start, end in _emoji_of(rich.text)
    ]
    if allowed:
        for sign, number, start, end in found:
            if _bare(sign) not in allowed and _bare(sign) not in given_ones:
                yield Finding(FindingCode.EMOJI, sign, number, start, end)
    length = sum(len(rich.text) for rich in parts)
    most = max(_FREE_EMOJI, length // _PER_EMOJI, len(given_ones))
    if len(found) > most:
        yield Finding(FindingCode.EMOJI_COUNT, f"{len(found)}/{most}")


def hashtags(parts: Sequence[RichText], voice: BrandVoice, given: Given, norm: Norm) -> Iterator[Finding]:
    """Hashtags nobody gave, and more than people use on the platform."""
    voiced = " ".join([*voice.must_say, *voice.vocabulary.preferred, *voice.tone_examples.values()])
    known = given.hashtags | {match[0].casefold() for match in addresses.hashtags_of(voiced)}
    total = 0
    for number, rich in enumerate(parts):
        for match in addresses.hashtags_of(rich.text):
            total += 1
            if match[0].casefold() not in known:
                yield Finding(FindingCode.HASHTAG, match[0], number, match.start(), match.end())
    most = max(norm.hashtags, len(given.hashtags))
    if total > most:
        yield Finding(FindingCode.HASHTAG_COUNT, f"{total}/{most}")


def signs_of(text: str) -> list[str]:
    """Return the emoji and hashtags of ``text``."""
    return [sign for sign, _, _ in _emoji_of(text)] + [match[0] for match in addresses.hashtags_of(text)]


def _emoji_of(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _GRAPHEME.finditer(text):
        if _EMOJI.search(match[0]):
            yield match[0], match.start(), match.end()


def _bare(sign: str) -> str:
    """An emoji without skin colour and variation marks."""
    return _VARIANTS.sub("", sign)


def _loose(text: str) -> str:
    return " ".join(flat(text).translate(_PLAIN).casefold().replace("ё", "е").split())


def _prose(rich: RichText) -> str:
    """What is written in the language of the post: no addresses, handles, hashtags, code."""
    text = rich.text
    places = [(claim.start, claim.end) for claim in addresses.addresses_of(text)]
    places += [match.span() for match in addresses.hashtags_of(text)]
    places += [(s.start, s.end) for s in rich.spans if s.kind in {SpanKind.CODE, SpanKind.PRE}]
    letters = list(text)
    for start, end in places:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
