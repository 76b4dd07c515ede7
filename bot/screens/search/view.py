"""What does the search show? What was found, each with the place of the hit, and how to narrow it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import SendCard
from bot.screens.home.callbacks import Home
from bot.screens.search import callbacks as cb
from bot.screens.search.callbacks import Status
from bot.ui import format as fmt
from bot.ui.formatted import escape
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.content.search import Found, Piece

_NO_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True, slots=True)
class SearchModel:
    """A search and a page of what it found. ``product`` is the name of the one looked in, None for all."""

    search_id: int
    said: str
    items: Sequence[Found]
    page: Page
    product: str | None = None
    status: Status = Status.ANY
    newest: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether there could be more without a filter."""
        return self.product is not None or self.status is not Status.ANY


def found(model: SearchModel, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw a page of what was found."""
    said = fmt.short(model.said, 100)
    if not model.items:
        key = "search-nothing-narrowed" if model.narrowed else "search-nothing"
        blocks = [t(key, said=said)]
    else:
        blocks = [t("search-title", said=said, n=model.page.total)]
        blocks += [_item(item, t, zone, now) for item in model.items]
    numbers = [button(f"#{item.number}", SendCard(content=item.content_id)) for item in model.items]
    arrows = pager(model.page, lambda offset: cb.OpenFound(search=model.search_id, offset=offset))
    again = button(t.label("search-again"), cb.AskWords())
    return Screen.of(
        "\n\n".join(blocks),
        keyboard(*grid(numbers, 3), arrows, *_filters(model, t), [again, button(t.label("ui-home"), Home())]),
    )


def _item(item: Found, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    head = t(
        "search-item",
        number=str(item.number),
        product=fmt.short(item.product_name, 40),
        status=t.label(f"search-status-{item.status.value}"),
        day=fmt.day(t, item.at, zone, now),
    )
    excerpt = excerpt_of(item.excerpt) or t("drafts-media", n=item.media)
    return Markup(f"{head}\n{excerpt}")


def excerpt_of(pieces: Sequence[Piece]) -> Markup:
    """Return an excerpt with its hits in bold."""
    shown = [
        f"<b>{escape(text)}</b>" if piece.hit else escape(text)
        for piece in pieces
        if (text := piece.text.translate(_NO_DIRECTION))
    ]
    return Markup("".join(shown))


def _filters(model: SearchModel, t: Translator) -> list[list[InlineKeyboardButton]]:
    if not model.items and not model.narrowed:
        return []
    product = fmt.short(model.product, 30) if model.product is not None else t.label("search-all-products")
    rows = [
        [
            button(f"📦 {product}", cb.ChooseProduct(search=model.search_id)),
            button(
                f"🏷 {t.label(f'search-status-{model.status.value}')}",
                cb.ChooseStatus(search=model.search_id),
            ),
        ]
    ]
    if model.page.total > 1:
        order = t.label("search-best" if model.newest else "search-newest")
        rows.append([button(order, cb.Order(search=model.search_id, newest=not model.newest))])
    return rows


def products(search_id: int, names: Sequence[tuple[uuid.UUID, str]], page: Page, t: Translator) -> Screen:
    """Ask which product to look in."""
    chosen = [button(name, cb.InProduct(search=search_id, product=identifier)) for identifier, name in names]
    arrows = pager(page, lambda offset: cb.ChooseProduct(search=search_id, offset=offset))
    return Screen.of(
        t("search-which-product"),
        keyboard(
            [button(t.label("search-all-products"), cb.InAll(search=search_id))],
            *grid(chosen, 2),
            arrows,
            [button(t.label("ui-back"), cb.OpenFound(search=search_id)), button(t.label("ui-home"), Home())],
        ),
    )


def statuses(search_id: int, t: Translator) -> Screen:
    """Ask in which state."""
    chosen = [
        button(t.label(f"search-status-{status.value}"), cb.InStatus(search=search_id, status=status))
        for status in Status
    ]
    return Screen.of(
        t("search-which-status"),
        keyboard(
            *grid(chosen, 2),
            [button(t.label("ui-back"), cb.OpenFound(search=search_id)), button(t.label("ui-home"), Home())],
        ),
    )


def forgotten(t: Translator) -> Screen:
    """Say that this search is too old to go on with."""
    return Screen.of(
        t("search-forgotten"),
        keyboard([button(t.label("search-again"), cb.AskWords()), button(t.label("ui-home"), Home())]),
    )
