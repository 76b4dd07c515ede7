"""Consent: a platform's page was left, and the message with its link becomes what came of it."""

from bot.notifications.telling import Place, Telling, Told
from bot.screens.channels import consent_card
from core.channels import consents


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    async with telling.runtime.unit_of_work() as session:
        consent = await consents.get(session, telling.id_of("consent_id"))
    screen = await consent_card.draw(telling.runtime, telling.t, telling.now, consent)
    return Told(screen, place=Place(consent.chat_id, consent.message_id))
