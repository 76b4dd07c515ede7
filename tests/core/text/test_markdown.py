"""Does Markdown keep what was written, in both directions, whatever it is?"""

import gc
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.text.markdown import from_telegram, parse, to_markdown
from core.text.normal import normalise
from core.text.rich import RichText, Span, SpanKind
from core.text.telegram_entities import utf16_offsets

ALPHABET = "ab1 \n*_~|`[]()>\\.😀я-"
texts = st.text(st.sampled_from(ALPHABET), max_size=60) | st.text(max_size=40)
VALUES = ["", "py", "https://a.b/c_d?(x)", "http://x/)(", "a b", "x\\", "tg://user?id=1"]


@st.composite
def riches(draw: st.DrawFn) -> RichText:
    text = draw(texts)
    offsets = st.integers(-1, len(text) + 1)
    spans = draw(
        st.lists(
            st.builds(Span, offsets, offsets, st.sampled_from(SpanKind), st.sampled_from(VALUES)), max_size=8
        )
    )
    return RichText(text, tuple(spans))


@given(riches())
def test_normal_form_is_final_and_keeps_the_text(rich: RichText) -> None:
    once = normalise(rich)
    assert once.text == rich.text
    assert normalise(once) == once


@given(riches())
@example(RichText("a**b", (Span(0, 2, SpanKind.BOLD), Span(2, 4, SpanKind.ITALIC))))
@example(RichText("> a\nb", (Span(0, 5, SpanKind.PRE, "py"),)))
def test_written_markdown_reads_back_as_the_normal_form(rich: RichText) -> None:
    assert parse(to_markdown(rich)) == normalise(rich)


@given(texts)
def test_parse_takes_any_text_and_gives_the_normal_form(text: str) -> None:
    rich = parse(text)
    assert normalise(rich) == rich
    assert parse(to_markdown(rich)) == rich


@given(st.text(st.characters(exclude_characters="\\*_~|`[]()>"), max_size=80))
def test_text_without_marks_is_itself(text: str) -> None:
    assert parse(text) == RichText(text)
    assert to_markdown(RichText(text)) == text


@given(st.text(st.sampled_from("abcяё1 \n*_~|>\\"), max_size=80))
def test_no_letter_is_ever_lost(text: str) -> None:
    def letters(of: str) -> str:
        return "".join(character for character in of if character.isalnum())

    assert letters(parse(text).text) == letters(text)


TYPED = [
    "2*3*4", "2 * 3 * 4", "snake_case_name", "a_b", "_a_", "__init__.py", "https://x.y/a_b_c?q=_z_&w=*1*", r"C:\path",
    r"C:\_new\*.txt", "¯\\_(ツ)_/¯", "**not bold**", "> not a quote", "```\nnot code\n```", "[a](b)", "||x||", "~~y~~", "`z`",
    "* item\n* item", "1. one\n2. two", "a\n\n\nb", "<b>HTML</b> & more", "5 > 3", "**", "\\", "\\\\", "[x] done", "👩‍👩‍👧 *ё*", "",
]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_typed_text_survives_unchanged(text: str) -> None:
    rich = from_telegram(text, [])
    assert rich == RichText(text)
    assert parse(to_markdown(rich)) == rich


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4",
        "snake_case_name",
        "a_b",
        "https://x.y/_a_/b_c",
        r"C:\path",
        "* item\n* item",
        "5 > 3",
        "a ** b",
        "f(x)_",
    ],
)
def test_everyday_text_needs_no_escapes(text: str) -> None:
    assert parse(text) == RichText(text)


