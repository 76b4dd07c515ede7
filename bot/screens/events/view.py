"""What do the events screens show? The list with its filters, one event as JSON, and what deleting would take away."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.screens.events import callbacks as cb
from bot.screens.home.callbacks import Home
from bot.ui import format as fmt
from bot.ui.confirm import confirm
from bot.ui.formatted import Formatted, escape
from bot.ui.keyboard import Style, button, copy, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen

_JSON = 3000  # UTF-16 units of JSON on a page; the message holds 4096 with its heading
AGES = (7, 30, 90)  # days


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as it was received."""

    event_id: uuid.UUID
    event_type: str
    product_name: str
    received_at: datetime
    processed: bool
    payload: Mapping[str, Any]
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A product, or a type with how often it came."""

    name: str
    to: cb.OpenEvents
    chosen: bool


def events(
    items: Sequence[EventView],
    about: cb.OpenEvents,
    filters: Sequence[str],
    page: Page,
    t: Translator,
    zone: tzinfo,
    now: datetime,
) -> Screen:
    """Draw a page of the events; ``filters`` are the names of what they are narrowed to."""
    title = t("events-title", n=page.total)
    if filters:
        shown = " · ".join(fmt.short(name, 60) for name in filters)
        title = t("events-title-narrowed", filters=shown, n=page.total)
    lines = [
        t(
            "events-line",
            mark=_mark(item),
            when=fmt.moment(t, item.received_at, zone, now),
            type=fmt.short(item.event_type),
            product=fmt.short(item.product_name, 40),
        )
        for item in items
    ]
    body = "\n".join(lines) if lines else t("events-none" if filters else "events-empty")
    names = [
        button(
            f"{fmt.clock(item.received_at, zone)} {fmt.short(item.event_type, 30)}",
            cb.OpenEvent(event=item.event_id),
        )
        for item in items
    ]
    ids = {"product": about.product, "kind": about.kind}
    narrow = [
        button(t.label("queue-by-product"), cb.NarrowEvents.model_validate(ids | {"by": cb.By.PRODUCT})),
        button(t.label("events-by-type"), cb.NarrowEvents.model_validate(ids | {"by": cb.By.KIND})),
    ]
    everything = button(t.label("events-all"), cb.OpenEvents()) if filters else None
    clear = button(t.label("events-clear"), cb.AskClear(product=about.product)) if items else None
    arrows = pager(page, lambda offset: about.model_copy(update={"offset": offset}))
    return Screen.of(
        "\n\n".join([title, t("events-not-received"), body]),
        keyboard(
            *grid(names, 2),
            arrows,
            narrow,
            [everything, clear],
            [
                button(t.label("ui-refresh"), about),
                button(t.label("ui-home"), Home()),
            ],
        ),
    )


def choices(about: cb.NarrowEvents, found: Sequence[Choice], page: Page, t: Translator) -> Screen:
    """Ask for the product or the type."""
    by_product = about.by is cb.By.PRODUCT
    every = cb.OpenEvents(product=None if by_product else about.product, kind=about.kind if by_product else 0)
    none = about.product is None if by_product else not about.kind
    rows = [
        [_choice(Choice(t.label("queue-every-product" if by_product else "events-every-type"), every, none))],
        *grid((_choice(choice) for choice in found), 2),
        pager(page, lambda offset: about.model_copy(update={"offset": offset})),
        [button(t.label("ui-back"), cb.OpenEvents(product=about.product, kind=about.kind))],
    ]
    return Screen.of(t("queue-which-product" if by_product else "events-which-type"), keyboard(*rows))


def event(item: EventView, number: int, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw one event: page ``number`` of its JSON."""
    pages = Formatted(json.dumps(item.payload, ensure_ascii=False, indent=2)).pages(_JSON)
    number = min(number, len(pages) - 1)
    head = t(
        "event-title",
        type=fmt.short(item.event_type, 100),
        product=fmt.short(item.product_name, 100),
        when=fmt.when(t, item.received_at, zone, now),
    )
    state = t("event-processed" if item.processed else "event-waiting")
    arrows = pager(Page(number, 1, len(pages)), lambda offset: cb.OpenEvent(event=item.event_id, page=offset))
    return Screen.of(
        f"{head}\n{state}\n\n<pre>{escape(pages[number].text)}</pre>",
        keyboard(
            arrows,
            [copy(t.label("event-copy-id"), str(item.event_id))],
            [button(t.label("events-back"), cb.OpenEvents()), button(t.label("ui-home"), Home())],
        ),
    )


def ask_age(product: uuid.UUID | None, name: str, counts: Mapping[int, int], t: Translator) -> Screen:
    """Ask how old events must be to be deleted."""
    rows = [
        [button(t.label("events-older", days=days, n=counts[days]), cb.AskClear(product=product, days=days))]
        for days in AGES
    ]
    back = button(t.label("ui-back"), cb.OpenEvents(product=product))
    text = t("events-ask-age-of", name=name) if name else t("events-ask-age")
    return Screen.of(text, keyboard(*rows, [back]))


def ask_clear(about: cb.AskClear, name: str, count: int, before: int, t: Translator) -> Screen:
    """Ask before deleting, with how many that are."""
    back = cb.AskClear(product=about.product)
    key = "events-ask-clear-of" if name else "events-ask-clear"
    values: dict[str, str | int] = {"days": about.days, "n": count}
    question = t(key, **(values | ({"name": name} if name else {})))
    if not count:
        return Screen.of(
            t("events-nothing-old", days=about.days), keyboard([button(t.label("ui-back"), back)])
        )
    yes = cb.ClearEvents(product=about.product, before=before)
    return confirm(t, question, yes=yes, no=back, yes_label=t.label("events-clear-yes"), style=Style.DANGER)


def _mark(item: EventView) -> str:
    return "✅" if item.processed else "📨"


def _choice(choice: Choice) -> InlineKeyboardButton:
    return button(f"✅ {choice.name}" if choice.chosen else choice.name, choice.to)
