"""How long is a text in a platform's unit, and where may it be cut?"""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable

import regex

Measure = Callable[[str], int]

_GRAPHEME = regex.compile(r"\X")
_SENTENCE_END = regex.compile(r"(?<=[.!?…]['\"»”’)]*)\s+|(?<=[。！？])")


def utf16_length(text: str) -> int:
    """UTF-16 code units: one for most characters, two beyond U+FFFF. Telegram's unit."""
    return len(text) + sum(character > "\uffff" for character in text)


def grapheme_length(text: str) -> int:
    """What a reader would call characters: a family emoji is one. Bluesky's unit, and Mastodon's for text."""
    return len(_GRAPHEME.findall(text))


def utf8_length(text: str) -> int:
    """UTF-8 bytes; a lone surrogate counts as the three bytes it would take."""
    return len(text.encode("utf-8", "surrogatepass"))


def is_visible(text: str) -> bool:
    """True when a reader would see anything: white space, zero-width and control characters alone are nothing."""
    return any(
        not character.isspace() and unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn"}
        for character in text
    )


def longest_prefix(text: str, limit: int, measure: Measure = utf16_length) -> int:
    """Characters in the longest beginning of ``text`` that measures at most ``limit`` and ends between graphemes.

    ``measure`` must not fall when text is added. The answer is 0 when not even one grapheme fits.
    """
    reach = max(limit, 1)
    while reach < len(text) and measure(text[:reach]) <= limit:
        reach *= 2
    borders = [0, *(match.end() for match in _GRAPHEME.finditer(text, endpos=min(len(text), reach + 64)))]
    if borders[-1] < len(text):
        borders.pop()  # the window may end inside a grapheme
    low, high = 0, len(borders) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[: borders[middle]]) <= limit:
            low = middle
        else:
            high = middle - 1
    return borders[low]


def cut(text: str, limit: int, measure: Measure = utf16_length, *, ending: str = "…") -> str:
    """``text`` shortened to at most ``limit`` units: after a sentence, else a word, else a grapheme.

    ``ending`` is put where a sentence was broken off. A text that fits is returned as it is.
    """
    if measure(text) <= limit:
        return text
    room = longest_prefix(text, max(0, limit - measure(ending)), measure)
    sentences = [match.start() for match in _SENTENCE_END.finditer(text, endpos=room + 1)]
    at = bisect_right(sentences, room) - 1
    if at >= 0 and sentences[at] >= room // 2:
        return text[: sentences[at]].rstrip()
    word = max(text.rfind(" ", 0, room + 1), text.rfind("\n", 0, room + 1))
    return text[: word if word >= room // 2 else room].rstrip() + ending


def sentence_ends(text: str) -> list[int]:
    """Offsets right after each sentence (white space behind it not included)."""
    return [match.start() for match in _SENTENCE_END.finditer(text)]
