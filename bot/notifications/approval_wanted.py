"""Approval wanted: an automation has made a draft; one tap approves it and plans it."""

from bot.notifications.telling import Telling, Told
from bot.screens.proposals import view
from bot.screens.proposals.loading import load_proposal


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    model = await load_proposal(telling.runtime, telling.id_of("content_id"))
    return Told(view.proposal(model, telling.t, telling.zone, telling.now))
