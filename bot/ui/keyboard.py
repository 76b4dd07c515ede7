"""How are buttons laid out? Rows of typed buttons; what is None is left out."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.ui.callbacks import Callback
from bot.ui.letters import letters

Row = Sequence[InlineKeyboardButton | None]
_LABEL = 64  # characters; longer labels are cut by Telegram's clients anyway
_PHONE = 40  # letters in a row of buttons on a phone 360 points wide
_SIDES = 2  # of them a button's own sides take
_COPY = 256  # characters a copy button may hold


class Style(StrEnum):
    """Colours Telegram gives buttons (Bot API 10); clients that do not know them draw a plain button.

    One coloured button a screen: the deed it is for, or the one that cannot be undone.
    """

    PRIMARY = "primary"  # blue
    SUCCESS = "success"  # green
    DANGER = "danger"  # red


def button(label: str, data: Callback, *, style: Style | None = None) -> InlineKeyboardButton:
    """Return a button that sends ``data`` back."""
    return InlineKeyboardButton(text=_short(label), callback_data=data.pack(), style=style)


def copy(label: str, text: str) -> InlineKeyboardButton | None:
    """Return a button that puts ``text`` on the clipboard; None for what Telegram would not take (1 to 256 characters)."""
    if not 1 <= len(text) <= _COPY:
        return None
    return InlineKeyboardButton(text=_short(label), copy_text=CopyTextButton(text=text))


def link(label: str, address: str) -> InlineKeyboardButton:
    """Return a button that opens ``address``."""
    return InlineKeyboardButton(text=_short(label), url=address)


def keyboard(*rows: Row) -> InlineKeyboardMarkup | None:
    """Return the rows without what is None; None when nothing is left.

    Clients cut a label that is wider than its button, so a row too narrow for its labels is broken into several.
    """
    given = ([item for item in row if item is not None] for row in rows)
    kept = [part for row in given if row for part in _readable(row)]
    return InlineKeyboardMarkup(inline_keyboard=kept) if kept else None


def grid(buttons: Iterable[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    """Break ``buttons`` into rows of ``width``."""
    items = list(buttons)
    return [items[start : start + width] for start in range(0, len(items), width)]


def _readable(row: list[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Return ``row`` in as few rows as its labels can be read in."""
    for width in range(len(row), 1, -1):
        parts = grid(row, width)
        if all(
            letters(item.text) <= _PHONE // len(part) - _SIDES
            for part in parts
            if len(part) > 1
            for item in part
        ):
            return parts
    return grid(row, 1)


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