@pytest.mark.parametrize(
    ("markdown", "text", "spans"),
    [
        ("**b** *i* _j_", "b i j", [(0, 1, "bold"), (2, 3, "italic"), (4, 5, "italic")]),
        ("__u__ ~~s~~ ||h||", "u s h", [(0, 1, "underline"), (2, 3, "strike"), (4, 5, "spoiler")]),
        ("***x***", "x", [(0, 1, "bold"), (0, 1, "italic")]),
        ("*iPhone*ом", "iPhoneом", [(0, 6, "italic")]),
        ("**a *b** c*", "a b c", [(0, 3, "bold"), (2, 5, "italic")]),
        ("`a*b*`", "a*b*", [(0, 4, "code")]),
        ("`` a`b ``", "a`b", [(0, 3, "code")]),
        ("> q\n> r\ns", "q\nr\ns", [(0, 3, "quote")]),
        ("x\n```py\n**c**\n> d\n```\ny", "x\n**c**\n> d\ny", [(2, 11, "pre", "py")]),
        ("> ```\n> c\n> ```", "c", [(0, 1, "pre"), (0, 1, "quote")]),
        ("[a **b**](http://x/(y))!", "a b!", [(0, 3, "link", "http://x/(y)"), (2, 3, "bold")]),
        ("[a](b c)", "[a](b c)", []),
        ("[a [b](http://x)](http://y)", "[a b](http://y)", [(3, 4, "link", "http://x")]),
        ("**a\n\nb**", "**a\n\nb**", []),
        ("**a", "**a", []),
        ("```\nopen", "```\nopen", []),
        (r"\*a\* \[b](c) \d", "*a* [b](c) \\d", []),
    ],
)
def test_marks(markdown: str, text: str, spans: list[tuple[Any, ...]]) -> None:
    rich = parse(markdown)
    assert rich.text == text
    assert rich.spans == tuple(Span(one[0], one[1], SpanKind(one[2]), *one[3:]) for one in spans)


def test_entities_count_in_utf16() -> None:
    rich = from_telegram(
        "😀 жирный ссылка",
        [
            {"type": "bold", "offset": 3, "length": 6},
            {"type": "text_link", "offset": 10, "length": 6, "url": "https://e.org"},
            {"type": "mention", "offset": 0, "length": 1},
            {"type": "italic", "offset": 1, "length": 1},
        ],
    )
    assert to_markdown(rich) == "😀 **жирный** [ссылка](https://e.org)"


@given(
    riches(),
    st.lists(st.sampled_from(["bold", "pre", "text_link", "blockquote", "nonsense"]), max_size=4),
    st.data(),
)
def test_any_entities_are_taken(rich: RichText, kinds: list[str], data: st.DataObject) -> None:
    size = utf16_offsets(rich.text)[-1]
    numbers = st.integers(-2, size + 2)
    entities = [{"type": kind, "offset": data.draw(numbers), "length": data.draw(numbers)} for kind in kinds]
    told = from_telegram(rich.text, entities)
    assert told.text == rich.text
    assert parse(to_markdown(told)) == told


HOSTILE: list[Callable[[int], str]] = [
    lambda n: "*" * n, lambda n: "[" * n, lambda n: "](" * (n // 2), lambda n: "[a](" * (n // 4), lambda n: "*a " * (n // 3),
    lambda n: "**a*" * (n // 4), lambda n: "`" * n, lambda n: "".join("`" * k + "a" for k in range(int((2 * n) ** 0.5))),
    lambda n: "```x\n" * (n // 5), lambda n: "> " * n, lambda n: ">\n" * (n // 2), lambda n: "\\" * n, lambda n: "||a" * (n // 3),
    lambda n: "[*a*](b) `c`" * (n // 12), lambda n: "\n \n" * (n // 3), lambda n: "_a" * (n // 2), lambda n: "((" * (n // 2),
    lambda n: "> *a*\n\n" * (n // 7), lambda n: "```\na\n```\n" * (n // 10),
]  # fmt: skip


def _seconds(source: str) -> float:
    gc.disable()  # what it costs depends on everything else that lives in the test process
    try:
        begin = time.process_time()
        to_markdown(parse(source))
        return time.process_time() - begin
    finally:
        gc.enable()


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_input_takes_linear_time(number: int) -> None:
    make = HOSTILE[number]
    small, large = make(6_250), make(50_000)
    # Eight times the input: linear work gives about 8, quadratic 64. The constant forgives a coarse clock.
    allowed = 24 * min(_seconds(small) for _ in range(3)) + 0.02
    assert any(_seconds(large) < allowed for _ in range(3))
