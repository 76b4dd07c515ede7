"""Are these two words forms of one? An own small rule for Russian and English, made to miss rather than to accuse.

Two Russian words are forms of one when they begin alike and what is left of both are endings of the same part of
speech: «гарантия» and «гарантией», but not «гарант»; «вода» and «воду», but not «водит». English words are compared by
what is left when a regular ending is taken off. A stemmer would join more words than that, and each of them would be
a false alarm. Changes inside a word (day/дня, go/went) are not seen.
"""

import re
from itertools import pairwise


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_NOUN = _words("а я о е и ы у ю ь й ой ей ою ею ом ем ам ям ами ями ах ях ов ев ью") | {""}
# A vowel that comes and goes: «скидка», «скидок».
_FLEETING = _words("ка ки ке ку кой кою кам ками ках ок ек ца цы це цу цей цам цами цах ец")
_ADJECTIVE = _words(
    "ый ий ой ая яя ое ее ые ие ого его ому ему ым им ом ем ую юю ою ею ей ых их ыми ими ьи ья ье"
)
_SHORT_ADJECTIVE = _words("ый ий ой ая ое ые ого ому ым ом ую ою ых ыми а о ы е ее ей") | {""}
_VERB = _words(
    "ть ти ю у ешь ишь ет ит ем им ете ите ут ют ат ят л ла ло ли й йте и вши в ать ять еть ить уть вать "
    "овать ую ует уем уют ал ала али ил ила или ял яла яли ел ела ели ает аем ают аю яет яем яют яю лю "
    "лит лят ите айте яйте"
)
_CLASSES = (_NOUN, _FLEETING, _ADJECTIVE, _SHORT_ADJECTIVE, _VERB)
_LONGEST_ENDING = 4
_REFLEXIVE = re.compile(r"(?<=.{3})(?:ся|сь)$")
_ENGLISH_ALONE = _words(
    "news always series species business less is as was has this his its us plus yes bus gas"
)
_WORD = re.compile(r"[^\W_]+(?:['’][a-zа-я]+)?", re.IGNORECASE)


def same_word(one: str, other: str) -> bool:
    """Tell whether both are forms of one word, whatever their case."""
    first, second = _plain(one), _plain(other)
    if first == second:
        return True
    if (
        first.isascii() != second.isascii()
        or min(len(first), len(second)) < 2
        or not (first + second).isalpha()
    ):
        return False
    return bool(_bases(first) & _bases(second)) if first.isascii() else _russian(first, second)


def places_of(phrase: str, text: str) -> list[tuple[int, int]]:
    """Return where ``text`` says ``phrase``, each word of it in any form, never inside another word."""
    wanted = _WORD.findall(phrase)
    if not wanted:
        return _literal(phrase, text)
    found = list(_WORD.finditer(text))
    places = []
    for index in range(len(found) - len(wanted) + 1):
        window = found[index : index + len(wanted)]
        adjacent = all(
            not re.search(r"[.!?\n]", text[left.end() : right.start()]) for left, right in pairwise(window)
        )
        if adjacent and all(same_word(word, match[0]) for word, match in zip(wanted, window, strict=True)):
            places.append((window[0].start(), window[-1].end()))
    return places


def _literal(phrase: str, text: str) -> list[tuple[int, int]]:
    """A phrase without letters (a sign, an emoji) as it stands."""
    sought = phrase.strip()
    return [match.span() for match in re.finditer(re.escape(sought), text)] if sought else []


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.casefold().replace("ё", "е"))


def _russian(first: str, second: str) -> bool:
    if _REFLEXIVE.search(first) or _REFLEXIVE.search(second):
        first, second = _REFLEXIVE.sub("", first), _REFLEXIVE.sub("", second)
        return first == second or _share(first, second, (_VERB,))
    return _share(first, second, _CLASSES)


def _share(first: str, second: str, classes: tuple[frozenset[str], ...]) -> bool:
    common = 0
    while common < min(len(first), len(second)) and first[common] == second[common]:
        common += 1
    shortest = min(3, max(2, min(len(first), len(second)) - 1))
    for cut in range(common, shortest - 1, -1):
        left, right = first[cut:], second[cut:]
        if max(len(left), len(right)) > _LONGEST_ENDING:
            break
        if any(left in endings and right in endings for endings in classes):
            return True
    return False


def _bases(word: str) -> set[str]:
    """What an English word may be a form of, itself included."""
    found = {word}
    if word in _ENGLISH_ALONE or len(word) < 4:
        return found
    if word.endswith("ies") or word.endswith("ied"):
        found.add(word[:-3] + "y")
    elif word.endswith("es") and word[:-2].endswith(("s", "x", "z", "ch", "sh", "o")):
        found.add(word[:-2])
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.add(word[:-1])
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            found |= {stem, f"{stem}e"}
            if stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return found
