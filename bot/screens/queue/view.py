"""What does the queue show? What goes out when, by day; and one publication with what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import SendCard
from bot.screens.home.callbacks import Home
from bot.screens.pause.callbacks import OpenPause
from bot.screens.queue import callbacks as cb
from bot.screens.repeat.callbacks import OpenRepeats
from bot.screens.resolve import callbacks as resolve
from bot.screens.schedule.callbacks import PickTime, Subject
from bot.ui import format as fmt
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, button, grid, keyboard, link
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.publications.models import LATE_CODES, PublicationStatus
from core.publications.queries import PublicationView, QueuePage

_EPOCH = date(1970, 1, 1)
_MARKS = {
    PublicationStatus.SCHEDULED: "🗓",
    PublicationStatus.PUBLISHING: "📤",
    PublicationStatus.PUBLISHED: "✅",
    PublicationStatus.FAILED: "❌",
    PublicationStatus.CANCELLED: "✖️",
    PublicationStatus.UNCERTAIN: "❔",
    PublicationStatus.MISSED: "⌛️",
}
_HELD = {"paused": "⏸", "product-paused": "⏸", "channel-error": "⚠️"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A part of the queue: which filters are on, and how they are called."""

    filters: cb.Filtered
    product: str = ""
    platform: str = ""

    @property
    def narrowed(self) -> bool:
        """True when a filter is on."""
        return bool(self.product or self.platform) or self.filters.shown is not cb.Shown.WAITING

    def turned(self, offset: int) -> cb.TurnQueue:
        """Return the button data of a page."""
        return cb.TurnQueue(**_fields(self.filters), offset=offset)

    def narrow(self, by: cb.By) -> cb.NarrowQueue:
        """Return the button data of a choice."""
        return cb.NarrowQueue(**_fields(self.filters), by=by)


def queue(
    page: QueuePage,
    shelf: Shelf,
    t: Translator,
    zone: tzinfo,
    now: datetime,
    *,
    paused_since: datetime | None = None,
    paused: bool = False,
    repeats: int = 0,
) -> Screen:
    """Draw a page of a part of the queue. ``repeats``: how many posts go out again and again."""
    blocks = [_title(page, shelf, t)]
    if paused:
        blocks.append(paused_line(t, paused_since, zone))
    if not page.items:
        blocks.append(t("queue-none" if shelf.narrowed else "queue-empty"))
    blocks += by_day(page.items, t, zone, now)
    today = now.astimezone(zone).date()
    choices = [
        button(t.label("queue-by-product"), shelf.narrow(cb.By.PRODUCT)),
        button(t.label("queue-by-platform"), shelf.narrow(cb.By.PLATFORM)),
        button(t.label("queue-by-status"), shelf.narrow(cb.By.STATUS)),
    ]
    return Screen.of(
        "\n\n".join(blocks),
        keyboard(
            *items_grid(page.items, zone),
            pager(Page(page.offset, page.limit, page.total), shelf.turned),
            choices,
            [
                button(
                    t.label("queue-week"), cb.OpenWeek(day=day_number(today), product=shelf.filters.product)
                ),
                button(t.label("queue-resume" if paused else "queue-pause"), OpenPause()),
            ],
            [button(t.label("repeats-open", n=repeats), OpenRepeats()) if repeats else None],
            [
                button(t.label("queue-all"), cb.OpenQueue()) if shelf.narrowed else None,
                button(t.label("ui-refresh"), shelf.turned(page.offset)),
                button(t.label("ui-home"), Home()),
            ],
        ),
    )


def paused_line(t: Translator, since: datetime | None, zone: tzinfo) -> Markup:
    """Say that everything is paused, and since when if that is known."""
    return t("queue-paused-since", when=fmt.since(t, since, zone)) if since else t("queue-paused")


def _title(page: QueuePage, shelf: Shelf, t: Translator) -> Markup:
    if not shelf.narrowed:
        return t("queue-title", n=page.total)
    names = [
        fmt.short(shelf.product, 60),
        shelf.platform,
        t.label(f"queue-shown-{shelf.filters.shown.name.lower()}"),
    ]
    return t("queue-title-narrowed", filters=" · ".join(name for name in names if name), n=page.total)


def by_day(items: Sequence[PublicationView], t: Translator, zone: tzinfo, now: datetime) -> list[Markup]:
    """Return a block of lines for each day."""
    blocks = []
    for day, of_day in groupby(items, key=lambda item: fmt.day(t, out_at(item), zone, now)):
        lines = [f"<b>{escape(fmt.heading(day))}</b>", *(_line(item, t, zone) for item in of_day)]
        blocks.append(Markup("\n".join(lines)))
    return blocks


def items_grid(items: Sequence[PublicationView], zone: tzinfo) -> list[list[InlineKeyboardButton]]:
    """Return a button for each publication."""
    numbers = [
        button(
            f"{_mark(item)} {fmt.clock(out_at(item), zone)} #{item.content_number}",
            cb.OpenPublication(publication=item.publication_id),
        )
        for item in items
    ]
    return grid(numbers, 2)


