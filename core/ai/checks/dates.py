"""Which days does a text name? In digits and words, Russian and English, with every way to understand them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from core.ai.checks.findings import FindingCode
from core.ai.checks.readings import Claim, Clock, Day, Number, Reading, Relative, Token, Weekday

_RU_MONTHS = (
    r"январ[ьяюе]|янв\b\.?", r"феврал[ьяюе]|фев\b\.?", r"март(?:а|у|е)?\b", r"апрел[ьяюе]|апр\b\.?", r"ма[йяюе]\b",
    r"июн[ьяюе]", r"июл[ьяюе]", r"август(?:а|у|е)?\b|авг\b\.?", r"сентябр[ьяюе]|сент?\b\.?", r"октябр[ьяюе]|окт\b\.?",
    r"ноябр[ьяюе]|нояб?\b\.?", r"декабр[ьяюе]|дек\b\.?",
)  # fmt: skip
_EN_MONTHS = (
    r"jan(?:uary)?\b\.?", r"feb(?:ruary)?\b\.?", r"mar(?:ch)?\b\.?", r"apr(?:il)?\b\.?", r"may\b", r"june?\b\.?",
    r"july?\b\.?", r"aug(?:ust)?\b\.?", r"sept?(?:ember)?\b\.?", r"oct(?:ober)?\b\.?", r"nov(?:ember)?\b\.?",
    r"dec(?:ember)?\b\.?",
)  # fmt: skip
_ORDINALS_RU = [
    "перв",
    "втор",
    "трет",
    "четвёрт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
    "двадцат",
]
_ORDINALS_EN = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_WEEKDAYS = (
    r"понедельник(?:а|у|ом|е|и|ам)?|mon(?:day)?s?", r"вторник(?:а|у|ом|е|и|ам)?|tue(?:s(?:day)?)?s?",
    r"сред(?:а|у|ы|е|ой|ам|ах)|wed(?:nesday)?s?", r"четверг(?:а|у|ом|е|и|ам)?|thu(?:r(?:s(?:day)?)?)?s?",
    r"пятниц(?:а|у|ы|е|ей|ам)|fri(?:day)?s?", r"суббот(?:а|у|ы|е|ой|ам)|sat(?:urday)?s?",
    r"воскресень(?:е|я|ю|ем|ям)|sun(?:day)?s?",
)  # fmt: skip
# «Среда» is also surroundings, "sun", "sat", "wed" and "march" are words: these need something in front of them.
_NEEDS_WORD_BEFORE = re.compile(
    r"(?i:сред\w{1,2}|sun|sat|wed|mon|fri|tue|thus?|march|mar|may|май|мае|мая|август\w*)"
)
_BEFORE_DAY = re.compile(
    r"(?i:\b(?:в|во|к|ко|с|со|до|по|на|эт\w{1,3}|кажд\w+|следующ\w+|ближайш\w+|прошл\w+|начал\w+|конц\w+|"
    r"середин\w+|весь|on|by|until|till|since|from|every|each|next|this|last|in|of|early|late|mid)\W{1,2})$"
)
_NAMED = re.compile(r"(?i:\b(?:black|cyber|good|ash|ч[её]рн\w{2}|чист\w{2})\s)$")  # Black Friday is a name
_RELATIVE = {
    "завтра": 1, "завтрашний": 1, "завтрашнего": 1, "tomorrow": 1, "послезавтра": 2, "вчера": -1, "вчерашний": -1,
    "вчерашнего": -1, "yesterday": -1, "позавчера": -2,
}  # fmt: skip
_YEAR = r"(?:,?\s+(?P<y>(?:19|20)\d\d)(?:\s*(?:г\.|года|год|году)(?!\w))?)?"
_FROM = r"(?:(?P<d0>\d{1,2})(?:-?(?:го|е|ое|st|nd|rd|th))?\s*(?:[-–—]|и|по|до|and|to)\s*)?"
_DAY = r"(?P<d>\d{1,2})(?:-?(?:го|е|ое))?"
_I = re.IGNORECASE


def _any(names: tuple[str, ...]) -> str:
    return "(?:" + "|".join(f"(?P<m{number}>{name})" for number, name in enumerate(names, start=1)) + ")"


def _ordinal_words() -> str:
    russian = "|".join(rf"{stem}(?:ого|ое|ого|ьего|ье|ому|ьему|ьим|ым|ом)" for stem in _ORDINALS_RU)
    tens = r"(?:(?:двадцать|тридцать|twenty|thirty)[\s-])?"
    return rf"(?P<w>{tens}(?:{russian}|тридцатого|{'|'.join(_ORDINALS_EN)}|thirtieth))"


_BOTH_MONTHS = tuple(f"{ru}|{en}" for ru, en in zip(_RU_MONTHS, _EN_MONTHS, strict=True))
_DAY_MONTH = re.compile(
    rf"(?<![\w.,]){_FROM}{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_any(_BOTH_MONTHS)}(?!\w){_YEAR}", _I
)
_WORD_MONTH = re.compile(rf"(?<!\w){_ordinal_words()}\s+(?:of\s+)?{_any(_BOTH_MONTHS)}(?!\w){_YEAR}", _I)
_MONTH_DAY = re.compile(
    rf"(?<!\w){_any(_EN_MONTHS)}\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d)"
    rf"(?:\s*(?:[-–—]|to|and)\s*(?P<d0>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]))?{_YEAR}",
    _I,
)
_MONTH = re.compile(rf"(?<!\w){_any(_BOTH_MONTHS)}(?!\w){_YEAR}", _I)
_ISO = re.compile(r"(?<![\w.-])(?P<y>(?:19|20)\d\d)-(?P<a>\d{1,2})-(?P<b>\d{1,2})(?![\w-])")
_DOTTED = re.compile(
    r"(?<![\w.,/])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)?\d\d)(?![\w/]|\.\d)"
)
_SHORT = re.compile(r"(?<![\w.,/])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{2})(?![\w%/]|[.,]\d|\s?%)")
_WEEKDAY = re.compile("|".join(rf"(?<!\w)(?P<w{n}>{name})(?!\w)" for n, name in enumerate(_WEEKDAYS)), _I)
_RELATIVE_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})(?!\w)", _I)


def days_of(text: str) -> Iterator[Claim]:
    """Yield the days in ``text`` that cannot be anything else. Claims may overlap: the earlier one is the fuller one."""
    for pattern in (_ISO, _DOTTED):
        for match in pattern.finditer(text):
            readings = _numeric(match, int(match["y"]) + (2000 if len(match["y"]) == 2 else 0))
            if readings:
                yield Claim(FindingCode.DATE, match.start(), match.end(), frozenset(readings))
    for pattern in (_DAY_MONTH, _WORD_MONTH, _MONTH_DAY):
        yield from _named(pattern, text)


def likely_days_of(text: str, *, lenient: bool = False) -> Iterator[Claim]:
    """Yield what may be a day: «01.12», a month or a weekday alone; ``lenient`` for «sat» and «май» wherever they stand."""
    for match in _SHORT.finditer(text):
        yield from _short(match)
    yield from _alone(text, lenient=lenient)


def _alone(text: str, *, lenient: bool) -> Iterator[Claim]:
    """Months and weekdays that stand by themselves, tomorrow and yesterday."""
    for match in _MONTH.finditer(text):
        if lenient or _is_a_day(text, match):
            month = Day(_month(match), 0, int(match["y"] or 0))
            yield Claim(FindingCode.DATE, match.start(), match.end(), frozenset({month}))
    for match in _WEEKDAY.finditer(text):
        if lenient or _is_a_day(text, match):
            number = next(n for n in range(7) if match[f"w{n}"])
            yield Claim(FindingCode.DATE, match.start(), match.end(), frozenset({Weekday(number)}))
    for match in _RELATIVE_WORD.finditer(text):
        days = Relative(_RELATIVE[match[0].casefold()])
        yield Claim(FindingCode.DATE, match.start(), match.end(), frozenset({days}))


def _named(pattern: re.Pattern[str], text: str) -> Iterator[Claim]:
    """Days whose month is a word; of a range both ends."""
    for match in pattern.finditer(text):
        groups = match.groupdict()
        month, year = _month(match), int(groups.get("y") or 0)
        given = [_spelled_day(groups["w"])] if "w" in groups else [int(groups["d"])]
        if groups.get("d0"):
            given.append(int(groups["d0"]))
        if all(1 <= day <= 31 for day in given):
            for day in given:
                yield Claim(FindingCode.DATE, match.start(), match.end(), frozenset({Day(month, day, year)}))


def _numeric(match: re.Match[str], year: int) -> set[Reading]:
    first, second = int(match["a"]), int(match["b"])
    if match.re is _ISO:
        return {Day(first, second, year)} if 1 <= first <= 12 and 1 <= second <= 31 else set()
    found: set[Reading] = set()
    if 1 <= first <= 31 and 1 <= second <= 12:
        found |= {Day(second, first, year), Token(match[0])}  # or a version
    if match["sep"] == "/" and 1 <= first <= 12 and 1 <= second <= 31:
        found.add(Day(first, second, year))
    return found


def _short(match: re.Match[str]) -> Iterator[Claim]:
    """«01.12», «18.30», "12/01": a day, a time or a number."""
    first, second = int(match["a"]), int(match["b"])
    found: set[Reading] = set()
    if 1 <= first <= 31 and 1 <= second <= 12:
        found.add(Day(second, first))
    if match["sep"] == "/":
        if 1 <= first <= 12 and 1 <= second <= 31:
            found.add(Day(first, second))
        found.add(Token(match[0]))
    else:
        found.add(Number(Decimal(match[0])))
        if first <= 23 and second <= 59:
            found.add(Clock(first * 60 + second))
    if any(isinstance(reading, Day | Clock) for reading in found):
        dated = any(isinstance(reading, Day) for reading in found) and len(match["a"]) == 2
        code = FindingCode.DATE if dated or match["sep"] == "/" else FindingCode.NUMBER
        yield Claim(code, match.start(), match.end(), frozenset(found))


def _bare(word: str) -> str:
    return word.casefold().replace("ё", "е")


def _month(match: re.Match[str]) -> int:
    return next(number for number in range(1, 13) if match[f"m{number}"])


def _spelled_day(words: str) -> int:
    *tens, last = re.split(r"[\s-]+", _bare(words))
    total = sum({"двадцать": 20, "twenty": 20}.get(word, 30) for word in tens)
    if last in {"тридцатого", "thirtieth"}:
        return total + 30
    if last in _ORDINALS_EN:
        return total + _ORDINALS_EN.index(last) + 1
    return total + max(n for n, stem in enumerate(map(_bare, _ORDINALS_RU), start=1) if last.startswith(stem))


def _is_a_day(text: str, match: re.Match[str]) -> bool:
    """Whether the word means a day here: a name that is also another word needs a preposition before it."""
    if _NAMED.search(text, max(0, match.start() - 10), match.start()):
        return False
    word = match[0].split()[0].rstrip(".,") if match[0].strip() else ""
    if word.isascii() and not word[:1].isupper():
        return False
    if not _NEEDS_WORD_BEFORE.fullmatch(word):
        return True
    return _BEFORE_DAY.search(text, max(0, match.start() - 16), match.start()) is not None
