"""How long is a text on X? Weighted characters: most count one, CJK and emoji two, every link 23.

The rules and their numbers are those of twitter-text's third configuration
(https://docs.x.com/resources/fundamentals/counting-characters).
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

import regex
from publicsuffixlist import PublicSuffixList

LINK = 23
_HEAVY = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")  # all others count one
_EMOJI = regex.compile(
    r"(?:\p{Regional_Indicator}{2}"
    r"|[0-9#*]\ufe0f?\u20e3"
    r"|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier_Base})\p{Emoji_Modifier}?"
    r"(?:[\U000e0020-\U000e007e]+\U000e007f)?"
    r"(?:\u200d(?:\p{Extended_Pictographic}|\p{Emoji_Presentation})\ufe0f?\p{Emoji_Modifier}?)*)"
)
_LETTER = r"a-z0-9\u00a1-\u00ff\u0100-\u024f\u0400-\u04ff"
_LABEL = rf"[{_LETTER}](?:[{_LETTER}_-]{{0,62}}[{_LETTER}])?"
_NAME = rf"[{_LETTER}](?:[{_LETTER}-]{{0,62}}[{_LETTER}])?"  # next to the top level no underscore is allowed
_PATH = r"(?:/[^\s<>\"'«»]*)?(?:\?[^\s<>\"'«»]*)?(?:#[^\s<>\"'«»]*)?"
_WITH_SCHEME = re.compile(
    rf"https?://((?:{_LABEL}\.)*{_NAME}\.[a-z\u0400-\u04ff]{{2,63}})(?::\d+)?{_PATH}", re.IGNORECASE
)
_BARE = re.compile(
    rf"(?<![\w@#$./-])((?:{_LABEL}\.)*{_NAME}\.[a-z]{{2,63}})(?![\w@.-]*@){_PATH}", re.IGNORECASE
)
_TRAILING = ".,;:!?…'\""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)  # reads a file of 340 KB: only when a link is met


def weighted(text: str) -> int:
    """Return the weighted length of ``text``."""
    text = unicodedata.normalize("NFC", text)
    total, at = 0, 0
    for start, end in links(text):
        total += _plain(text[at:start]) + LINK
        at = end
    return total + _plain(text[at:])


def links(text: str) -> list[tuple[int, int]]:
    """Return where X sees links (character offsets): with a scheme, and bare domains of a real top-level domain."""
    found = list(_matches(_WITH_SCHEME, text))
    starts = [start for start, _ in found]
    for start, end in _matches(_BARE, text):
        before = bisect_right(starts, start) - 1
        inside = before >= 0 and start < found[before][1]
        if not inside and not (before + 1 < len(starts) and end > starts[before + 1]):
            found.append((start, end))
    return sorted(found)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        if _suffixes().publicsuffix(match[1].lower()) is not None:
            yield match.start(), match.start() + len(_without_end(match[0]))


def _without_end(address: str) -> str:
    """A sentence's end is not the link's, nor is a bracket that was opened before it."""
    while address and (
        address[-1] in _TRAILING or (address[-1] == ")" and address.count(")") > address.count("("))
    ):
        address = address[:-1]
    return address


def _plain(text: str) -> int:
    """Everything counts one, and what is not light one more; an emoji is two, however many characters it takes."""
    without, emoji = _EMOJI.subn("", text)
    return len(without) + len(_HEAVY.findall(without)) + 2 * emoji
