"""Which amounts does a text name in digits or words? Numbers, prices, percentages, with their multipliers."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from core.ai.checks.findings import FindingCode
from core.ai.checks.number_words import spelled
from core.ai.checks.readings import Claim, Duration, Magnitude, Number, Ordinal, Reading, Token

_I = re.IGNORECASE
_GAP = r"[ \u00a0\u202f\u2009]"
# Digits with the separators of thousands and decimals that Russian and English use.
_DIGITS = (
    rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?"
)
_MULTIPLIERS = {
    "тыс": 1_000, "тысяч": 1_000, "k": 1_000, "к": 1_000, "thousand": 1_000, "млн": 1_000_000, "миллион": 1_000_000,
    "m": 1_000_000, "mln": 1_000_000, "million": 1_000_000, "млрд": 1_000_000_000, "миллиард": 1_000_000_000,
    "b": 1_000_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_MULTIPLIER = (
    rf"(?:(?:{_GAP}*(?P<mult>тыс(?:яч\w*|\.)?|млн\.?|миллион\w*|млрд\.?|миллиард\w*|thousand|mln|million|billion|bn)"
    r"|(?P<letter>[kmкb]))(?!\w))"
)
_CURRENCIES = (
    ("₽", r"₽|руб(?:\.|л\w+|\b)|р\.|(?<=\d)р\b|rub\b|rur\b|rubles?|roubles?"),
    ("$", r"\$|долл\w*\.?|usd\b|dollars?|bucks"),
    ("€", r"€|евро\b|eur\b|euros?"),
    ("£", r"£|фунт\w*|gbp\b|pounds?"),
    ("₸", r"₸|тенге\b|kzt\b|tenge"),
    ("¥", r"¥|юан\w+|иен\w*|cny\b|jpy\b|yuan|yen\b"),
    ("₴", r"₴|грив\w+|грн\.?|uah\b"),
    ("¢", r"¢|копе\w+|коп\.|цент(?:а|ов|ы)?\b|cents?"),
)
_CURRENCY = "|".join(f"(?:{pattern})" for _, pattern in _CURRENCIES)
_BEFORE = r"[$€£¥₸₽₴]"
_PERCENT = (
    r"(?:%|‰|процент\w*|п\.\s?п\.|per\s?cent(?:age points?)?|percent(?:age points?)?|pct\b|-?процентн\w+)"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<before>{_BEFORE}{_GAP}?)?(?P<digits>{_DIGITS})(?P<x>x(?!\w))?"
    rf"{_MULTIPLIER}?(?:-(?:го|й|я|е|ти|ми|х|м|ю|ая|ый|ой|ые|ых))?(?:{_GAP}*-?(?:(?P<percent>{_PERCENT})|(?P<money>{_CURRENCY})))?",
    _I,
)
_ORDINAL = re.compile(r"(?<![\w.,])(?P<n>\d{1,4})(?:-?(?:й|я|го|му|ю|ой|ый|ая|ое)|st|nd|rd|th)(?!\w)", _I)
# Of a range the unit stands behind the second number only: «10–15 %».
_RANGE = re.compile(rf"{_GAP}*(?:[-–—]|до|to|и|and|или|or){_GAP}*$", _I)
_VERSION = re.compile(
    r"(?<![\w.])(?:(?!\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d(?!\w|\.\d))v?\d+(?:\.\d+){2,}|v\d+(?:\.\d+)?)(?![\w.]*\d)",
    _I,
)
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+?\d{1,3}[\u00a0 -]?)?\(?\d{3}\)?[\u00a0 -]?\d{3}[\u00a0 -]?\d{2}[\u00a0 -]?\d{2}(?![\w%])|\+\d{10,15}(?!\w)"
)
_MIXED = re.compile(r"(?<!\w)(?=\w*[^\W\d_])(?=\w*\d)[\w-]+(?!\w)")
_ROUND_THE_CLOCK = re.compile(
    r"(?<!\w)(?:24/7|круглосуточн\w*|around[ -]the[ -]clock|round[ -]the[ -]clock)(?!\w)", _I
)
_HALF = re.compile(r"(?<!\w)(?:половин[аыуе]|пополам|наполовину|half(?= of\b)|half[ -]price)(?!\w)", _I)
_HALF_YEAR = re.compile(r"(?<!\w)(?:полгода|полугод\w+|half a year|six-month)(?!\w)", _I)
_LASTS = {
    "мин": (1, "minute"), "min": (1, "minute"), "час": (60, "minute"), "hour": (60, "minute"), "сут": (1440, "minute"),
    "дн": (1440, "minute"), "ден": (1440, "minute"), "day": (1440, "minute"), "недел": (10080, "minute"),
    "week": (10080, "minute"), "мес": (1, "month"), "month": (1, "month"), "год": (12, "month"), "лет": (12, "month"),
    "year": (12, "month"),
}  # fmt: skip
_TIME_UNIT = re.compile(
    rf"(?:{_GAP}|-)*(?P<unit>мин(?!\w)|минут|мин\.|min(?!\w)|minute|час|hour|сут|дн[ейя]|ден[ьн]|day|недел|week|мес|month|год|лет|year)",
    _I,
)
_UNIT_BEHIND = re.compile(rf"{_GAP}*-?(?:(?P<percent>{_PERCENT})|(?P<money>{_CURRENCY}))", _I)
_WORD_HERE = re.compile(r"[\w-]{1,16}")
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
# Said by everybody, about no amount: names of kinds of things.
_GENERIC = frozenset(
    [
        "b2b",
        "b2c",
        "c2c",
        "web2",
        "web3",
        "mp3",
        "mp4",
        "h264",
        "2d",
        "3d",
        "4k",
        "8k",
        "5k",
        "2g",
        "3g",
        "4g",
        "5g",
        "co2",
        "h2o",
        "utf8",
        "utf-8",
        "a4",
        "a5",
        "covid-19",
        "p2p",
        "k8s",
        "i18n",
        "s3",
    ]
)


def marks_of(text: str) -> Iterator[Claim]:
    """Yield versions, telephone numbers, and round-the-clock service: digits that are not amounts."""
    for match in _VERSION.finditer(text):
        written = match[0].lower().lstrip("v")
        version: set[Reading] = {Token(written)}
        if written.count(".") < 2:
            version.add(Number(Decimal(written)))
        yield Claim(FindingCode.NUMBER, match.start(), match.end(), frozenset(version))
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        # In Russia +7 and 8 begin the same number.
        number = "7" + digits[1:] if len(digits) == 11 and digits[0] == "8" else digits
        yield Claim(FindingCode.NUMBER, match.start(), match.end(), frozenset({Token(number)}))
    for match in _ROUND_THE_CLOCK.finditer(text):
        yield Claim(FindingCode.NUMBER, match.start(), match.end(), frozenset({Token("24/7")}))


def with_units_of(text: str) -> Iterator[Claim]:
    """Yield the prices, percentages and multiplied numbers in digits: they are never days, whatever they look like."""
    for claim in _in_digits(text):
        signed = any(isinstance(reading, Number) and reading.sign for reading in claim.readings)
        if signed or text[claim.end - 1].isalpha() or text[claim.end - 1] == ".":
            yield claim


def amounts_of(text: str) -> Iterator[Claim]:
    """Yield numbers, prices and percentages, those in words included; «один», "one" and ordinals in words are none."""
    for claim in (*_in_digits(text), *_mixed(text), *_spelled(text)):
        yield _lasting(text, claim)
    for match in _HALF_YEAR.finditer(text):
        half_year = frozenset({Duration(Decimal(6), "month")})
        yield Claim(FindingCode.NUMBER, match.start(), match.end(), half_year)
    for match in _HALF.finditer(text):
        both = frozenset({Number(Decimal("0.5")), Number(Decimal(50), "%"), Number(Decimal(2))})
        yield Claim(FindingCode.NUMBER, match.start(), match.end(), both)
    for position, character in enumerate(text):
        if character in _FRACTIONS:
            half = frozenset({Number(_FRACTIONS[character])})
            yield Claim(FindingCode.NUMBER, position, position + 1, half)


def _lasting(text: str, claim: Claim) -> Claim:
    """Add how long it is, when a unit of time stands behind: two weeks are fourteen days."""
    unit = _TIME_UNIT.match(text, claim.end)
    numbers = [
        reading.value for reading in claim.readings if isinstance(reading, Number) and not reading.sign
    ]
    if unit is None or not numbers:
        return claim
    amount, base = next(_LASTS[name] for name in _LASTS if unit["unit"].casefold().startswith(name))
    more = {Duration(number * amount, base) for number in numbers}
    return Claim(claim.code, claim.start, claim.end, claim.readings | more)


def _in_digits(text: str) -> Iterator[Claim]:
    ordinals = [match for match in _ORDINAL.finditer(text) if not _UNIT_BEHIND.match(text, match.end())]
    for match in ordinals:
        ordinal = frozenset({Ordinal(int(match["n"]))})
        yield Claim(FindingCode.NUMBER, match.start(), match.end(), ordinal)
    taken = {position for match in ordinals for position in range(*match.span())}
    found = [
        _amount(match)
        for match in _AMOUNT.finditer(text)
        if match.start() not in taken and not _glued(text, match)
    ]
    yield from _with_ranges(text, found)


def _glued(text: str, match: re.Match[str]) -> bool:
    """Whether letters go on right after the digits: "4K", «15Pro» are words, see ``_mixed``."""
    end = match.end("digits")
    unit = match["mult"] or match["letter"] or match["percent"] or match["money"] or match["x"]
    word = _WORD_HERE.match(text, match.start("digits"))
    return (word is not None and word[0].casefold() in _GENERIC) or (
        text[end : end + 1].isalpha() and not unit
    )


def _amount(match: re.Match[str]) -> Claim:
    times = _multiplier(match["mult"] or match["letter"])
    value = _decimal(match["digits"]) * times
    if match["percent"]:
        sign = "‰" if match["percent"] == "‰" else "%"
        code = FindingCode.PERCENT
    elif match["before"] or match["money"]:
        sign, code = currency_of((match["before"] or match["money"]).strip()), FindingCode.PRICE
    else:
        sign, code = "", FindingCode.NUMBER
    readings: set[Reading] = {Number(value, sign)}
    if (match["letter"] or "").casefold() in {"m", "b"}:  # metres, bytes
        readings.add(Number(_decimal(match["digits"]), sign))
    if re.fullmatch(r"\d{1,3}\.\d{3}", match["digits"]):  # «1.200» is 1200 in some hands
        readings.add(Number(_decimal(match["digits"].replace(".", "")) * times, sign))
    end = match.end()
    while match.string[end - 1].isspace():
        end -= 1
    return Claim(code, match.start(), end, frozenset(readings))


def _with_ranges(text: str, found: list[Claim]) -> Iterator[Claim]:
    for index, claim in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if (
            following is not None
            and claim.code is FindingCode.NUMBER
            and following.code in {FindingCode.PERCENT, FindingCode.PRICE}
            and _RANGE.fullmatch(text, claim.end, following.start)
        ):
            sign = next(reading.sign for reading in following.readings if isinstance(reading, Number))
            plain = {reading.value for reading in claim.readings if isinstance(reading, Number)}
            more = {Number(value, sign) for value in plain}
            yield Claim(claim.code, claim.start, claim.end, claim.readings | more)
        else:
            yield claim


def _mixed(text: str) -> Iterator[Claim]:
    """Words with digits in them: "B2B", «5-летний», "iPhone15"."""
    for match in _MIXED.finditer(text):
        word = match[0].strip("-").casefold()
        if word in _GENERIC or _ORDINAL.fullmatch(match[0]) or _AMOUNT.fullmatch(match[0]):
            continue
        leading = re.match(r"(\d+)-?[^\W\d]", word) or re.fullmatch(r"(?:к|д|кв|стр|корп|оф)(\d+)", word)
        readings: set[Reading] = {Token(word)}
        if leading:
            readings.add(Number(Decimal(leading[1])))
            if re.match(r"\d+-?процент", word):
                readings = {Number(Decimal(leading[1]), "%")}
        yield Claim(FindingCode.NUMBER, match.start(), match.end(), frozenset(readings))


def _spelled(text: str) -> Iterator[Claim]:
    for number in spelled(text):
        unit = _UNIT_BEHIND.match(text, number.end)
        if number.value == 1 and unit is None:
            continue  # «один из», "one of": hardly ever an amount
        if number.vague:
            yield Claim(FindingCode.NUMBER, number.start, number.end, frozenset({Magnitude(number.value)}))
        elif unit is not None and unit["percent"]:
            percent = frozenset({Number(number.value, "%")})
            yield Claim(FindingCode.PERCENT, number.start, unit.end(), percent)
        elif unit is not None:
            price = frozenset({Number(number.value, currency_of(unit["money"]))})
            yield Claim(FindingCode.PRICE, number.start, unit.end(), price)
        else:
            yield Claim(FindingCode.NUMBER, number.start, number.end, frozenset({Number(number.value)}))


def currency_of(written: str) -> str:
    """Return the sign of a currency, however it is written."""
    for sign, pattern in _CURRENCIES:
        if re.fullmatch(pattern.replace(r"(?<=\d)", ""), written, _I):
            return sign
    return written.casefold()


def _multiplier(written: str | None) -> int:
    if not written:
        return 1
    word = written.casefold().rstrip(".")
    return next((value for name, value in _MULTIPLIERS.items() if word == name), 0) or next(
        value for name, value in _MULTIPLIERS.items() if len(name) > 2 and word.startswith(name)
    )


def _decimal(digits: str) -> Decimal:
    plain = re.sub(_GAP, "", digits)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain) and not plain.startswith("0"):
        plain = plain.replace(",", "")
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:  # two separators of different kinds: no number anybody writes
        return Decimal(re.sub(r"\D", "", plain))
