"""How does a milestone become a post? One draft for each, however often its button is tapped."""

import uuid

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import service as content_service
from core.content.models import Content
from core.errors import NotFound
from core.notifications.models import Notification, NotificationKind
from core.templates.kinds import PostKind

_NAMESPACE = uuid.UUID("5b0c7a0e-6a55-4b27-9d0f-2f1c6f1e8a11")  # of drafts that come from notifications


async def draft_of(session: AsyncSession, notification_id: uuid.UUID, idea: str) -> tuple[Content, bool]:
    """Return the milestone's draft, and whether it was made just now from ``idea``. Raises ``NotFound``."""
    row = await session.scalar(
        select(Notification)
        .where(Notification.id == notification_id, Notification.kind == NotificationKind.MILESTONE)
        .with_for_update()
    )
    if row is None or row.product_id is None:
        raise NotFound("there is no such milestone", notification_id=notification_id)
    content_id = uuid.uuid5(_NAMESPACE, str(notification_id))
    known = await session.get(Content, content_id)
    if known is not None:
        return known, False
    made = await content_service.create_draft(
        session,
        product_id=row.product_id,
        text=idea,
        idea=idea,
        content_type=PostKind.MILESTONE,
        content_id=content_id,
    )
    return made, True
