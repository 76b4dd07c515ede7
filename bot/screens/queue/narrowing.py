"""How is the queue narrowed? Choices of product, platform and status, each with how many publications it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.screens.queue import callbacks as cb
from bot.screens.queue.callbacks import Shown
from bot.ui import format as fmt
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.publications.models import PublicationStatus

# None: what waits, with what wants a decision.
STATUSES: Mapping[Shown, Sequence[PublicationStatus] | None] = {
    Shown.WAITING: None,
    Shown.PUBLISHED: [PublicationStatus.PUBLISHED],
    Shown.FAILED: [PublicationStatus.FAILED],
    Shown.UNCERTAIN: [PublicationStatus.UNCERTAIN],
    Shown.MISSED: [PublicationStatus.MISSED],
    Shown.CANCELLED: [PublicationStatus.CANCELLED],
    Shown.ALL: list(PublicationStatus),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A product or a platform to choose, with how much of the queue it has."""

    name: str
    product: UUID | None = None
    platform: str = ""


def products(about: cb.NarrowQueue, choices: Sequence[Choice], page: Page, t: Translator) -> Screen:
    """Ask for the product."""
    every = _to(about, t.label("queue-every-product"), about.product is None, product=None)
    buttons = [
        _to(about, fmt.short(choice.name, 40), choice.product == about.product, product=choice.product)
        for choice in choices
    ]
    arrows = pager(page, lambda offset: about.model_copy(update={"offset": offset}))
    return _screen(about, "queue-which-product", [[every], *grid(buttons, 2), arrows], t)


def platforms(about: cb.NarrowQueue, choices: Sequence[Choice], t: Translator) -> Screen:
    """Ask for the platform."""
    every = _to(about, t.label("queue-every-platform"), not about.platform, platform="")
    buttons = [
        _to(about, choice.name, choice.platform == about.platform, platform=choice.platform)
        for choice in choices
    ]
    return _screen(about, "queue-which-platform", [[every], *grid(buttons, 2)], t)


def statuses(
    about: cb.NarrowQueue, waiting: int, counts: Mapping[PublicationStatus, int], t: Translator
) -> Screen:
    """Ask for the status."""
    buttons = []
    for shown, members in STATUSES.items():
        n = waiting if members is None else sum(counts.get(status, 0) for status in members)
        label = t.label("queue-choice", name=t.label(f"queue-shown-{shown.name.lower()}"), n=n)
        buttons.append(_to(about, label, shown is about.shown, shown=shown))
    return _screen(about, "queue-which-status", grid(buttons, 2), t)


def _screen(about: cb.NarrowQueue, question: str, rows: Sequence[Row], t: Translator) -> Screen:
    back = button(t.label("ui-back"), _turned(about))
    return Screen.of(t(question), keyboard(*rows, [back]))


def _to(about: cb.NarrowQueue, label: str, chosen: bool, **change: object) -> InlineKeyboardButton:
    return button(f"✅ {label}" if chosen else label, _turned(about).model_copy(update=change))


def _turned(about: cb.NarrowQueue) -> cb.TurnQueue:
    return cb.TurnQueue(product=about.product, platform=about.platform, shown=about.shown)
