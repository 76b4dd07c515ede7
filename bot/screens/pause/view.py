"""What does the pause screen show? Whether anything is held, a switch for everything, and one for each product."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.automations.callbacks import OpenAutomation, OpenAutomations
from bot.screens.home.callbacks import Home
from bot.screens.pause import callbacks as cb
from bot.screens.queue.callbacks import OpenQueue
from bot.ui import format as fmt
from bot.ui.keyboard import Style, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.publications.pausing import Resumed


@dataclass(frozen=True, slots=True)
class ProductState:
    """A product, and since when it is paused."""

    product_id: uuid.UUID
    name: str
    paused_at: datetime | None


@dataclass(frozen=True, slots=True)
class PauseModel:
    """What the screen knows. ``since`` is when everything was paused, as far as that is known."""

    paused: bool
    since: datetime | None
    waiting: int
    products: Sequence[ProductState]
    page: Page
    automations: int


def pause(model: PauseModel, t: Translator, zone: tzinfo) -> Screen:
    """Draw the pause screen."""
    if not model.paused:
        state = t("pause-going", n=model.waiting)
    elif model.since is None:
        state = t("pause-held", n=model.waiting)
    else:
        state = t("pause-held-since", when=fmt.since(t, model.since, zone), n=model.waiting)
    held = [product for product in model.products if product.paused_at is not None]
    lines = [
        t("pause-product-held", name=fmt.short(item.name), when=fmt.since(t, item.paused_at, zone))
        for item in held
        if item.paused_at is not None
    ]
    everything = (
        button(t.label("pause-resume-all"), cb.ResumeEverything(since=seconds(model.since)), style=Style.SUCCESS)
        if model.paused
        else button(t.label("pause-all"), cb.PauseEverything(), style=Style.DANGER)
    )  # fmt: skip
    title = [] if model.paused else [t("pause-title")]  # that everything is on hold is title enough
    return Screen.of(
        "\n\n".join([*title, state, *(["\n".join(lines)] if lines else []), t("pause-what")]),
        keyboard(
            [everything],
            *grid((_product(item, t) for item in model.products), 2),
            pager(model.page, lambda offset: cb.OpenPause(offset=offset)),
            [button(t.label("pause-automations", n=model.automations), OpenAutomations())]
            if model.automations
            else [],
            [button(t.label("queue-back"), OpenQueue()), button(t.label("ui-home"), Home())],
        ),
    )


def which(
    products: Sequence[ProductState],
    automations: Sequence[tuple[uuid.UUID, str]],
    name: str,
    t: Translator,
) -> Screen:
    """Ask which of several things with the same name is meant."""
    rows = [[_product(item, t)] for item in products]
    rows += [
        [button(t.label("pause-automation", name=fmt.short(title, 40)), OpenAutomation(automation=identifier))]
        for identifier, title in automations
    ]  # fmt: skip
    return Screen.of(
        t("pause-which", name=fmt.short(name, 100)),
        keyboard(*rows, [button(t.label("ui-back"), cb.OpenPause())]),
    )


def resumed_lines(resumed: Resumed, t: Translator) -> Markup:
    """Say what became of the posts whose time came meanwhile; nothing when there were none."""
    lines = []
    if resumed.asked:
        lines.append(t("pause-late-asked", n=resumed.asked))
    if resumed.skipped:
        lines.append(t("pause-late-skipped", n=resumed.skipped))
    if resumed.now:
        lines.append(t("pause-late-now", n=resumed.now))
    if resumed.spread:
        lines.append(t("pause-late-spread", n=resumed.spread))
    return Markup("\n".join(lines))


def seconds(moment: datetime | None) -> int:
    """Return a moment as a button carries it; 0 when it is not known."""
    return int(moment.timestamp()) if moment is not None else 0


def _product(item: ProductState, t: Translator) -> InlineKeyboardButton:
    name = fmt.short(item.name, 40)
    if item.paused_at is None:
        return button(t.label("pause-one", name=name), cb.PauseOne(product=item.product_id))
    again = cb.ResumeOne(product=item.product_id, since=seconds(item.paused_at))
    return button(t.label("pause-resume-one", name=name), again)
