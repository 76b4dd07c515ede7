"""Every label can be read: a row that would cut its labels on a phone is broken into several."""

import pytest

from bot.ui.keyboard import copy, keyboard, link


def laid_out(*labels: str) -> list[list[str]]:
    made = keyboard([link(label, "https://example.org") for label in labels])
    assert made is not None
    return [[item.text for item in row] for row in made.inline_keyboard]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["🗓 Запланировать", "🚀 Сейчас"], [2]),
        (["🔀 Поменять местами", "✖️ Снять с публикации"], [1, 1]),
        (["📦 Продукт", "📣 Площадка", "🔎 Статус"], [3]),
        (["через 15 минут", "через 1 час", "через 3 часа"], [2, 1]),
        (["пн", "вт", "ср", "чт", "пт", "сб", "25•"], [7]),
        (["(19:00)"] * 4, [4]),
        (["очень длинная подпись одной кнопки, которую всё равно не разделить"], [1]),
    ],
)
def test_rows_are_as_wide_as_their_labels_allow(labels: list[str], rows: list[int]) -> None:
    laid = laid_out(*labels)
    assert [len(row) for row in laid] == rows
    assert [label[:20] for row in laid for label in row] == [label[:20] for label in labels]


def test_nothing_is_no_keyboard() -> None:
    assert keyboard([None], []) is None
    assert copy("x", "") is None
