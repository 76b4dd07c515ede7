"""How does a long list fit? Pages with ‹ 2/5 › under them."""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton

from bot.ui.callbacks import Callback
from bot.ui.keyboard import button

MAX_OFFSET = 99_999


@dataclass(frozen=True, slots=True)
class Page:
    """Where in a list of ``total`` rows we stand; ``size`` rows a page."""

    offset: int
    size: int
    total: int

    @property
    def number(self) -> int:
        """1-based number of this page."""
        return self.offset // self.size + 1

    @property
    def count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def clamp(offset: int, size: int, total: int) -> int:
    """Return the start of the page holding ``offset``, or of the last page when rows have gone since."""
    last = max(0, (total - 1) // size * size)
    return min(max(0, offset - offset % size), last)


def pager(page: Page, to: Callable[[int], Callback]) -> list[InlineKeyboardButton]:
    """Return the row of arrows; empty when everything fits on one page. ``to(offset)`` is a page's button data."""
    if page.count == 1:
        return []
    here = to(page.offset)
    before = button("‹", to(page.offset - page.size)) if page.offset > 0 else button("·", here)
    more = page.offset + page.size < page.total
    after = button("›", to(page.offset + page.size)) if more else button("·", here)
    return [before, button(f"{page.number}/{page.count}", here), after]
