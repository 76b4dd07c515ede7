"""Can a name or a text from outside change what a screen says around it?"""

import re

import pytest

from bot.i18n import LANGUAGES, translator
from bot.ui.formatted import html

HOSTILE = "</b><a href='tg://user?id=1'>x</a> [y](https://e.example) {$name} { DATETIME(1) } \u202e\u2066\u200f\u061c"
_TURNS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["product-title", "products-added"])
def test_what_comes_from_outside_stays_words(language: str, key: str) -> None:
    shown, usual = (
        html(translator(language)(key, name=name, slug="moonbird")) for name in (HOSTILE, "Moonbird")
    )
    assert _TURNS.sub("", HOSTILE) in shown.text
    assert [entity.type for entity in shown.entities] == [entity.type for entity in usual.entities]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_turns_the_direction_of_the_words_around_it(language: str) -> None:
    t = translator(language)
    for text in (
        t("product-title", name=HOSTILE, slug="moonbird"),
        t.label("product-title", name=HOSTILE, slug="moonbird"),
    ):
        assert not _TURNS.search(text)
