"""What does a consent look like by now? Loaded and drawn in one place, for the chat and for news of it."""

from datetime import datetime

from bot.i18n import Translator
from bot.screens.channels import consent_view as view
from bot.screens.channels import view as channel_view
from bot.screens.channels.words import Right
from bot.ui.screen import Screen
from core.channels import queries
from core.channels.models import ChannelConsent, ConsentStatus
from core.platforms.registry import title_of
from core.runtime import Runtime
from core.settings import first_run
from core.settings.first_run import Step


async def draw(
    runtime: Runtime, t: Translator, now: datetime, consent: ChannelConsent, offset: int = 0
) -> Screen:
    """Draw what became of the consent. Raises ``NotFound`` when its channel is gone since."""
    title = title_of(consent.platform, runtime.platforms)
    if consent.status == ConsentStatus.CHOOSING:
        async with runtime.unit_of_work() as session:
            waiting = await queries.waiting(session, consent.channel_id) if consent.channel_id else 0
        return view.choice(_model(consent, title, waiting), t, offset)
    if consent.status == ConsentStatus.DONE and consent.channel_id is not None:
        async with runtime.unit_of_work() as session:
            line = await queries.details(session, consent.channel_id)
            stands = await first_run.stands_at(session, empty=False)
        card = channel_view.channel(line, title, t, now)
        rights = [Right(**right) for right in consent.outcome.get("rights", ())]
        first = stands is not None and stands.step is Step.CHANNEL
        return view.connected(card, line.name, rights, t, first_run=first)
    return view.failed(_model(consent, title), t)


def _model(consent: ChannelConsent, title: str, waiting: int = 0) -> view.ConsentView:
    return view.ConsentView(
        consent.id, consent.product_id, consent.channel_id, consent.platform, title, consent.outcome, waiting
    )
