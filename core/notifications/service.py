"""How is the owner told something without it being lost or told twice?"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.ids import new_id
from core.notifications.models import Notification, NotificationKind, NotificationStatus
from core.settings import service as settings

_URGENT = "high"
_LEASE = timedelta(minutes=2)  # a bot process that died while sending loses the row after this
_WAITING = Notification.status.in_([NotificationStatus.PENDING, NotificationStatus.SENDING])


async def notify(
    session: AsyncSession,
    kind: NotificationKind,
    *,
    payload: Mapping[str, Any],
    product_id: uuid.UUID | None = None,
    dedupe_key: str | None = None,
    priority: str = "normal",
    not_before: datetime | None = None,
) -> None:
    """Have the owner told. ``payload`` holds ids, the bot makes the text. The same ``dedupe_key`` is told once."""
    values: dict[str, Any] = {
        "kind": kind, "payload": dict(payload), "product_id": product_id, "dedupe_key": dedupe_key, "priority": priority,
    }  # fmt: skip
    if not_before is not None:
        values["not_before"] = not_before
    await session.execute(insert(Notification).values(**values).on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class News:
    """One of several things the owner is told of together; each was begun by something of its own."""

    product_id: uuid.UUID
    payload: Mapping[str, Any]
    correlation_id: str | None


async def notify_all(
    session: AsyncSession,
    kind: NotificationKind,
    news: Sequence[News],
    *,
    not_before: datetime,
) -> None:
    """Have the owner told of several things of one kind; as ``notify``."""
    if news:
        await session.execute(
            insert(Notification),
            [
                {
                    "kind": kind,
                    "product_id": one.product_id,
                    "payload": dict(one.payload),
                    "not_before": not_before,
                    "correlation_id": one.correlation_id,
                }
                for one in news
            ],
        )


async def get(session: AsyncSession, notification_id: uuid.UUID) -> Notification:
    """Return the notification a button stands under. Raises ``NotFound``."""
    notification = await session.get(Notification, notification_id)
    if notification is None:
        raise NotFound("there is no such notification", notification_id=notification_id)
    return notification


async def claim(session: AsyncSession, now: datetime, limit: int = 10) -> list[Notification]:
    """Take up to ``limit`` notifications to send, the urgent ones first; nobody else gets them while the lease runs."""
    due = (
        select(Notification.id)
        .where(
            _WAITING,
            Notification.not_before <= now,
            or_(Notification.held_until.is_(None), Notification.held_until <= now),
            or_(Notification.lease_until.is_(None), Notification.lease_until <= now),
        )
        .order_by(Notification.priority != _URGENT, Notification.created_at, Notification.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = await session.scalars(
        update(Notification)
        .where(Notification.id.in_(due.scalar_subquery()))
        .values(
            status=NotificationStatus.SENDING, lease_until=now + _LEASE, attempts=Notification.attempts + 1
        )
        .returning(Notification)
        .execution_options(populate_existing=True)
    )
    return sorted(claimed, key=lambda row: (row.priority != _URGENT, row.created_at, row.id))


async def claim_held(session: AsyncSession, now: datetime, limit: int) -> list[Notification]:
    """Take up to ``limit`` notifications whose quiet hours are over; those of one ``digest_id`` are told together.

    One that is alone has no digest. What could not be delivered keeps the digest it was in.
    """
    over = (
        select(Notification.id)
        .where(
            _WAITING,
            Notification.not_before <= now,
            Notification.held_until <= now,
            or_(Notification.lease_until.is_(None), Notification.lease_until <= now),
        )
        .order_by(Notification.created_at, Notification.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(await session.scalars(over))
    digest = new_id() if len(ids) > 1 else None
    claimed = await session.scalars(
        update(Notification)
        .where(Notification.id.in_(ids))
        .values(
            status=NotificationStatus.SENDING,
            lease_until=now + _LEASE,
            attempts=Notification.attempts + 1,
            digest_id=func.coalesce(Notification.digest_id, digest),
        )
        .returning(Notification)
        .execution_options(populate_existing=True)
    )
    return sorted(claimed, key=lambda row: (row.created_at, row.id))


async def share_fate(session: AsyncSession, lead: uuid.UUID, others: Sequence[uuid.UUID]) -> None:
    """Record of ``others`` what has just been recorded of ``lead``: they were one message."""
    row = await session.get_one(Notification, lead, populate_existing=True)
    await session.execute(
        update(Notification)
        .where(Notification.id.in_(others))
        .values(
            status=row.status, not_before=row.not_before, lease_until=row.lease_until, sent_to=row.sent_to,
            error_message=row.error_message, sent_at=row.sent_at,
        )
    )  # fmt: skip


async def of_digest(session: AsyncSession, digest_id: uuid.UUID) -> Sequence[Notification]:
    """Return what is told in one digest, in its order."""
    rows = await session.scalars(
        select(Notification)
        .where(Notification.digest_id == digest_id)
        .order_by(Notification.created_at, Notification.id)
    )
    return rows.all()


async def mark_sent(
    session: AsyncSession, notification_id: uuid.UUID, sent_to: Mapping[int, int], now: datetime
) -> None:
    """Record that the notification reached ``sent_to`` ({chat id: message id})."""
    await session.execute(
        update(Notification)
        .where(Notification.id == notification_id)
        .values(
            status=NotificationStatus.SENT,
            sent_at=now,
            lease_until=None,
            error_message=None,
            sent_to=_stored(sent_to),
        )
    )


async def mark_muted(session: AsyncSession, notification_id: uuid.UUID, now: datetime) -> None:
    """Record that nobody was told, because the owner does not want news of this kind."""
    await session.execute(
        update(Notification)
        .where(Notification.id == notification_id)
        .values(status=NotificationStatus.MUTED, sent_at=now, lease_until=None, error_message=None)
    )


async def hold(session: AsyncSession, notification_id: uuid.UUID, until: datetime) -> None:
    """Let the notification wait for the end of quiet hours; it has not been tried."""
    await session.execute(
        update(Notification)
        .where(Notification.id == notification_id)
        .values(
            status=NotificationStatus.PENDING,
            held_until=until,
            lease_until=None,
            attempts=Notification.attempts - 1,
        )
    )


async def release(session: AsyncSession) -> None:
    """Look anew at everything that waits for the end of quiet hours: they have been changed."""
    await session.execute(
        update(Notification).where(_WAITING, Notification.held_until.is_not(None)).values(held_until=None)
    )


async def tell_of_unreadable_settings(session: AsyncSession, now: datetime) -> None:
    """Have the owner told, once, of what in the settings cannot be read; as long as it is the same, not again."""
    for key, faults in (await settings.faults(session)).items():
        said = "\n".join(sorted(f"{fault.name}={fault.value}" for fault in faults))
        known = hashlib.sha256(said.encode()).hexdigest()[:32]
        await notify(
            session,
            NotificationKind.SETTINGS_UNREADABLE,
            payload={"group": key, "fields": [fault.name for fault in faults]},
            dedupe_key=f"settings/{key}/{known}",
            not_before=now,
        )


async def mark_failed(
    session: AsyncSession,
    notification_id: uuid.UUID,
    reason: str,
    retry_at: datetime | None,
    *,
    sent_to: Mapping[int, int] | None = None,
) -> None:
    """Record a failed delivery; it is tried again at ``retry_at``, or given up when None.

    ``sent_to`` are the chats that have it already and are not to be told again.
    """
    status = NotificationStatus.FAILED if retry_at is None else NotificationStatus.PENDING
    values: dict[str, Any] = {"status": status, "lease_until": None, "error_message": reason[:2000]}
    if retry_at is not None:
        values["not_before"] = retry_at
    if sent_to is not None:
        values["sent_to"] = _stored(sent_to)
    await session.execute(update(Notification).where(Notification.id == notification_id).values(**values))


async def held(session: AsyncSession, now: datetime) -> int:
    """Return how many notifications wait for the end of quiet hours."""
    count = await session.scalar(select(func.count()).where(_WAITING, Notification.held_until > now))
    return count or 0


async def muted_since(session: AsyncSession, since: datetime) -> int:
    """Return of how many things the owner has not been told since, because their kinds are switched off."""
    query = select(func.count()).where(
        Notification.status == NotificationStatus.MUTED, Notification.sent_at >= since
    )
    return await session.scalar(query) or 0


async def undelivered(session: AsyncSession) -> int:
    """Return how many notifications have failed at least once and are not delivered; `/status` shows it."""
    count = await session.scalar(
        select(func.count()).where(
            Notification.status.not_in([NotificationStatus.SENT, NotificationStatus.MUTED]),
            Notification.error_message.is_not(None),
        )
    )
    return count or 0


def _stored(sent_to: Mapping[int, int]) -> dict[str, int]:
    return {str(chat): message for chat, message in sent_to.items()}
