"""What has to be loaded for a proposal, and for the news of a rule?"""

import uuid

from bot.screens.proposals.view import Proposed, Rule
from core.automations import deciding, service
from core.automations.models import DraftOutcome
from core.content import queries
from core.errors import NotFound
from core.runtime import Runtime


async def load_proposal(runtime: Runtime, content_id: uuid.UUID) -> Proposed:
    """Load a draft with the rule that made it. Raises ``NotFound``."""
    async with runtime.unit_of_work() as session:
        made = await deciding.of_content(session, content_id)
        if made is None:
            raise NotFound("no automation made this draft", content_id=content_id)
        automation, product = await service.get(session, made.automation_id)
        card = await queries.card(session, content_id, runtime.platforms)
    rule = Rule(automation.id, automation.name, product.name, automation.version)
    return Proposed(
        card=card,
        rule=rule,
        version=made.version,
        outcome=DraftOutcome(made.outcome),
        scheduling=str(made.wish.get("scheduling", "optimal")),
        asked_because=made.asked_because,
        decides_at=made.decides_at,
        on_timeout=made.on_timeout,
    )


async def load_rule(runtime: Runtime, automation_id: uuid.UUID) -> Rule:
    """Load a rule. Raises ``NotFound``."""
    async with runtime.unit_of_work() as session:
        automation, product = await service.get(session, automation_id)
    mode = str(automation.options.get("mode", "ask"))
    return Rule(automation.id, automation.name, product.name, automation.version, mode)
