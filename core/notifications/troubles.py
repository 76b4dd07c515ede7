"""What of NEXUS itself does not work? A row while it lasts: however many see it, the owner hears of it once.

Whoever sees trouble calls ``report`` as often as it sees it, and ``over`` as often as it sees none.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.db import locks
from core.db.locks import Lock
from core.errors import NotFound
from core.ids import new_id
from core.notifications import service as notifications
from core.notifications.models import Notification, NotificationKind, NotificationStatus, Trouble

_SAME = timedelta(minutes=15)  # what comes back sooner is the same trouble
_SHOWN = 20


async def report(
    session: AsyncSession,
    key: str,
    now: datetime,
    *,
    detail: Mapping[str, Any] | None = None,
    product_id: uuid.UUID | None = None,
    since: datetime | None = None,
) -> bool:
    """Say that ``key`` does not work (since a moment). Returns True for the first to say so.

    ``key`` names the thing ("part/scheduler", "redis", "signatures/<product>"), ``detail`` holds ids and numbers.
    """
    if await _is_open(session, key):
        return False
    await locks.hold(session, Lock.TROUBLES)
    if await _is_open(session, key):
        return False
    trouble = await _come_back(session, key, now)
    if trouble is None:
        trouble = Trouble(
            id=new_id(),
            key=key,
            detail=dict(detail or {}),
            product_id=product_id,
            began_at=since or now,
            times=1,
        )
        session.add(trouble)
        await session.flush()
    await _tell(session, NotificationKind.TROUBLE, trouble, now)
    return True


async def over(session: AsyncSession, key: str, now: datetime) -> bool:
    """Say that ``key`` works. Returns True when it did not until now."""
    ended: Trouble | None = await session.scalar(
        update(Trouble)
        .where(Trouble.key == key, Trouble.ended_at.is_(None))
        .values(ended_at=now)
        .returning(Trouble)
        .execution_options(populate_existing=True)
    )
    if ended is None:
        return False
    if not await _still_to_be_told(
        session, ended
    ):  # the one message then says both: that it was, and that it is over
        await _tell(session, NotificationKind.TROUBLE_OVER, ended, now)
    return True


async def record(session: AsyncSession, key: str, began: datetime, ended: datetime) -> bool:
    """Keep trouble that could not be told while it lasted, as that of the database; of several who saw it one does."""
    await locks.hold(session, Lock.TROUBLES)
    known = select(Trouble.id).where(
        Trouble.key == key,
        Trouble.began_at <= ended + _SAME,
        or_(Trouble.ended_at.is_(None), Trouble.ended_at >= began - _SAME),
    )
    if await session.scalar(known.limit(1)) is not None:
        return False
    trouble = Trouble(id=new_id(), key=key, detail={}, began_at=began, ended_at=ended, times=1)
    session.add(trouble)
    await session.flush()
    await _tell(session, NotificationKind.TROUBLE, trouble, ended)
    return True


async def get(session: AsyncSession, trouble_id: uuid.UUID) -> Trouble:
    """Return the trouble. Raises ``NotFound``."""
    trouble = await session.get(Trouble, trouble_id, populate_existing=True)
    if trouble is None:
        raise NotFound("there is no such trouble", trouble_id=trouble_id)
    return trouble


async def open_now(session: AsyncSession) -> Sequence[Trouble]:
    """Return what does not work, the oldest first."""
    found = await session.scalars(
        select(Trouble).where(Trouble.ended_at.is_(None)).order_by(Trouble.began_at).limit(_SHOWN)
    )
    return found.all()


async def _is_open(session: AsyncSession, key: str) -> bool:
    found = await session.scalar(select(Trouble.id).where(Trouble.key == key, Trouble.ended_at.is_(None)))
    return found is not None


async def _come_back(session: AsyncSession, key: str, now: datetime) -> Trouble | None:
    """Go on with what was over a moment ago, if there is such a thing."""
    last = (
        select(Trouble.id)
        .where(Trouble.key == key, Trouble.ended_at >= now - _SAME)
        .order_by(Trouble.began_at.desc())
        .limit(1)
    )
    again: Trouble | None = await session.scalar(
        update(Trouble)
        .where(Trouble.id == last.scalar_subquery())
        .values(ended_at=None, times=Trouble.times + 1)
        .returning(Trouble)
        .execution_options(populate_existing=True)
    )
    return again


async def _still_to_be_told(session: AsyncSession, trouble: Trouble) -> bool:
    waiting = select(Notification.id).where(
        Notification.dedupe_key == _key(NotificationKind.TROUBLE, trouble),
        Notification.status.in_([NotificationStatus.PENDING, NotificationStatus.SENDING]),
    )
    return await session.scalar(waiting) is not None


async def _tell(session: AsyncSession, kind: NotificationKind, trouble: Trouble, now: datetime) -> None:
    """Have the owner told; of what comes and goes less and less often: the 1st time, the 2nd, the 4th, the 8th…"""
    if trouble.times & (trouble.times - 1):
        return
    await notifications.notify(
        session,
        kind,
        payload={"trouble_id": str(trouble.id)},
        product_id=trouble.product_id,
        dedupe_key=_key(kind, trouble),
        priority="high",
        not_before=now,
    )


def _key(kind: NotificationKind, trouble: Trouble) -> str:
    return f"{kind.value}/{trouble.id}/{trouble.times}"
