"""Branch: which way does the run go on? Decided once, on the facts of the occasion."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations.actions.work import Done, Work
from core.automations.conditions.evaluating import evaluate
from core.automations.shapes.conditions import Group, GroupKind
from core.automations.shapes.rule import ELSE, THEN
from core.runtime import Runtime


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Any) -> Done:
    """Keep the way with its reasons; a later look at it says the same."""
    verdict = evaluate(work.step.conditions or Group(GroupKind.ALL, ()), work.known)
    return Done({"way": THEN if verdict.held else ELSE, "conditions": verdict.tree})
