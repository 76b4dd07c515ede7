"""Wait: its time has come when it is done at all."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations.actions.work import Done, Work
from core.runtime import Runtime


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Any) -> Done:
    """Go on."""
    return Done({"waited_until": work.now.isoformat()})
