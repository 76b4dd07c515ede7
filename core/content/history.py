"""Which versions does a content have? Each with when, by whom and why; what was rejected keeps the owner's reason."""

import uuid

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.content.models import ContentVersion


async def page(
    session: AsyncSession, content_id: uuid.UUID, *, offset: int = 0, limit: int = 6
) -> list[ContentVersion]:
    """Return a page of the versions, the newest first."""
    query = select(ContentVersion).where(ContentVersion.content_id == content_id)
    return list(
        await session.scalars(query.order_by(ContentVersion.version.desc()).offset(offset).limit(limit))
    )


async def count(session: AsyncSession, content_id: uuid.UUID) -> int:
    """Return how many versions are kept."""
    query = select(func.count()).where(ContentVersion.content_id == content_id)
    return await session.scalar(query) or 0


async def note_rejection(session: AsyncSession, content_id: uuid.UUID, version: int, reason: str) -> None:
    """Keep with ``version`` what the owner said was wrong with it."""
    await session.execute(
        update(ContentVersion)
        .where(ContentVersion.content_id == content_id, ContentVersion.version == version)
        .values(rejected_because=reason)
    )
