"""Are hashtags counted and taken out without harm to the sentences, links and code around them?"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import hashtags


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("Новый улун.\n\n#чай #улун #казань", 0, "Новый улун."),
        ("Новый улун.\n\n#чай #улун #казань", 2, "Новый улун.\n\n#чай #улун"),
        ("Наш #чай готов, заходите #казань", 0, "Наш чай готов, заходите"),
        ("Наш #чай готов, заходите #казань", 1, "Наш #чай готов, заходите"),
        ("#one, #two; #three\nText", 1, "#one\nText"),
        ("\\#tag at the start", 0, "tag at the start"),
        ("Пьём #чай.", 0, "Пьём чай."),
        ("# Heading and #2026", 0, "# Heading and #2026"),
        ("`#code` [a](https://e.org/#part) https://e.org/#part a#b &#39; ##x", 0, None),
        ("```\n#include\n```", 0, None),
    ],
)
def test_what_is_left(text: str, most: int, left: str | None) -> None:
    assert hashtags.keep(text, most) == (text if left is None else left)


WORDS = st.lists(
    st.sampled_from(["#a", "#б1", "x", "y,", "\n", "\n\n", "`#c`", "https://e.org/#f", "#7", "."])
)


@given(WORDS, st.integers(0, 5))
def test_never_more_than_asked_and_nothing_else_is_lost(words: list[str], most: int) -> None:
    text = " ".join(words)
    left = hashtags.keep(text, most)
    assert hashtags.count(left) == min(most, hashtags.count(text))
    assert hashtags.keep(left, most) == left
    for word in ("x", "y,", "`#c`", "https://e.org/#f"):
        assert left.split().count(word) == text.split().count(word)


def test_it_takes_linear_time() -> None:
    def seconds(times: int) -> float:
        text = "#тег " * times + "конец"
        begin = time.process_time()
        hashtags.keep(text, 3)
        return time.process_time() - begin

    assert min(seconds(40_000) for _ in range(3)) < 24 * min(seconds(5_000) for _ in range(3)) + 0.02
