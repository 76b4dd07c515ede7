"""Approval expired: a post was approved and not published in time, so it wants another look."""

from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.draft.callbacks import Approve, SendCard
from bot.ui import format as fmt
from bot.ui.keyboard import Style, button, keyboard
from bot.ui.screen import Screen
from core.content import queries
from core.content.models import ContentStatus
from core.content.queries import CardView
from core.publications.models import PublicationStatus
from core.text import markdown

_EXCERPT = 400  # characters


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    async with telling.runtime.unit_of_work() as session:
        card = await queries.card(session, telling.id_of("content_id"), telling.runtime.platforms)
    version = int(telling.payload["version"])
    return Told(view(card, version, telling.t, telling.zone, telling.now), card.content_id)


def view(card: CardView, version: int, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the notification; approving again is one tap while the version is still the one that was approved."""
    planned = min(
        (
            channel.scheduled_at
            for channel in card.channels
            if channel.publication_status is PublicationStatus.SCHEDULED and channel.scheduled_at is not None
        ),
        default=None,
    )
    excerpt = fmt.short(markdown.parse(card.text[:_EXCERPT]).text, 120) or "–"
    number = str(card.number)
    text = (
        t("told-approval-expired", number=number, excerpt=excerpt)
        if planned is None
        else t(
            "told-approval-expired-planned",
            number=number,
            excerpt=excerpt,
            when=fmt.when(t, planned, zone, now),
        )
    )
    again = Approve(content=card.content_id, version=version)
    offered = card.status is ContentStatus.DRAFT and card.version == version and not card.blocked
    return Screen.of(
        text,
        keyboard(
            [button(t.label("told-approve-again"), again, style=Style.SUCCESS) if offered else None],
            [button(t.label("queue-card"), SendCard(content=card.content_id))],
        ),
    )
