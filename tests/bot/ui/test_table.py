"""A table fits a phone whatever stands in it, and says the same as Telegram's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.letters import letters
from bot.ui.table import MAX_COLUMNS, WIDTH, Table, marks, numbers, words

USAGE = Table(
    [words("Модель"), numbers("вызовов"), numbers("$")],
    [["claude-sonnet-5-5", "1 204", "12,40"], ["日本語モデル🎉", "3", "0,01"]],
    total=["Всего", "1 207", "12,41"],
    caption="За месяц",
)


def test_columns_are_in_line_also_with_wide_letters() -> None:
    title, *lines = USAGE.classic().text.split("\n")
    assert title == "За месяц"
    assert {letters(line) for line in lines} == {letters(lines[0])}
    assert lines[0].startswith("Модель")
    assert lines[2].endswith("1 204 12,40")
    assert lines[-1].startswith("Всего")


def test_the_drawing_is_monospaced_and_its_caption_bold() -> None:
    drawn = USAGE.classic()
    assert [entity.type for entity in drawn.entities] == ["bold", "pre"]
    caption, block = drawn.entities
    assert drawn.cut(caption.offset, caption.offset + caption.length).text == "За месяц"
    assert block.offset + block.length == drawn.length


def test_words_are_cut_and_numbers_never() -> None:
    table = Table([words("Пост"), numbers("показов")], [["Очень длинное название поста " * 4, "1 234 567"]])
    (row,) = table.classic().text.split("\n")[2:]
    assert letters(row) == WIDTH
    assert row.startswith("Очень длинное название…")
    assert row.endswith(" 1 234 567")


def test_what_is_too_wide_is_told_row_by_row() -> None:
    table = Table([words("День"), *(numbers(f"м{n}") for n in range(9))], [["пн", *["1 234"] * 9]])
    drawn = table.classic()
    assert drawn.text == "пн — " + " · ".join(f"м{n}: 1 234" for n in range(9))
    assert drawn.entities == ()


def test_a_month_fits() -> None:
    week = Table(
        [marks(day) for day in ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]],
        [["30", "31·2", "1", "2", "", "4", "5"]],
    )
    assert all(letters(line) <= WIDTH for line in week.classic().text.split("\n"))


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("日本", 4), ("🎉", 2), ("👨‍👩‍👧", 2), ("🇷🇺", 2), ("e\u0301", 1), ("1️⃣", 2), ("\u200b", 0), ("ж·—", 3)],
)  # fmt: skip
def test_letters_are_counted_as_they_are_drawn(text: str, width: int) -> None:
    assert letters(text) == width


cells = st.text(max_size=30)


@given(rows=st.lists(st.tuples(cells, st.integers(0, 99_999), cells), max_size=6))
def test_no_line_is_wider_than_a_phone(rows: list[tuple[str, int, str]]) -> None:
    table = Table([words("а"), numbers("б"), words("в")], [[a, str(n), b] for a, n, b in rows])
    drawn = table.classic()
    assert all(letters(line) <= WIDTH for line in drawn.text.split("\n"))
    for entity in drawn.entities:
        assert 0 < entity.length <= drawn.length - entity.offset


def test_rich_cells_say_the_same() -> None:
    rich = USAGE.rich()
    assert [[cell.text for cell in row] for row in rich.cells] == [
        ["Модель", "вызовов", "$"], ["claude-sonnet-5-5", "1 204", "12,40"],
        ["日本語モデル🎉", "3", "0,01"], ["Всего", "1 207", "12,41"],
    ]  # fmt: skip
    assert [cell.align for cell in rich.cells[1]] == ["left", "right", "right"]
    assert [row[0].is_header for row in rich.cells] == [True, None, None, True]


def test_a_crooked_table_is_a_defect() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 columns"):
        Table([words()], [["a", "b"]])
    with pytest.raises(ValueError, match="columns"):
        Table([words()] * (MAX_COLUMNS + 1), [])
