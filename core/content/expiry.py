"""Which approvals have run out? They are taken back, and the owner is told once of each."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.content.models import Content, ContentStatus
from core.notifications import service as notifications
from core.notifications.models import NotificationKind

_BATCH = 100


async def expire(session: AsyncSession, now: datetime) -> int:
    """Make drafts of the contents whose approval has run out; what is planned from them waits. Returns how many.

    The row's lock and its status are the guard: two sweeps at once take each row once.
    """
    query = (
        select(Content)
        .where(Content.status == ContentStatus.READY, Content.approval_expires_at <= now)
        .order_by(Content.approval_expires_at)
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    )
    expired = list(await session.scalars(query))
    for content in expired:
        await notifications.notify(
            session,
            NotificationKind.APPROVAL_EXPIRED,
            payload={"content_id": str(content.id), "version": content.version},
            product_id=content.product_id,
            dedupe_key=f"approval:{content.id}:{content.version}:{content.approval_expires_at:%Y%m%d%H%M%S}",
        )
        content.status = ContentStatus.DRAFT
        content.approved_version = content.approved_at = content.approval_expires_at = None
    await session.flush()
    return len(expired)
