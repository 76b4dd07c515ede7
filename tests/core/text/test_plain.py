"""Does plain text keep what formatting said?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.markdown import parse
from core.text.plain import to_plain, with_addresses, with_quote_marks
from core.text.rich import RichText, Span, SpanKind


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Ура** и _всё_", "Ура и всё"),
        ("[сайт](https://e.org/a)", "сайт (https://e.org/a)"),
        ("[https://e.org](https://e.org/)", "https://e.org"),
        ("[e.org](https://e.org)", "e.org"),
        ("[a](https://e.org)[b](https://f.org).", "a (https://e.org)b (https://f.org)."),
        ("> раз\n> два\nтри", "> раз\n> два\nтри"),
        ("> [a](https://e.org)\n> b", "> a (https://e.org)\n> b"),
        ("`code` ~~old~~ ||spoiler||", "code old spoiler"),
        ("", ""),
    ],
)
def test_what_is_read(markdown: str, plain: str) -> None:
    assert to_plain(parse(markdown)) == plain


def test_other_formatting_moves_along() -> None:
    rich = with_addresses(parse("[a](https://e.org) **b**"))
    (span,) = rich.spans
    assert rich.text[span.start : span.end] == "b"
    rich = with_quote_marks(parse("> **a**\n> b **c**"))
    assert [rich.text[span.start : span.end] for span in rich.spans] == ["a", "c"]


@given(st.text(max_size=60), st.data())
def test_no_character_is_lost_and_spans_keep_their_words(text: str, data: st.DataObject) -> None:
    size = len(text)
    spans = []
    for kind in (SpanKind.BOLD, SpanKind.LINK):
        start = data.draw(st.integers(0, size))
        end = data.draw(st.integers(start, size))
        if start < end:
            spans.append(Span(start, end, kind, "https://e.org/x" if kind is SpanKind.LINK else ""))
    rich = RichText(text, tuple(sorted(spans)))
    result = with_addresses(rich)
    assert result.text.replace(" (https://e.org/x)", "", 1) == text or " (https://e.org/x)" in text
    bold = [span for span in spans if span.kind is SpanKind.BOLD]
    for before, after in zip(bold, result.spans, strict=True):
        words = result.text[after.start : after.end].replace(" (https://e.org/x)", "")
        assert words == text[before.start : before.end].replace(" (https://e.org/x)", "")
