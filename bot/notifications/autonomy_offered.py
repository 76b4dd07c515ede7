"""Autonomy offered: a rule was right so often that it could act by itself."""

from bot.notifications.telling import Telling, Told
from bot.screens.proposals import view
from bot.screens.proposals.loading import load_rule


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    rule = await load_rule(telling.runtime, telling.id_of("automation_id"))
    streak, version = int(telling.payload["streak"]), int(telling.payload["version"])
    return Told(view.offer(rule, streak, version, telling.t))
