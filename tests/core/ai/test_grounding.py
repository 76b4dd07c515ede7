"""Is what nobody said found, and what was said left alone?"""

import pytest

from core.ai.grounding import Finding, FindingCode, check
from core.products.voice import BrandVoice, Vocabulary

NOTHING = BrandVoice()


def _found(text: str, source: str, voice: BrandVoice = NOTHING) -> list[tuple[str, str]]:
    return [(finding.code, finding.value) for finding in check([text], sources=[source], voice=voice)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Нас 10 000!", "нас 10000"),
        ("10,000 of us", "10000 users"),
        ("Скидка 20%", "скидка 20 %"),
        ("Версия 2.4", "вышла 2.4"),
        ("До 31.03 в 18:30", "31.03, 18:30"),
        ("1. Первое\n2. Второе", "первое и второе"),
        ("1️⃣ Первое\n2️⃣ Второе", "первое и второе"),
        ("[сюда](https://example.com/a)", "http://example.com/a/"),
        ("см. https://example.com/a.", "https://example.com/a"),
        ("Без чисел", ""),
    ],
)
def test_what_was_given_is_left_alone(text: str, source: str) -> None:
    assert _found(text, source) == []


def test_invented_numbers_and_links_are_found() -> None:
    text = "Нас 12 000, скидка 30%, см. [тут](https://evil.example/x?a=5)"
    assert _found(text, "нас 10 000, скидка 20%") == [
        ("link", "https://evil.example/x?a=5"),
        ("number", "12 000"),
        ("number", "30"),
    ]


def test_words_of_the_voice() -> None:
    voice = BrandVoice(
        vocabulary=Vocabulary(avoid=["moon", "to the top"]), never_say=["гарантия"], must_say=["Не реклама"]
    )
    assert _found("Moonlight. не  реклама", "", voice) == []
    assert _found("To the  TOP, moon! Гарантия.", "", voice) == [
        ("avoided", "moon"),
        ("avoided", "to the top"),
        ("avoided", "гарантия"),
        ("must-say", "Не реклама"),
    ]


def test_each_finding_is_told_once() -> None:
    found = check(["5 and 5", "5"], sources=[], voice=NOTHING)
    assert found == (Finding(FindingCode.NUMBER, "5"),)
