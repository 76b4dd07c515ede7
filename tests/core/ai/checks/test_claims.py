"""Are facts read as people mean them, in both languages, and found where they stand?"""

import pytest

from core.ai.checks.checking import Yardstick, check_draft
from core.ai.checks.findings import FindingCode, distinct, mark_of
from core.ai.checks.given import Given
from core.ai.checks.inflection import places_of, same_word
from core.products.voice import BrandVoice, Vocabulary


def _found(
    text: str,
    source: str = "",
    voice: BrandVoice | None = None,
    language: str = "",
    platform: str = "telegram",
) -> list[tuple[str, str]]:
    yardstick = Yardstick(Given.of([source]), voice or BrandVoice(), language)
    return [(finding.code.value, finding.value) for finding in check_draft(text, {}, yardstick, [platform])]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Нас 10 000!", "нас 10000"),
        ("10,000 of us", "10000 users"),
        ("1,2 тыс. чашек", "1200 чашек"),
        ("двадцать пять", "25"),
        ("A hundred and fifty", "150"),
        ("5 процентов", "скидка 5%"),
        ("двадцатью процентами", "20 %"),
        ("1 декабря", "01.12"),
        ("12/01", "1 December"),
        ("двадцать пятого мая", "25.05"),
        ("1–5 декабря", "с 1 по 5 декабря"),
        ("в 6:30 вечера", "18:30"),
        ("18:30", "в 18:30: чтение вслух"),
        ("в половине седьмого", "18.30"),
        ("в полдень", "12:00"),
        ("две недели", "14 дней"),
        ("полгода", "6 месяцев"),
        ("в среду", "по средам"),
        ("тысячи людей", "нас 5200"),
        ("t.me/tea", "@tea"),
        ("[сюда](https://example.com/a)", "http://example.com/a/"),
        ("см. example.com.", "https://www.example.com/a"),
        ("8 (916) 123-45-67", "+7 916 1234567"),
        ("«Альфа-Банком»", "в «Альфа-Банке»"),
        ("1. Первое\n2. Второе\n3. Третье", ""),
        ("Три причины:\n• вкус\n• цвет\n• запах", ""),
        ("Один из нас, в первый раз", ""),
        ("B2B и 4K", ""),
        ("ещё 5 м²", "5 метров"),
        ("Black Friday", ""),
        ("You may march on in a second", ""),
    ],
)
def test_the_same_fact_in_other_words(text: str, source: str) -> None:
    assert _found(text, source) == []


@pytest.mark.parametrize(
    ("text", "source", "code"),
    [
        ("скидка 20%", "20 человек", "percent"),
        ("500 $", "500 ₽", "price"),
        ("2 декабря", "1 декабря", "date"),
        ("1 декабря 2027", "1 декабря 2026", "date"),
        ("в пятницу", "в субботу", "date"),
        ("завтра", "в пятницу", "date"),
        ("в 19:00", "в 18:00", "time"),
        ("двадцать", "двенадцать", "number"),
        ("50. Скидка", "", "number"),
        ("вдвое", "быстрее", "number"),
        ("тысячи", "нас 200", "number"),
        ("example.com/b", "example.com", "link"),
        ("https://ехample.com", "https://example.com", "link"),  # with a Cyrillic letter
        ("[тут](https://evil.example)", "тут", "link"),
        ("@tea_shop", "@tea", "handle"),
        ("a@b.com", "c@b.com", "handle"),
        ("«Бета-Банк»", "«Альфа-Банк»", "quote"),
        ("５０％", "", "percent"),
        ("12 чашек", "12 декабря", "number"),
        ("18 чашек", "18:30", "number"),
        ("v2.4.2", "v2.4.1", "number"),
    ],
)
def test_another_fact_that_looks_like_it(text: str, source: str, code: str) -> None:
    assert [found for found, _ in _found(text, source)] == [code]


