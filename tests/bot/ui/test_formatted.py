"""Text and entities: counted, joined, cut and paged in UTF-16 units, whatever is in the text."""

import pytest
from aiogram.utils.text_decorations import html_decoration
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.formatted import Formatted, escape, html, join, utf16_length

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(words)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    parsed = html(f"<b>{escape(text)}</b>")
    assert parsed.text == text.replace("\r\n", "\n").replace("\r", "\n") or parsed.text == text
    assert [(e.type, e.offset, e.length) for e in parsed.entities] == (
        [("bold", 0, utf16_length(parsed.text))] if parsed.text else []
    )


@given(words, words, st.integers(2, 60))
def test_pages_lose_nothing_and_fit(left: str, right: str, limit: int) -> None:
    whole = html(f"{escape(left)}<b>{escape(right)}</b>")
    pages = whole.pages(limit)
    assert "".join(page.text for page in pages) == whole.text
    assert all(page.length <= limit for page in pages)
    for page in pages:
        assert all(
            e.offset >= 0 and e.length > 0 and e.offset + e.length <= page.length for e in page.entities
        )


def test_entities_move_with_their_text() -> None:
    joined = join([html("🎉 <b>one</b>"), Formatted(), html("<i>two</i>")])
    assert html_decoration.unparse(joined.text, list(joined.entities)) == "🎉 <b>one</b>\n\n<i>two</i>"
    assert html_decoration.unparse(*_pair(joined.cut(4, 10))) == "<b>ne</b>\n\n<i>tw</i>"


def test_shortened_ends_at_a_word() -> None:
    assert Formatted("one two three four").shortened(12).text == "one two …"
    assert Formatted("short").shortened(12).text == "short"


@pytest.mark.parametrize("markup", ["<script>x</script>", "<b><i>x</b></i>"])
def test_markup_of_our_own_must_be_right(markup: str) -> None:
    with pytest.raises(ValueError, match="<"):
        html(markup)


def _pair(text: Formatted) -> tuple[str, list]:  # type: ignore[type-arg]
    return text.text, list(text.entities)
