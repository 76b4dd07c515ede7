"""What do the events screens show? The list with its filters, one event as JSON, what a replay does, and what deleting takes away."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.screens.events import callbacks as cb
from bot.screens.events.callbacks import By
from bot.screens.home.callbacks import Home
from bot.ui import format as fmt
from bot.ui.confirm import confirm
from bot.ui.formatted import Formatted, escape
from bot.ui.keyboard import Style, button, copy, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.events.service import Outcome

_JSON = 3000  # UTF-16 units of JSON on a page; the message holds 4096 with its heading
AGES = (7, 30, 90)  # days
OUTCOMES = {
    Outcome.WAITING: "events-outcome-waiting",
    Outcome.STARTED: "events-outcome-started",
    Outcome.NOTHING: "events-outcome-nothing",
}


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as it was received."""

    event_id: uuid.UUID
    event_type: str
    product_name: str
    received_at: datetime
    outcome: Outcome
    payload: Mapping[str, Any]
    started: int = 0  # automations
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A product, a type with how often it came, or an outcome."""

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
    *,
    takes: bool = True,
) -> Screen:
    """Draw a page of the events; ``filters`` name what they are narrowed to, ``takes`` says that a product takes any."""
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
    ids = {"product": about.product, "kind": about.kind, "outcome": about.outcome}
    labels = {By.PRODUCT: "queue-by-product", By.KIND: "events-by-type", By.OUTCOME: "events-by-outcome"}
    narrow = [
        button(t.label(key), cb.NarrowEvents.model_validate(ids | {"by": by})) for by, key in labels.items()
    ]
    everything = button(t.label("events-all"), cb.OpenEvents()) if filters else None
    clear = button(t.label("events-clear"), cb.AskClear(product=about.product)) if items else None
    arrows = pager(page, lambda offset: about.model_copy(update={"offset": offset}))
    return Screen.of(
        "\n\n".join([title, *([] if takes else [t("events-nobody-takes")]), body]),
        keyboard(
            *grid(names, 2),
            arrows,
            narrow,
            [everything, clear],
            [button(t.label("events-receiving"), cb.OpenReceiving())],
            [
                button(t.label("ui-refresh"), about),
                button(t.label("ui-home"), Home()),
            ],
        ),
    )


def choices(about: cb.NarrowEvents, found: Sequence[Choice], page: Page, t: Translator) -> Screen:
    """Ask for the product, the type or the outcome."""
    ids: dict[str, Any] = {"product": about.product, "kind": about.kind, "outcome": about.outcome}
    field, every, which = {
        By.PRODUCT: ("product", "queue-every-product", "queue-which-product"),
        By.KIND: ("kind", "events-every-type", "events-which-type"),
        By.OUTCOME: ("outcome", "events-every-outcome", "events-which-outcome"),
    }[about.by]
    reset = {"product": None, "kind": 0, "outcome": Outcome.ANY}
    # Another product has other types.
    freed = ["product", "kind"] if about.by is By.PRODUCT else [field]
    anything = cb.OpenEvents.model_validate(ids | {name: reset[name] for name in freed})
    rows = [
        [_choice(Choice(t.label(every), anything, not ids[field]))],
        *grid((_choice(choice) for choice in found), 2),
        pager(page, lambda offset: about.model_copy(update={"offset": offset})),
        [button(t.label("ui-back"), cb.OpenEvents.model_validate(ids))],
    ]
    return Screen.of(t(which), keyboard(*rows))


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
    lines = [head, _state(item, t)]
    if item.replayed:
        lines.append(t("event-replayed"))
    said = "\n".join(lines)
    arrows = pager(Page(number, 1, len(pages)), lambda offset: cb.OpenEvent(event=item.event_id, page=offset))
    return Screen.of(
        f"{said}\n\n<pre>{escape(pages[number].text)}</pre>",
        keyboard(
            arrows,
            [button(t.label("event-replay"), cb.AskReplay(event=item.event_id))],
            [copy(t.label("event-copy-id"), str(item.event_id))],
            [button(t.label("events-back"), cb.OpenEvents()), button(t.label("ui-home"), Home())],
        ),
    )


def ask_replay(item: EventView, t: Translator, now: datetime) -> Screen:
    """Ask before an event counts once more; the question is good for one replay."""
    return confirm(
        t,
        t(
            "event-ask-replay",
            type=fmt.short(item.event_type, 100),
            product=fmt.short(item.product_name, 100),
        ),
        yes=cb.ReplayEvent(event=item.event_id, at=int(now.timestamp())),
        no=cb.OpenEvent(event=item.event_id),
        yes_label=t.label("event-replay-yes"),
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
    mark = {Outcome.WAITING: "📨", Outcome.STARTED: "⚡"}.get(item.outcome, "✅")
    return f"{mark}🔁" if item.replayed else mark


def _state(item: EventView, t: Translator) -> str:
    if item.outcome is Outcome.STARTED:
        return t("event-started", n=item.started)
    return t("event-waiting" if item.outcome is Outcome.WAITING else "event-nothing")


def _choice(choice: Choice) -> InlineKeyboardButton:
    return button(f"✅ {choice.name}" if choice.chosen else choice.name, choice.to)
