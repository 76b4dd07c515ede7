"""Which numbers are written as words? «двадцать пять тысяч», "twenty-five thousand", in any case, with their place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SpelledNumber:
    """A number in words. ``vague`` says that only a magnitude is named: «тысячи», "hundreds"."""

    value: Decimal
    start: int
    end: int
    vague: bool = False


def _forms(table: dict[int, str]) -> dict[str, int]:
    return {form: value for value, forms in table.items() for form in forms.split()}


_TEENS = ["одинна", "двена", "трина", "четырна", "пятна", "шестна", "семна", "восемна", "девятна"]
_UNITS = _forms(
    {
        0: "ноль нуль ноля нуля zero",
        1: "один одна одно одного одной одному одним одном одну one",
        2: "два две двух двум двумя двое двоих дважды two twice",
        3: "три трёх трех трём трем тремя трое троих трижды three thrice",
        4: "четыре четырёх четырех четырём четырем четырьмя четверо четверых four",
        5: "пять пяти пятью пятеро пятерых five",
        6: "шесть шести шестью шестеро шестерых six",
        7: "семь семи семью семеро семерых seven",
        8: "восемь восьми восемью восьмью восьмеро eight",
        9: "девять девяти девятью девятеро nine",
    }
)
_TO_NINETEEN = _forms(
    {10: "десять десяти десятью десятеро ten", 12: "twelve"}
    | {
        11: "eleven",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
    }
    | {19: "nineteen"}
) | {f"{stem}дцат{ending}": 11 + n for n, stem in enumerate(_TEENS) for ending in ("ь", "и", "ью")}
_TENS = _forms(
    {
        20: "двадцать двадцати двадцатью twenty",
        30: "тридцать тридцати тридцатью thirty",
        40: "сорок сорока forty",
        50: "пятьдесят пятидесяти пятьюдесятью fifty",
        60: "шестьдесят шестидесяти шестьюдесятью sixty",
        70: "семьдесят семидесяти семьюдесятью seventy",
        80: "восемьдесят восьмидесяти восемьюдесятью eighty",
        90: "девяносто девяноста ninety",
    }
)
_HUNDREDS = _forms(
    {
        100: "сто ста",
        200: "двести двухсот двумстам двумястами двухстах",
        300: "триста трёхсот трехсот трёмстам тремстам тремястами трёхстах трехстах",
        400: "четыреста четырёхсот четырехсот четырёмстам четыремстам четырьмястами",
    }
    | {
        n * 100: f"{head}сот {genitive}сот {genitive}стам {instrumental}стами {genitive}стах"
        for n, head, genitive, instrumental in (
            (5, "пять", "пяти", "пятью"), (6, "шесть", "шести", "шестью"), (7, "семь", "семи", "семью"),
            (8, "восемь", "восьми", "восемью"), (9, "девять", "девяти", "девятью"),
        )
    }
)  # fmt: skip
_SCALES = _forms(
    {
        1_000: "тысяча тысячу тысячи тысяч тысяче тысячей тысячам тысячами тысячах thousand thousands",
        1_000_000: "миллион миллиона миллионов миллиону миллионом миллионы миллионам миллионами million millions",
        1_000_000_000: "миллиард миллиарда миллиардов миллиарду миллиардом миллиарды billion billions",
    }
)
# «две сотни», "two dozen", "three hundred"; alone they stand for one of themselves.
_MULTIPLIERS = _forms(
    {
        10: "десяток десятка десятку десятком десятков",
        12: "дюжина дюжину дюжины дюжиной дюжин dozen",
        100: "сотня сотню сотни сотен сотней hundred",
    }
)
_HALVES = {"полтора": Decimal("1.5"), "полторы": Decimal("1.5"), "полутора": Decimal("1.5")}
# Alone and in the plural they name a magnitude, no number.
_VAGUE = _forms(
    {
        10: "десятки десятков десяткам десятками dozens",
        100: "сотни сотен сотням сотнями hundreds",
        1_000: "тысячи тысяч тысячам тысячами thousands",
        1_000_000: "миллионы миллионов миллионам миллионами millions",
        1_000_000_000: "миллиарды billions",
    }
)
_TIMES = _forms({2: "вдвое double doubled doubles", 3: "втрое triple tripled", 4: "вчетверо", 5: "впятеро"})
_VAGUE_ALWAYS = _VAGUE.keys() - _SCALES.keys() - _MULTIPLIERS.keys()
_KNOWN = {**_UNITS, **_TO_NINETEEN, **_TENS, **_HUNDREDS, **_SCALES, **_MULTIPLIERS}
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"(?:[ \u00a0\u202f]|-|[ \u00a0]and )")


@dataclass(slots=True)
class _Run:
    """Words that make one number, read from left to right."""

    start: int
    end: int
    done: Decimal = Decimal(0)  # thousands and above
    group: Decimal = Decimal(0)  # below a thousand
    free_below: int = 1_000  # the next word must be smaller than this
    words: int = 0
    only: str = ""

    def take(self, word: str, start: int, end: int) -> bool:
        """Take the next word; False when it begins a number of its own."""
        fits = self._fits(word)
        if fits:
            self.words += 1
            self.only = word if self.words == 1 else ""
            self.end = end
        return fits

    def _fits(self, word: str) -> bool:
        if word in _HALVES:
            if self.words:
                return False
            self.group, self.free_below = _HALVES[word], 0
            return True
        if word in _SCALES:
            scale = _SCALES[word]
            if self.done and scale >= 1_000 and self.done % (scale * 1_000):
                return False
            self.done += (self.group or Decimal(1)) * scale
            self.group, self.free_below = Decimal(0), 1_000
            return True
        if word in _MULTIPLIERS:
            if self.group >= 100 or (self.words and not self.group):
                return False
            self.group, self.free_below = (self.group or Decimal(1)) * _MULTIPLIERS[word], 100
            return True
        value = next((t[word] for t in (_UNITS, _TO_NINETEEN, _TENS, _HUNDREDS) if word in t), None)
        if value is None or value >= self.free_below or (self.words and value == 0):
            return False
        self.group += value
        self.free_below = 100 if value >= 100 else 10 if value >= 20 else 0
        return True

    def number(self) -> SpelledNumber | None:
        if not self.words:
            return None
        if self.only in _VAGUE:
            return SpelledNumber(Decimal(_VAGUE[self.only]), self.start, self.end, vague=True)
        return SpelledNumber(self.done + self.group, self.start, self.end)


def spelled(text: str) -> Iterator[SpelledNumber]:
    """Yield the numbers written as words in ``text``, «один» and "one" among them."""
    run: _Run | None = None
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if run is not None and word == "and":  # "a hundred and fifty"
            continue
        if run is not None:
            joined = _BETWEEN.fullmatch(text, run.end, match.start()) is not None
            if joined and run.take(word, match.start(), match.end()):
                continue
            yield from _ended(run)
            run = None
        if word in _TIMES:
            yield SpelledNumber(Decimal(_TIMES[word]), match.start(), match.end())
        elif word in _VAGUE_ALWAYS:
            yield SpelledNumber(Decimal(_VAGUE[word]), match.start(), match.end(), vague=True)
        elif word in _KNOWN or word in _HALVES:
            run = _Run(match.start(), match.end())
            if not run.take(word, match.start(), match.end()):
                run = None
    if run is not None:
        yield from _ended(run)


def _ended(run: _Run) -> Iterator[SpelledNumber]:
    number = run.number()
    if number is not None:
        yield number
