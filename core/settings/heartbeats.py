"""When was each part of NEXUS last alive?"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.settings.models import Heartbeat


async def beat(
    session: AsyncSession, name: str, now: datetime, detail: dict[str, Any] | None = None
) -> datetime | None:
    """Record that ``name`` is alive at ``now`` and return when it was alive before (None the first time)."""
    before = await last(session, name)
    row = insert(Heartbeat).values(name=name, beat_at=now, detail=detail)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[Heartbeat.name],
            set_={"beat_at": row.excluded.beat_at, "detail": row.excluded.detail},
        )
    )
    return before


async def leave(session: AsyncSession, name: str, process: str) -> None:
    """Take the sign of life of ``name`` away if ``process`` has left it: it is not to be missed."""
    mine = Heartbeat.detail["process"].astext == process
    await session.execute(delete(Heartbeat).where(Heartbeat.name == name, mine))


async def last(session: AsyncSession, name: str) -> datetime | None:
    """Return when ``name`` was last alive."""
    return await session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == name))


async def every(session: AsyncSession) -> dict[str, datetime]:
    """Return the last sign of life of every part, by name."""
    rows = await session.execute(select(Heartbeat.name, Heartbeat.beat_at).order_by(Heartbeat.name))
    return {row.name: row.beat_at for row in rows}


async def details(session: AsyncSession, *, since: datetime) -> dict[str, dict[str, Any]]:
    """Return what every part that was alive after ``since`` said of itself, by name."""
    rows = await session.execute(select(Heartbeat.name, Heartbeat.detail).where(Heartbeat.beat_at >= since))
    return {row.name: row.detail or {} for row in rows}
