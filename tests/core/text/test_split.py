"""Are texts counted as platforms count, and cut where a reader would pause?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.count import (
    cut,
    grapheme_length,
    is_visible,
    longest_prefix,
    utf8_length,
    utf16_length,
)
from core.text.markdown import parse, to_markdown
from core.text.rich import RichText, SpanKind
from core.text.split import split

FAMILY = "👩‍👩‍👧‍👦"


@given(st.text())
def test_lengths_equal_the_encoders(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert utf8_length(text) == len(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("text", "graphemes"), [("", 0), (FAMILY, 1), ("🇷🇺🇬🇧", 2), ("e\u0301й", 2), ("привет", 6)]
)
def test_graphemes(text: str, graphemes: int) -> None:
    assert grapheme_length(text) == graphemes


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060", "\u200d"])
def test_nothing_to_see(text: str) -> None:
    assert not is_visible(text)
    assert is_visible(text + "😀")


PIECES = st.lists(st.sampled_from(["a", " ", "\n", FAMILY, "ё", ". ", "e\u0301"])).map("".join)


@given(PIECES, st.integers(0, 30))
def test_a_prefix_fits_and_ends_between_graphemes(text: str, limit: int) -> None:
    for measure in (utf16_length, grapheme_length):
        size = longest_prefix(text, limit, measure)
        assert measure(text[:size]) <= limit
        assert grapheme_length(text[:size]) + grapheme_length(text[size:]) == grapheme_length(text)
        if size < len(text):
            rest = longest_prefix(text[size:], 10_000, measure)
            assert rest == len(text) - size


@given(st.text(), st.integers(1, 60))
def test_cut_fits(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert utf16_length(short) <= limit
    assert short == text or utf16_length(text) > limit


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("One sentence. Another one here.", 20, "One sentence."),
        ("one two three four", 12, "one two…"),
        ("x" * 20, 10, "x" * 9 + "…"),
        (FAMILY * 3, 12, FAMILY + "…"),
        ("fits", 4, "fits"),
    ],
)
def test_cut_takes_the_best_pause(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


@given(st.text(st.sampled_from("ab *`[](. \n😀"), max_size=300), st.integers(2, 60))
def test_parts_fit_and_nothing_visible_is_lost(markdown: str, limit: int) -> None:
    rich = parse(markdown)
    parts = split(rich, limit)
    assert all(utf16_length(part.text) <= limit for part in parts)
    assert all(part.text == part.text.strip() != "" for part in parts)

    def visible(text: str) -> str:
        return "".join(text.split())

    assert "".join(visible(part.text) for part in parts) == visible(rich.text)


def test_pauses_in_order_of_preference() -> None:
    assert [p.text for p in split(RichText("first para\n\nsecond one"), 15)] == ["first para", "second one"]
    assert [p.text for p in split(RichText("first line\nsecond one"), 15)] == ["first line", "second one"]
    assert [p.text for p in split(RichText("A sentence. And more"), 15)] == ["A sentence.", "And more"]
    assert [p.text for p in split(RichText("some words here"), 12)] == ["some words", "here"]


def test_links_stay_whole_and_bold_goes_on() -> None:
    parts = split(parse("**some bold words go [the link text](https://e.org) on**"), 24)
    assert [to_markdown(part) for part in parts] == [
        "**some bold words go**",
        "**[the link text](https://e.org) on**",
    ]
    long_code = split(parse("`" + "x" * 30 + "`"), 10)
    assert [part.text for part in long_code] == ["x" * 10] * 3
    assert all(part.spans[0].kind is SpanKind.CODE for part in long_code)


def test_one_huge_grapheme_is_still_cut() -> None:
    parts = split(RichText("a" + "\u0301" * 50), 10)
    assert "".join(part.text for part in parts) == "a" + "\u0301" * 50


def test_a_limit_must_leave_room() -> None:
    with pytest.raises(ValueError, match="at least one"):
        split(RichText("x"), 0)
