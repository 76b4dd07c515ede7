"""What is the owner told about publications? Rows for the bot process to send, written in the caller's transaction."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db import locks
from core.db.locks import Lock
from core.notifications import service as notifications
from core.notifications.models import Notification, NotificationKind, NotificationStatus
from core.publications.models import LateCause


async def about(
    session: AsyncSession,
    kind: NotificationKind,
    product_id: uuid.UUID,
    publication_id: uuid.UUID,
    now: datetime,
) -> None:
    """Tell what became of one publication. The caller's guarded transition makes it once."""
    urgent = kind in {NotificationKind.FAILED, NotificationKind.UNCERTAIN}
    await notifications.notify(
        session,
        kind,
        payload={"publication_id": str(publication_id)},
        product_id=product_id,
        priority="high" if urgent else "normal",
        not_before=now,
    )


async def channel_error(
    session: AsyncSession, product_id: uuid.UUID, channel_id: uuid.UUID, now: datetime
) -> None:
    """Tell that a channel must be connected again. The caller does so only when that is news."""
    await notifications.notify(
        session,
        NotificationKind.CHANNEL_ERROR,
        payload={"channel_id": str(channel_id)},
        product_id=product_id,
        priority="high",
        not_before=now,
    )


async def late(
    session: AsyncSession, publication_ids: Sequence[uuid.UUID], cause: LateCause, now: datetime
) -> None:
    """Ask what to do with posts that came too late: one digest, joined to the one that is not sent yet."""
    ids = [str(publication_id) for publication_id in publication_ids]
    await locks.hold(session, Lock.LATE_DIGEST)
    waiting = await session.scalar(
        select(Notification)
        .where(Notification.kind == NotificationKind.LATE, Notification.status == NotificationStatus.PENDING)
        .order_by(Notification.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if waiting is None:
        await notifications.notify(
            session,
            NotificationKind.LATE,
            payload={"publication_ids": ids, "causes": [cause.value]},
            not_before=now,
        )
        return
    known = [str(known_id) for known_id in waiting.payload.get("publication_ids", [])]
    causes = {*waiting.payload.get("causes", [""]), cause.value}  # an older row does not know its own
    waiting.payload = waiting.payload | {
        "publication_ids": known + [new for new in ids if new not in known],
        "causes": sorted(causes),
    }
    await session.flush()
