"""How are buttons laid out? Rows of typed buttons; what is None is left out."""

from collections.abc import Iterable, Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.ui.callbacks import Callback

Row = Sequence[InlineKeyboardButton | None]
_LABEL = 64  # characters; longer labels are cut by Telegram's clients anyway


def button(label: str, data: Callback) -> InlineKeyboardButton:
    """Return a button that sends ``data`` back."""
    return InlineKeyboardButton(text=_short(label), callback_data=data.pack())


def link(label: str, address: str) -> InlineKeyboardButton:
    """Return a button that opens ``address``."""
    return InlineKeyboardButton(text=_short(label), url=address)


def keyboard(*rows: Row) -> InlineKeyboardMarkup | None:
    """Return the rows without what is None; None when nothing is left."""
    kept = [[item for item in row if item is not None] for row in rows]
    kept = [row for row in kept if row]
    return InlineKeyboardMarkup(inline_keyboard=kept) if kept else None


def grid(buttons: Iterable[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    """Break ``buttons`` into rows of ``width``."""
    items = list(buttons)
    return [items[start : start + width] for start in range(0, len(items), width)]


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
