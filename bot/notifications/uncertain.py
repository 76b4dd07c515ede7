"""Uncertain: the request left and no answer came; the owner says whether the post is live."""

from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.notifications.publication import load
from bot.notifications.telling import Telling, Told
from bot.screens.queue.callbacks import OpenPublication
from bot.screens.queue.view import uncertain_rows
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
    """Draw the question; nothing is sent again before it is answered."""
    text = t(
        "told-uncertain",
        number=str(item.content_number),
        channel=item.outlet,
        excerpt=fmt.short(item.excerpt, 200) or "–",
    )
    if item.status is not PublicationStatus.UNCERTAIN:
        return Screen.of(
            text, keyboard([button(t.label("told-open"), OpenPublication(publication=item.publication_id))])
        )
    return Screen.of(text, keyboard(*uncertain_rows(item, t)))
