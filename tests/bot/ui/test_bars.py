"""Bars: the highest is full, little is not nothing, nothing is a dot."""

from bot.ui.bars import bars


def test_bars() -> None:
    assert bars([]) == ""
    assert bars([0, 0]) == "··"
    assert bars([1, 0, 1000]) == "▁·█"
    assert bars([1, 2, 3, 4, 5, 6, 7, 8]) == "▂▃▄▅▆▇██"