def _mark(item: PublicationView) -> str:
    """The state; what waits and is held is not shown as what will go out."""
    if item.status is PublicationStatus.SCHEDULED and item.held_by:
        return _HELD[item.held_by]
    return _MARKS[item.status]


def out_at(item: PublicationView) -> datetime:
    """Return when it is or was out, or was to be."""
    return item.published_at or item.scheduled_at


def day_number(day: date) -> int:
    """Return the days since 1970-01-01."""
    return (day - _EPOCH).days


def _fields(filters: cb.Filtered) -> dict[str, Any]:
    return {"product": filters.product, "platform": filters.platform, "shown": filters.shown}


def _line(item: PublicationView, t: Translator, zone: tzinfo) -> Markup:
    return t(
        "queue-line",
        mark=_mark(item),
        time=fmt.clock(out_at(item), zone),
        number=str(item.content_number),
        excerpt=fmt.short(item.excerpt),
        channel=fmt.short(item.outlet, 40),
    )


def publication(item: PublicationView, platform: str, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw one publication; ``platform`` is how its platform is called."""
    lines = [
        t(
            "queue-item",
            number=str(item.content_number),
            product=item.product_name,
            channel=item.channel_name,
            platform=platform,
        ),
        t("queue-item-excerpt", excerpt=fmt.short(item.excerpt, 200) or "–"),
        status_line(item, t, zone, now),
    ]
    if item.status is PublicationStatus.SCHEDULED and item.held_by:
        lines.append(t(f"queue-held-{item.held_by}"))
    rows = [
        *_actions(item, t),
        [
            button(t.label("queue-card"), SendCard(content=item.content_id)),
            button(
                t.label("queue-duplicate"),
                cb.Duplicate(publication=item.publication_id, drawn=int(now.timestamp())),
            ),
        ],
        [button(t.label("queue-back"), cb.OpenQueue()), button(t.label("ui-home"), Home())],
    ]
    return Screen.of("\n\n".join(lines), keyboard(*rows))


def status_line(item: PublicationView, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    """Say what has become of it."""
    mark = _MARKS[item.status]
    if item.status is PublicationStatus.SCHEDULED:
        if item.error_code == "quiet" and item.due_at > now:
            return t("queue-status-quiet", mark=mark, when=fmt.when(t, item.due_at, zone, now))
        if item.tries and item.due_at != item.scheduled_at:
            when = fmt.when(t, item.due_at, zone, now)
            return t(
                "queue-status-again", mark=mark, when=when, reason=fmt.short(item.error_message or "–", 300)
            )
        key = "queue-status-due" if item.scheduled_at < now else "queue-status-scheduled"
        return t(key, mark=mark, when=fmt.when(t, item.scheduled_at, zone, now))
    at = item.published_at or item.scheduled_at
    when = fmt.when(t, at, zone, now)
    if item.status is PublicationStatus.MISSED and item.error_code in {"quiet", "not_approved"}:
        return t(f"queue-status-missed-{item.error_code}", mark=mark, when=when)
    reason = fmt.short(item.error_message or item.error_code or "–", 300)
    return t(f"queue-status-{item.status.value}", mark=mark, when=when, reason=reason)


def _actions(item: PublicationView, t: Translator) -> list[Row]:
    identifier = item.publication_id
    pick = button(
        t.label("queue-reschedule"), PickTime(subject=Subject.PUBLICATION, id=identifier, version=0)
    )
    if item.status is PublicationStatus.SCHEDULED:
        return [
            [button(t.label("queue-now"), cb.PublishThisNow(publication=identifier)), pick],
            [
                button(t.label("queue-swap"), cb.OfferSwap(publication=identifier)),
                button(t.label("queue-cancel"), cb.CancelPublication(publication=identifier)),
            ],
        ]
    if item.status is PublicationStatus.FAILED:
        return [[button(t.label("resolve-retry"), resolve.Retry(publication=identifier)), pick]]
    if item.status is PublicationStatus.MISSED and item.error_code not in LATE_CODES:
        return [[pick]]
    if item.status is PublicationStatus.MISSED:
        return [
            [button(t.label("resolve-late-publish"), resolve.AcceptOne(publication=identifier)), pick],
            [button(t.label("resolve-late-skip"), resolve.SkipOne(publication=identifier))],
        ]
    if item.status is PublicationStatus.UNCERTAIN:
        return uncertain_rows(item, t)
    if item.status is PublicationStatus.PUBLISHED and item.url:
        return [[link(t.label("queue-open"), item.url)]]
    return []


def uncertain_rows(item: PublicationView, t: Translator) -> list[Row]:
    """Return the three answers to "did it go out?"."""
    identifier = item.publication_id
    return [
        [button(t.label("resolve-live"), resolve.ItIsLive(publication=identifier))],
        [button(t.label("resolve-again"), resolve.SendAgain(publication=identifier))],
        [button(t.label("resolve-look"), resolve.LookAgain(publication=identifier))],
    ]
