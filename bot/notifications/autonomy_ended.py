"""Autonomy ended: a rule asks again, and why."""

from bot.notifications.telling import Telling, Told
from bot.screens.proposals import view
from bot.screens.proposals.loading import load_rule


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    rule = await load_rule(telling.runtime, telling.id_of("automation_id"))
    return Told(view.ended(rule, str(telling.payload["why"]), telling.t))
