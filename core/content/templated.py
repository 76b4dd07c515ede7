"""Which contents were made from a template, and what becomes of them when it goes?"""

import uuid

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.content.models import Content


async def count(session: AsyncSession, template_id: uuid.UUID) -> int:
    """Return how many contents were made from the template."""
    query = select(func.count()).select_from(Content).where(Content.template_id == template_id)
    return await session.scalar(query) or 0


async def detach(session: AsyncSession, template_id: uuid.UUID) -> None:
    """Let the contents that were made from the template stand on their own."""
    await session.execute(update(Content).where(Content.template_id == template_id).values(template_id=None))
