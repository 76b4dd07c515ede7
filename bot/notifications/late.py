"""Late: after an outage, one digest of everything whose time has passed, with choices instead of a burst."""

import uuid
from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.home.callbacks import Home
from bot.screens.queue.callbacks import OpenPublication, OpenQueue
from bot.screens.resolve.callbacks import AcceptAll, ChooseLate, SkipAll
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen
from core.errors import NotFound
from core.publications import queries
from core.publications.models import LateCause, PublicationStatus
from core.publications.queries import PublicationView

_SHOWN = 10  # posts named in the digest; the rest are counted
_CHOICES = 40  # buttons; Telegram allows a hundred, a thumb fewer


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    items = []
    causes = telling.payload.get("causes", [])
    cause = LateCause(causes[0]) if len(causes) == 1 and causes[0] in set(LateCause) else None
    async with telling.runtime.unit_of_work() as session:
        for identifier in telling.payload["publication_ids"]:
            try:
                items.append(await queries.details(session, uuid.UUID(str(identifier))))
            except NotFound:
                continue  # deleted with its product since
    return Told(digest(items, telling.notification_id, telling.t, telling.zone, telling.now, cause))


def digest(
    items: Sequence[PublicationView],
    notification_id: uuid.UUID,
    t: Translator,
    zone: tzinfo,
    now: datetime,
    cause: LateCause | None = None,
) -> Screen:
    """Draw the digest; ``cause`` when all of them are late for the same reason."""
    lines = [t("told-late", n=len(items), cause=cause.value if cause else "several"), ""]
    lines += [_line(item, t, zone, now) for item in items[:_SHOWN]]
    if len(items) > _SHOWN:
        lines.append(t("told-late-more", n=len(items) - _SHOWN))
    return Screen.of(
        "\n".join(lines),
        keyboard(
            [button(t.label("resolve-late-publish-all"), AcceptAll(notification=notification_id))],
            [button(t.label("resolve-late-choose"), ChooseLate(notification=notification_id))],
            [button(t.label("resolve-late-skip-all"), SkipAll(notification=notification_id))],
        ),
    )


def late_choice(items: Sequence[PublicationView], t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """List a digest's posts as they stand now, each a button to decide about it."""
    open_ = [item for item in items if item.status is PublicationStatus.MISSED]
    lines = [t("told-late-choose", n=len(open_)) if open_ else t("told-late-decided"), ""]
    lines += [_line(item, t, zone, now) for item in items[:_SHOWN]]
    buttons = [
        button(f"#{item.content_number}", OpenPublication(publication=item.publication_id))
        for item in open_[:_CHOICES]
    ]
    home = [button(t.label("queue-back"), OpenQueue()), button(t.label("ui-home"), Home())]
    return Screen.of("\n".join(lines), keyboard(*grid(buttons, 4), home))


def _line(item: PublicationView, t: Translator, zone: tzinfo, now: datetime) -> str:
    return t(
        "told-late-line",
        number=str(item.content_number),
        when=fmt.when(t, item.scheduled_at, zone, now),
        channel=item.outlet,
        excerpt=fmt.short(item.excerpt),
        state=t(f"told-late-{item.status.value}"),
    )
