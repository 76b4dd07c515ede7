"""Pause: hold the automation, its product, or everything."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import service
from core.automations.actions.work import Done, Work
from core.automations.shapes.actions import Pause
from core.automations.shapes.registry import shape_of
from core.products import service as products
from core.publications import pausing
from core.runtime import Runtime


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Any) -> Done:
    """Hold it; what is held already stays so."""
    what = shape_of(work.step.action, Pause).what
    match what:
        case "automation":
            await service.switch(session, work.automation_id, on=False)
        case "product":
            await products.pause(session, work.product_id, now=work.now)
        case "everything":
            await pausing.pause_everything(session, now=work.now)
    return Done({"paused": what})
