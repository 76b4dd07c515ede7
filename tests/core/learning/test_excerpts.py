"""What is shown of an edit is where it happened, in whole words, and never more than asked for."""

from hypothesis import given
from hypothesis import strategies as st

from core.learning.excerpts import around_changes

LONG = "слово " * 100


def test_only_the_changed_place_is_shown() -> None:
    shown = around_changes(f"{LONG}сегодня! {LONG}", f"{LONG}сегодня. {LONG}", limit=600)
    assert "сегодня!" in shown.before
    assert "сегодня." in shown.after
    for part in (shown.before, shown.after):
        assert len(part) < 120
        assert part.startswith("…слово")
        assert part.endswith("слово…")


def test_a_short_text_is_shown_whole() -> None:
    shown = around_changes("Раз! Два!", "Раз. Два!", limit=600)
    assert (shown.before, shown.after) == ("Раз! Два!", "Раз. Два!")


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_fit(before: str, after: str) -> None:
    shown = around_changes(before, after, limit=100)
    assert max(len(shown.before), len(shown.after)) <= 102
