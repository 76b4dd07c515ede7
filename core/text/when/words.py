"""Which words speak of time? The vocabulary of both languages, and text brought into one plain form."""

import re
import unicodedata
from itertools import pairwise

_NUMBERS = {
    "один": 1, "одну": 1, "одного": 1, "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4,
    "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8,
    "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "одиннадцать": 11, "одиннадцати": 11, "двенадцать": 12,
    "двенадцати": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "пятнадцати": 15, "шестнадцать": 16,
    "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20, "двадцати": 20, "тридцать": 30,
    "тридцати": 30, "сорок": 40, "пятьдесят": 50,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
# "восьмого" is also a day of a month, so these are read only where an hour is being halved.
ORDINALS = {
    "первого": 1, "второго": 2, "третьего": 3, "четвертого": 4, "пятого": 5, "шестого": 6, "седьмого": 7,
    "восьмого": 8, "девятого": 9, "десятого": 10, "одиннадцатого": 11, "двенадцатого": 12,
}  # fmt: skip
WEEKDAY = (
    r"(?:понедельник\w{0,2}|вторник\w{0,2}|сред[ауые]|четверг\w{0,2}|пятниц\w|суббот\w|воскресень\w"
    r"|пн|пон|вт|ср|чт|чет|пт|пят|сб|суб|вс|вос"
    r"|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_WEEKDAY_STARTS = (
    ("по", "пн", "mo"), ("вт", "tu"), ("ср", "we"), ("че", "чт", "th"), ("пя", "пт", "fr"), ("су", "сб", "sa"),
    ("во", "вс", "su"),
)  # fmt: skip
MONTH = (
    r"(?:янв|фев|мар[т.\s]|мар$|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
    r"|jan|feb|mar(?!k)|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_MONTH_STARTS = (
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("май", "мая", "may"), ("июн", "jun"),
    ("июл", "jul"), ("авг", "aug"), ("сен", "sep"), ("окт", "oct"), ("ноя", "nov"), ("дек", "dec"),
)  # fmt: skip
_EDGES = re.compile(r"^(?:(?:в|во|на|к|on|at|the|for)\s+)+|(?:\s+(?:в|во|на|к|on|at|the|for))+$")
_REWRITES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"\b([ap])\.\s?m\b\.?", r"\1m"),
        (r"(?<=[0-9]),(?=[0-9])", "."),
        (r"(?<=[a-zа-я])\.(?!\S)", " "),
        (r"[«»\"“”„,;!?()]", " "),
        (r"(?<=[0-9])\s*([ap]m)\b", r" \1"),
        (r"[‐‑–—−]", "-"),
        (r"[’`]", "'"),
        (r"\bo'?clock\b", "часов"),
        (r"(?<=[0-9])-?(?:го|ого|его|е)(?!\w)", " числа"),
        (r"\b(?:пожалуйста|please|ровно|sharp|примерно)\b", " "),
        (r"(?<!\S)@\s*(?=[0-9])", "в "),
        (r"(?<!\S)в час(?!\S)", "в 1"),
        (r"[.\s]+$", ""),
        (r"\s+", " "),
    )
)


def tidy(text: str) -> str:
    """Return ``text`` in lower case, with one form of every sign and with numbers in digits."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    for pattern, by in _REWRITES:
        plain = pattern.sub(by, plain)
    return " ".join(_digits(plain.split()))


def bare(words: str) -> str:
    """Return ``words`` without the prepositions around them."""
    return _EDGES.sub("", words.strip()).strip()


def weekday_number(word: str) -> int:
    """Return 0 (Monday) to 6 for a word that ``WEEKDAY`` matches."""
    return next(number for number, starts in enumerate(_WEEKDAY_STARTS) if word.startswith(starts))


def month_number(word: str) -> int | None:
    """Return 1 to 12 for a month's name in any form; None for another word."""
    return next((n for n, starts in enumerate(_MONTH_STARTS, 1) if word.startswith(starts)), None)


def _digits(words: list[str]) -> list[str]:
    """Turn number words into digits; "двадцать пять" is one number."""
    done: list[str] = []
    tens = False
    for word, following in pairwise([*words, ""]):
        number = _NUMBERS.get(word)
        if number is not None and number >= 20 and following.endswith(("ого", "его")):
            number = None  # "двадцать пятого" is a day, and the library reads it
        if number is None:
            done.append(word)
        elif tens and number < 10:
            done[-1] = str(int(done[-1]) + number)
        else:
            done.append(str(number))
        tens = number is not None and number >= 20
    return done
