"""Missed: a post did not go out in its time, because it was not approved any more or is skipped when late."""

from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.notifications.publication import load
from bot.notifications.telling import Telling, Told
from bot.screens.draft.callbacks import SendCard
from bot.screens.queue.callbacks import OpenPublication
from bot.screens.schedule.callbacks import PickTime, Subject
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.publications.models import PublicationStatus
from core.publications.queries import PublicationView


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    item = await load(telling)
    return Told(view(item, telling.t, telling.zone, telling.now), item.content_id)


def view(item: PublicationView, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the notification."""
    key = "told-missed-approval" if item.error_code == "not_approved" else "told-missed-late"
    text = t(
        key,
        number=str(item.content_number),
        channel=item.outlet,
        when=fmt.when(t, item.scheduled_at, zone, now),
        excerpt=fmt.short(item.excerpt, 120) or "–",
    )
    move = button(
        t.label("queue-reschedule"), PickTime(subject=Subject.PUBLICATION, id=item.publication_id, version=0)
    )
    return Screen.of(
        text,
        keyboard(
            [move if item.status is PublicationStatus.MISSED else None],
            [button(t.label("told-open"), OpenPublication(publication=item.publication_id))],
            [button(t.label("queue-card"), SendCard(content=item.content_id))],
        ),
    )
