"""Published: the post is live, with its link."""

from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.notifications.publication import load
from bot.notifications.telling import Telling, Told
from bot.screens.draft.callbacks import SendCard
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard, link
from bot.ui.screen import Screen
from core.publications.queries import PublicationView


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    item = await load(telling)
    return Told(view(item, telling.t, telling.zone, telling.now), item.content_id)


def view(item: PublicationView, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the notification."""
    text = t(
        "told-published",
        number=str(item.content_number),
        channel=item.outlet,
        when=fmt.moment(t, item.published_at or now, zone, now),
        excerpt=fmt.short(item.excerpt, 120) or "–",
    )
    if item.url:
        text = type(text)(f"{text}\n{t('told-link', url=item.url)}")
    return Screen.of(
        text,
        keyboard(
            [link(t.label("queue-open"), item.url) if item.url else None],
            [button(t.label("queue-card"), SendCard(content=item.content_id))],
        ),
    )