def test_places_are_those_a_reader_sees() -> None:
    yardstick = Yardstick(Given.of([]))
    (finding,) = check_draft("**Ура!** Нас ||500||", {}, yardstick, ["telegram"])
    assert "Ура! Нас 500"[finding.start : finding.end] == "500"
    adapted = {"twitter": {"text": "a\n\nb 7", "thread": ["a", "b 7"]}}
    (finding,) = check_draft("a", adapted, yardstick, ["twitter"])
    assert (finding.part, finding.start) == (1, 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("гарантия", "гарантией", True), ("гарантия", "гарант", False), ("скидка", "скидок", True),
        ("дешёвый", "дешевая", True), ("купить", "купите", True), ("вода", "водит", False),
        ("кот", "который", False), ("шок", "шокирует", False), ("хит", "хитрый", False),
        ("deal", "deals", True), ("news", "new", False), ("moon", "moonlight", False), ("shop", "shopping", True),
        ("try", "tries", True), ("bus", "busy", False), ("A", "a", True),
    ],
)  # fmt: skip
def test_forms_of_a_word(one: str, other: str, same: bool) -> None:
    assert same_word(one, other) is same
    assert same_word(other, one) is same


def test_phrases_and_signs() -> None:
    assert places_of("самый лучший", "Это самая лучшая чайная") == [(4, 16)]
    assert places_of("самый лучший", "Самый большой. Лучший!") == []
    assert places_of("!!!", "Ура!!!") == [(3, 6)]
    assert places_of("  ", "x") == []


def test_words_of_the_voice() -> None:
    voice = BrandVoice(
        vocabulary=Vocabulary(avoid=["moon", "to the top"]), never_say=["гарантия"], must_say=["Не «реклама»"]
    )
    assert _found('Moonlight. не  "реклама"', 'не "реклама"', voice) == []
    assert _found("To the  TOP, moon! Гарантией.", "", voice) == [
        ("never-say", "Гарантией"),
        ("avoided", "moon"),
        ("avoided", "To the  TOP"),
        ("must-say", "Не «реклама»"),
    ]


def test_language_emoji_hashtags_and_length() -> None:
    assert _found("This is plainly written in English", language="ru") == [("language", "ru")]
    assert (
        _found("Смотрите https://example.com/long/address", "https://example.com/long/address", language="ru")
        == []
    )
    assert _found("Это написано по-русски, целиком", language="en") == [("language", "en")]
    stars = BrandVoice(emoji_set=["⭐️"])
    assert _found("Ура ⭐", voice=stars) == []
    assert _found("Ура 🎉", voice=stars) == [("emoji", "🎉")]
    assert _found("Ура 🎉", "праздник 🎉", voice=stars) == []
    assert _found("1️⃣ Раз\n2️⃣ Ещё раз", voice=stars) == []
    assert _found("🎉🎉🎉🎉🎉") == [("emoji-count", "5/3")]
    assert _found("#чай", "#чай") == []
    assert _found("#чай #кофе", "#чай") == [("hashtag", "#кофе")]
    assert _found("#a #b #c", "#a #b", platform="threads")[-1] == ("hashtag-count", "3/2")
    assert _found("x" * 281, platform="twitter") == [("length", "281/280")]
    assert _found("👨‍👩‍👧‍👦" * 3, platform="bluesky") == []


def test_findings_have_names_of_their_own() -> None:
    yardstick = Yardstick(Given.of([]))
    one = check_draft("500 и 500, 600", {}, yardstick, ["telegram"])
    assert [finding.value for finding in one] == ["500", "600"]
    assert mark_of(one) == mark_of(reversed(one)) != mark_of(one[:1]) == one[0].mark
    assert distinct([*one, *one]) == one
    assert one[0].code is FindingCode.NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "1-" * 9000,
        "1 " * 9000,
        '"' * 9000,
        "«а» " * 4000,
        "a." * 9000,
        "двадцать " * 2500,
        "1.1." * 4500,
        "@" * 9000,
    ],
    ids=lambda text: str(text)[:8],
)
def test_difficult_texts_take_no_time(text: str) -> None:
    """The limit of a test is two minutes; a second would already be felt on a card."""
    check_draft(text, {}, Yardstick(Given.of([text[:4000]])), ["telegram"])
