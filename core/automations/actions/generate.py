"""Generate: write a post about what has happened, in the product's voice, and propose it."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import drafts, pictures, writing
from core.automations.actions.work import Outcome, Work
from core.automations.drafts import Proposal
from core.automations.shapes.actions import Generate
from core.automations.shapes.registry import shape_of
from core.automations.writing import Commission
from core.runtime import Runtime


async def prepare(runtime: Runtime, work: Work) -> Proposal:
    """Write it. A crash on the way costs a second writing, and nothing that can be seen."""
    action = shape_of(work.step.action, Generate)
    commission = Commission(
        product_id=work.product_id,
        template=action.template,
        kind=action.kind,
        idea=action.idea,
        platforms=tuple(action.platforms),
        facts=action.facts_wanted,
        use_ai=action.use_ai,
    )
    proposal = await writing.write(runtime, commission, work.known)
    if action.media is None:
        return proposal
    picture = await pictures.fetch(runtime, action.media, work.known)
    if picture.problem is None:
        return replace(proposal, media=picture.items)
    because = proposal.asks_because or pictures.PROBLEM
    return replace(proposal, asks_because=because, picture_problem=picture.problem)


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Proposal) -> Outcome:
    """Save the draft under the step's key and ask for its approval, or approve it by the rule."""
    return await drafts.propose(session, runtime, work, shape_of(work.step.action, Generate), prepared)
