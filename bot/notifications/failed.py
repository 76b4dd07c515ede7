"""Failed: the post was not published, with the buttons that fix it."""

from datetime import datetime, tzinfo

from bot.i18n import Markup, Translator
from bot.notifications.publication import load
from bot.notifications.telling import Telling, Told
from bot.screens.channels.callbacks import Reconnect
from bot.screens.draft.callbacks import SendCard
from bot.screens.queue.callbacks import OpenPublication
from bot.screens.resolve.callbacks import Retry
from bot.screens.schedule.callbacks import PickTime, Subject
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.publications.models import PublicationStatus
from core.publications.queries import PublicationView

# Kinds of trouble whose remedy is known; anything else gets the platform's own words and every button.
_HINTS = {
    "auth-expired": "told-failed-reconnect",
    "rejected": "told-failed-edit",
    "transient": "told-failed-retry",
}


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    item = await load(telling)
    return Told(view(item, telling.t, telling.zone, telling.now), item.content_id)


def view(item: PublicationView, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the notification; one that has been dealt with meanwhile only says so."""
    text = t(
        "told-failed",
        number=str(item.content_number),
        channel=item.outlet,
        excerpt=fmt.short(item.excerpt, 120) or "–",
        reason=fmt.short(item.error_message or item.error_code or "–", 500),
    )
    hint = _HINTS.get(item.error_code or "", "told-failed-any")
    identifier = item.publication_id
    open_ = [button(t.label("told-open"), OpenPublication(publication=identifier))]
    if item.status is not PublicationStatus.FAILED:
        return Screen.of(text, keyboard(open_))
    return Screen.of(
        Markup(f"{text}\n\n{t(hint)}"),
        keyboard(
            [
                button(t.label("channel-reconnect"), Reconnect(channel=item.channel_id))
                if item.error_code == "auth-expired"
                else None
            ],
            [
                button(t.label("resolve-retry"), Retry(publication=identifier)),
                button(t.label("draft-edit"), SendCard(content=item.content_id)),
            ],
            [
                button(
                    t.label("queue-reschedule"),
                    PickTime(subject=Subject.PUBLICATION, id=identifier, version=0),
                )
            ],
            open_,
        ),
    )
