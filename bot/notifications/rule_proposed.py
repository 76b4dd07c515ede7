"""Rule proposed: the owner has edited AI's texts in the same way five times; the voice could learn it."""

from bot.notifications.telling import Telling, Told
from bot.screens.learning import view
from bot.screens.learning.loading import load_rule


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    model = await load_rule(telling.runtime, telling.id_of("proposal_id"))
    return Told(view.told(model, telling.t, telling.now))
