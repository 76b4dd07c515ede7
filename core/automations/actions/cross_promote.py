"""Cross-promote: write about it for another product, in that product's voice and for its channels."""

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import drafts, writing
from core.automations.actions.work import Outcome, Work
from core.automations.drafts import Proposal
from core.automations.shapes.actions import CrossPromote
from core.automations.shapes.registry import shape_of
from core.automations.writing import Commission
from core.products import service as products
from core.runtime import Runtime


async def prepare(runtime: Runtime, work: Work) -> Proposal:
    """Write it; the product it is about is a fact, too."""
    action = shape_of(work.step.action, CrossPromote)
    async with runtime.unit_of_work() as session:
        other = await writing.other_product(session, action.product)
        own = await products.get(session, work.product_id)
        about = {"product_name": own.name, "product_description": own.description or ""}
    commission = Commission(
        product_id=other,
        template=action.template,
        kind=action.kind,
        idea=action.idea,
        platforms=tuple(action.platforms),
        use_ai=action.use_ai,
    )
    return await writing.write(runtime, commission, {**work.known, "about": about})


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Proposal) -> Outcome:
    """Propose it for the other product."""
    return await drafts.propose(session, runtime, work, shape_of(work.step.action, CrossPromote), prepared)
