"""What kind of edit was it? Two texts are compared by plain rules; each finding is a sign that others may repeat.

A sign is a code, with a value where it is about something in particular: ``word_removed:уникальн``, ``link_last``. The
same edits always give the same signs. A text that was written anew tells nothing about habits and gives none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import regex

from core.learning.words import Word, words_of

LONGEST = 12_000  # characters; comparing takes the square of the words, and posts are shorter
_SAME = 0.3  # of the words; below that it is another text
_SHORTER, _LONGER = 0.8, 1.25
_WORTH_SHORTENING = 120  # characters
_PHRASE = 3  # words that are changed together
_OPENING, _CLOSING = 6, 14  # words
_VALUE = 60  # characters


class SignCode(StrEnum):
    """The kinds of edits that are told apart."""

    EMOJI_NONE = "emoji_none"
    EMOJI_FEWER = "emoji_fewer"
    EMOJI_ADDED = "emoji_added"
    EMOJI_DROPPED = "emoji_dropped"
    SHORTER = "shorter"
    LONGER = "longer"
    NO_EXCLAMATION = "no_exclamation"
    NO_DASH = "no_dash"
    NO_BOLD = "no_bold"
    NO_HASHTAGS = "no_hashtags"
    HASHTAG_ADDED = "hashtag_added"
    LINK_LAST = "link_last"
    PARAGRAPHS_SPLIT = "paragraphs_split"
    PARAGRAPHS_JOINED = "paragraphs_joined"
    FORMAL = "formal"
    INFORMAL = "informal"
    OPENING_ADDED = "opening_added"
    OPENING_REMOVED = "opening_removed"
    CLOSING_ADDED = "closing_added"
    CLOSING_REMOVED = "closing_removed"
    WORD_REPLACED = "word_replaced"
    WORD_REMOVED = "word_removed"


@dataclass(frozen=True, slots=True)
class Sign:
    """One finding. ``said`` are the very words of this edit, which the value stands for."""

    code: SignCode
    value: str = ""
    said: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What equal signs have in common."""
        return f"{self.code.value}:{self.value}" if self.value else self.code.value

    @property
    def family(self) -> str:
        """What edits are about: a word that is replaced is also one that is removed."""
        return family_of(self.key)


def code_of(key: str) -> SignCode:
    """Return the code of a stored sign."""
    return SignCode(key.partition(":")[0])


def value_of(key: str) -> str:
    """Return the value of a stored sign, empty when it has none."""
    return key.partition(":")[2]


def family_of(key: str) -> str:
    """Return what a stored sign is about."""
    if code_of(key) in {SignCode.WORD_REPLACED, SignCode.WORD_REMOVED}:
        return "word:" + value_of(key).partition("→")[0]
    return key


def signs_of(before: str, after: str) -> list[Sign]:
    """Return the signs of an edit, each once. Both texts are neutral Markdown."""
    if not before.strip() or not after.strip() or max(len(before), len(after)) > LONGEST:
        return []
    old, new = words_of(before), words_of(after)
    matcher = SequenceMatcher(None, [w.stem for w in old], [w.stem for w in new], autojunk=False)
    if old and new and matcher.ratio() < _SAME:
        return []
    steps = matcher.get_opcodes()
    found = [
        *_emoji(before, after),
        *_length(before, after),
        *_marks(before, after),
        *_hashtags(before, after),
        *_links(before, after),
        *_paragraphs(before, after),
        *_formality(old, new),
        *_ends(before, after, old, new, steps),
        *_words(old, new, steps),
    ]
    return list({sign.key: sign for sign in found}.values())


_GRAPHEME = regex.compile(r"\X")
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\ufe0f?\u20e3")


def _emoji(before: str, after: str) -> Iterator[Sign]:
    old, new = (Counter(g for g in _GRAPHEME.findall(text) if _EMOJI.match(g)) for text in (before, after))
    if old and not new:
        yield Sign(SignCode.EMOJI_NONE)
        return
    if old and new.total() * 2 <= old.total():
        yield Sign(SignCode.EMOJI_FEWER)
    for emoji in new:
        if emoji not in old:
            yield Sign(SignCode.EMOJI_ADDED, emoji, (emoji,))
    for emoji in old:
        if emoji not in new:
            yield Sign(SignCode.EMOJI_DROPPED, emoji, (emoji,))


def _length(before: str, after: str) -> Iterator[Sign]:
    old, new = len(before.strip()), len(after.strip())
    if old >= _WORTH_SHORTENING and new <= old * _SHORTER:
        yield Sign(SignCode.SHORTER)
    if new >= _WORTH_SHORTENING and new >= old * _LONGER:
        yield Sign(SignCode.LONGER)


def _marks(before: str, after: str) -> Iterator[Sign]:
    for code, mark in (
        (SignCode.NO_EXCLAMATION, re.compile("!")),
        (SignCode.NO_DASH, re.compile(r"—|\s–\s")),
        (SignCode.NO_BOLD, re.compile(r"\*\*\S")),
    ):
        if mark.search(before) and not mark.search(after):
            yield Sign(code)


_HASHTAG = re.compile(r"(?<![\w&/])#([^\W\d]\w*)")


