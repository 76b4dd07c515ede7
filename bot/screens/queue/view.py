"""What does the queue show? What goes out when, by day; and one publication with what can be done about it."""

from datetime import datetime, tzinfo
from itertools import groupby

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import SendCard
from bot.screens.home.callbacks import Home
from bot.screens.queue import callbacks as cb
from bot.screens.resolve import callbacks as resolve
from bot.screens.schedule.callbacks import PickTime, Subject
from bot.ui import format as fmt
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, button, grid, keyboard, link
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.publications.models import LATE_CODES, PublicationStatus
from core.publications.queries import PublicationView, QueuePage

_MARKS = {
    PublicationStatus.SCHEDULED: "🗓",
    PublicationStatus.PUBLISHING: "📤",
    PublicationStatus.PUBLISHED: "✅",
    PublicationStatus.FAILED: "❌",
    PublicationStatus.CANCELLED: "✖️",
    PublicationStatus.UNCERTAIN: "❔",
    PublicationStatus.MISSED: "⌛️",
}


def queue(page: QueuePage, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw a page of the queue."""
    home = button(t.label("ui-home"), Home())
    if not page.items:
        return Screen.of(t("queue-empty"), keyboard([home]))
    blocks = [t("queue-title", n=page.total)]
    for day, items in groupby(page.items, key=lambda item: fmt.day(t, item.scheduled_at, zone, now)):
        lines = [f"<b>{escape(day)}</b>", *(_line(item, t, zone) for item in items)]
        blocks.append(Markup("\n".join(lines)))
    numbers = [
        button(
            f"{_MARKS[item.status]} {fmt.clock(item.scheduled_at, zone)} #{item.content_number}",
            cb.OpenPublication(publication=item.publication_id),
        )
        for item in page.items
    ]
    arrows = pager(Page(page.offset, page.limit, page.total), lambda offset: cb.OpenQueue(offset=offset))
    refresh = button(t.label("ui-refresh"), cb.OpenQueue(offset=page.offset))
    return Screen.of("\n\n".join(blocks), keyboard(*grid(numbers, 2), arrows, [refresh, home]))


def _line(item: PublicationView, t: Translator, zone: tzinfo) -> Markup:
    return t(
        "queue-line",
        mark=_MARKS[item.status],
        time=fmt.clock(item.scheduled_at, zone),
        number=str(item.content_number),
        excerpt=fmt.short(item.excerpt),
        channel=fmt.short(item.channel_name, 40),
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
        [button(t.label("queue-card"), SendCard(content=item.content_id))],
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
            [button(t.label("queue-cancel"), cb.CancelPublication(publication=identifier))],
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
