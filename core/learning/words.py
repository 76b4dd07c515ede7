"""Which words does a text say? Tokens without links, tags and emoji, each with a stem that its forms have in common."""

import re
from dataclasses import dataclass

_LEFT_OUT = re.compile(r"https?://\S+|\[[^\]]*\]\(([^)]*)\)|[#@]\w+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_RUSSIAN = re.compile(
    r"(?:ыми|ими|ями|ами|ого|его|ому|ему|ешь|ишь|ает|яет|ает|ут|ют|ат|ят|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ую|юю|ых|их"
    r"|ым|им|ом|ем|ам|ям|ах|ях|ов|ев|а|я|о|е|ы|и|у|ю|ь|й)$"
)
_ENGLISH = re.compile(r"(?:ing|ed|es|ly|s)$")
_SHORTEST = 3  # letters of a stem
# Words that come and go with every sentence and say nothing about a taste.
_LIST = (
    "и а но да или в во на с со к ко о об у по за из от до для при над под без не ни же ли бы то это этот эта эти тот "
    "та те так как что чтобы где когда если мы вы он она оно они я ты нас вас вам нам их его её ему ей им наш ваш мой "
    "твой свой себя был была было были есть быть уже ещё еще тоже там тут здесь все всё весь вся a an the and or but of "
    "to in on at for with from by as is are was were be been it its this that these those we you he she they i our your "
    "my their his her them us me not no so if then than there here will would can could do does did has have had "
    "тебя тебе тобой твоя твоё твое твои твоего твоему твоим твоей твою твоих твоими вами ваша ваше ваши вашего вашему "
    "вашим вашей вашу ваших вашими"
)
_COMMON = frozenset(_LIST.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands; ``stem`` is what its forms have in common."""

    said: str
    stem: str
    start: int
    end: int

    @property
    def telling(self) -> bool:
        """True unless it is a word that every text is full of."""
        return self.said.casefold() not in _COMMON and len(self.said) > 2


def words_of(text: str) -> list[Word]:
    """Return the words in order."""
    blanked = _LEFT_OUT.sub(lambda found: " " * len(found[0]), text)
    return [Word(m[0], stem_of(m[0]), m.start(), m.end()) for m in _WORD.finditer(blanked)]


def stem_of(word: str) -> str:
    """Return the word without the ending that its grammar gave it; good enough to see that two forms are one word."""
    low = word.casefold().replace("ё", "е")
    ending = _RUSSIAN if re.search("[а-я]", low) else _ENGLISH
    found = ending.search(low)
    return low[: found.start()] if found and found.start() >= _SHORTEST else low