def _hashtags(before: str, after: str) -> Iterator[Sign]:
    old, new = ({tag.casefold(): tag for tag in _HASHTAG.findall(text)} for text in (before, after))
    if old and not new:
        yield Sign(SignCode.NO_HASHTAGS)
    for tag in sorted(set(new) - set(old)):
        yield Sign(SignCode.HASHTAG_ADDED, f"#{tag}"[:_VALUE], (f"#{new[tag]}",))


_LINK = re.compile(r"https?://[^\s)]+")


def _links(before: str, after: str) -> Iterator[Sign]:
    def said_after(text: str, end: int) -> bool:
        return bool(words_of(_HASHTAG.sub("", text[end:])))

    for link in _LINK.finditer(before):
        place = after.rfind(link[0])
        if place >= 0 and said_after(before, link.end()) and not said_after(after, place + len(link[0])):
            yield Sign(SignCode.LINK_LAST)


def _paragraphs(before: str, after: str) -> Iterator[Sign]:
    old, new = (
        [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()] for text in (before, after)
    )
    if not _SHORTER < len(after.strip()) / len(before.strip()) < _LONGER:
        return  # they came or went with the text
    if len(new) > len(old) and max(map(len, new)) <= 0.75 * max(map(len, old)):
        yield Sign(SignCode.PARAGRAPHS_SPLIT)
    if len(new) < len(old) and max(map(len, old)) <= 0.75 * max(map(len, new)):
        yield Sign(SignCode.PARAGRAPHS_JOINED)


_THOU_FORMS = "ты тебя тебе тобой твой твоя твое твои твоего твоему твоим твоей твою твоих твоими"
_YOU_FORMS = "вы вас вам вами ваш ваша ваше ваши вашего вашему вашим вашей вашу ваших вашими"
_THOU, _YOU = frozenset(_THOU_FORMS.split()), frozenset(_YOU_FORMS.split())


def _formality(old: list[Word], new: list[Word]) -> Iterator[Sign]:
    before, after = ({word.said.casefold().replace("ё", "е") for word in words} for words in (old, new))
    if before & _THOU and not before & _YOU and after & _YOU and not after & _THOU:
        yield Sign(SignCode.FORMAL)
    if before & _YOU and not before & _THOU and after & _THOU and not after & _YOU:
        yield Sign(SignCode.INFORMAL)


_Step = tuple[str, int, int, int, int]
_GREETING_WORDS = "привет здравствуйте друзья добрый дорогие коллеги hello hi hey dear friends folks everyone"
_GREETINGS = frozenset(_GREETING_WORDS.split())


def _ends(
    before: str, after: str, old: list[Word], new: list[Word], steps: Sequence[_Step]
) -> Iterator[Sign]:
    """What was put before or behind a text that stayed, or taken away there."""
    if len(steps) < 2:
        return
    kind, i, i_end, j, j_end = steps[0]
    if kind == "insert" and j_end - j <= _OPENING:
        yield _phrase(SignCode.OPENING_ADDED, after, new[j:j_end], start=0)
    if kind == "delete" and _is_greeting(old[i:i_end]):
        yield Sign(SignCode.OPENING_REMOVED)
    kind, i, i_end, j, j_end = steps[-1]
    if kind == "insert" and 1 < j_end - j <= _CLOSING:
        yield _phrase(SignCode.CLOSING_ADDED, after, new[j:j_end])
    if kind == "delete" and 2 < i_end - i <= _CLOSING:
        yield Sign(SignCode.CLOSING_REMOVED)


def _is_greeting(words: Sequence[Word]) -> bool:
    return len(words) <= _OPENING and bool({word.said.casefold() for word in words} & _GREETINGS)


def _phrase(code: SignCode, text: str, words: list[Word], start: int | None = None) -> Sign:
    """Return a sign about words that stand together, said with the punctuation between and right behind them."""
    begin = words[0].start if start is None else start
    end = words[-1].end
    while end < len(text) and text[end] in ".,!?…»”)":
        end += 1
    said = " ".join(text[begin:end].split())
    value = " ".join(word.said.casefold() for word in words)
    return Sign(code, value[:_VALUE], (said,))


def _words(old: list[Word], new: list[Word], steps: Sequence[_Step]) -> Iterator[Sign]:
    """Single words and short phrases that went, or gave way to others; what is still said elsewhere has not gone."""
    kept = {word.stem for word in new}
    known = {word.stem for word in old}
    for kind, i, i_end, j, j_end in steps:
        if kind not in {"replace", "delete"} or i_end - i > _PHRASE or j_end - j > _PHRASE:
            continue
        if kind == "delete" and i == 0 and _is_greeting(old[:i_end]):
            continue  # said as a whole
        gone = [word for word in old[i:i_end] if word.stem not in kept and word.telling]
        came = [word for word in new[j:j_end] if word.stem not in known]
        if len(gone) == 1 and len(came) == 1:
            stems = f"{gone[0].stem}→{came[0].stem}"
            yield Sign(SignCode.WORD_REPLACED, stems[:_VALUE], (gone[0].said, came[0].said))
        for word in gone:
            yield Sign(SignCode.WORD_REMOVED, word.stem[:_VALUE], (word.said,))
