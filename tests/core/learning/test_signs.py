"""Which signs does an edit give? Each kind alone, what is not one, and that the same edit is always the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.learning.signs import SignCode, code_of, family_of, signs_of, value_of
from core.learning.words import stem_of

LONG = (
    "Мы выпустили новую версию. Она умеет искать по заметкам и помнит, где вы остановились в прошлый раз. "
    "Обновление уже в магазине, и оно бесплатное для тех, кто с нами давно."
)

CASES = [
    ("Готово ✨🔥 ура", "Готово ура", {"emoji_none"}),
    ("Один 🔥 два 🔥 три ✨ четыре ✨ пять", "Один 🔥 два три четыре пять", {"emoji_fewer", "emoji_dropped:✨"}),
    ("Встреча завтра", "Встреча завтра 🌿", {"emoji_added:🌿"}),
    ("Встреча 🔥 завтра", "Встреча 🌿 завтра", {"emoji_added:🌿", "emoji_dropped:🔥"}),
    (LONG, LONG.split(" Обновление", maxsplit=1)[0], {"shorter", "closing_removed"}),
    ("Мы открылись! Заходите!", "Мы открылись. Заходите.", {"no_exclamation"}),
    ("Заметки — это память", "Заметки это память", {"no_dash"}),
    ("Это **важно** знать", "Это важно знать", {"no_bold"}),
    ("Новая версия вышла #заметки #работа", "Новая версия вышла", {"no_hashtags"}),
    ("Новая версия вышла", "Новая версия вышла #Заметки", {"hashtag_added:#заметки"}),
    ("Смотрите https://x.y/z и пишите нам", "Смотрите и пишите нам https://x.y/z", {"link_last"}),
    ("Ты скоро увидишь твой заказ", "Вы скоро увидишь ваш заказ", {"formal"}),
    ("Вы скоро увидите ваш заказ", "Ты скоро увидите твой заказ", {"informal"}),
    ("Новая версия вышла", "Привет, соседи! Новая версия вышла", {"opening_added:привет соседи"}),
    ("Дорогие друзья, новая версия вышла сегодня", "Новая версия вышла сегодня", {"opening_removed"}),
    ("Новая версия вышла", "Новая версия вышла\n\nВаша Нота.", {"closing_added:ваша нота"}),
    ("Это уникальное решение для заметок", "Это решение для заметок", {"word_removed:уникальн"}),
    ("Купите наш продукт сегодня", "Купите нашу программу сегодня", {
        "word_replaced:продукт→программ", "word_removed:продукт",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_each_kind_of_edit_gives_its_signs(before: str, after: str, expected: set[str]) -> None:
    assert {sign.key for sign in signs_of(before, after)} == expected


def test_every_code_has_a_case() -> None:
    covered = {code_of(key) for _, _, keys in CASES for key in keys}
    # The three that need longer texts have tests of their own below.
    own = {SignCode.LONGER, SignCode.PARAGRAPHS_SPLIT, SignCode.PARAGRAPHS_JOINED}
    assert covered | own == set(SignCode)


def test_paragraphs_are_split_and_joined_only_when_the_text_stays() -> None:
    first, second, third = LONG.split(". ", maxsplit=2)
    split = f"{first}.\n\n{second}.\n\n{third}"
    assert {sign.code for sign in signs_of(LONG, split)} == {SignCode.PARAGRAPHS_SPLIT}
    assert {sign.code for sign in signs_of(split, LONG)} == {SignCode.PARAGRAPHS_JOINED}
    longer = f"{LONG}\n\n{LONG}"
    assert {sign.code for sign in signs_of(LONG, longer)} == {SignCode.LONGER}


def test_forms_of_a_word_are_one_word() -> None:
    forms = ("уникальный", "уникальная", "уникальное", "уникальных", "уникальными", "Уникального")
    assert len({stem_of(form) for form in forms}) == 1
    assert {sign.key for sign in signs_of("Это новая версия", "Это новой версии")} == set()
    assert {
        key
        for before in ("Вышел уникальный выпуск журнала", "Вышла уникальная версия заметок")
        for key in (
            s.key for s in signs_of(before, before.replace("уникальный ", "").replace("уникальная ", ""))
        )
    } == {"word_removed:уникальн"}


def test_a_word_still_said_elsewhere_has_not_gone() -> None:
    before = "Умный поиск и умный календарь для заметок"
    assert signs_of(before, "Умный поиск и календарь для заметок") == []


def test_a_text_written_anew_tells_nothing() -> None:
    assert signs_of(LONG + " 🔥!", "Сегодня отдыхаем, магазин закрыт до понедельника, приходите позже") == []


@pytest.mark.parametrize("after", ["", "  \n"])
def test_an_empty_or_endless_text_tells_nothing(after: str) -> None:
    assert signs_of("Текст!", after) == []
    assert signs_of("Текст! " * 4000, "Текст. " * 4000) == []


def test_links_tags_and_handles_are_no_words() -> None:
    assert (
        signs_of("Пишите @anna, https://anna.example/pricing", "Пишите @boris, https://boris.example/demo")
        == []
    )


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(before: str, after: str) -> None:
    signs = signs_of(before, after)
    assert signs == signs_of(before, after)
    for sign in signs:
        assert len(sign.key) <= 160
        assert code_of(sign.key) is sign.code
        assert value_of(sign.key) == sign.value
        assert sign.family == family_of(sign.key)
    assert signs_of(before, before) == []
