"""Which news goes by which other way, and how far has it come? One row for each, beside the notification's own."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ColumnElement, exists, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.config import Settings
from core.notifications.models import (
    Notification,
    NotificationDelivery,
    NotificationKind,
    NotificationStatus,
)
from core.settings import service as settings
from core.settings.service import SettingsGroup

_LEASE = timedelta(minutes=3)
_NEW = timedelta(days=3)  # what is older has lost its interest for a letter
_FIRST_RETRY, _LAST_RETRY = timedelta(minutes=1), timedelta(hours=1)
_TRIES = 24  # then it is given up: the first hour in seven tries, an hour apart after that
# Redraws one message of the chat; there is nothing to tell anybody else.
_ONLY_TELEGRAM = (NotificationKind.CONSENT,)
_WAITING = NotificationDelivery.status.in_([NotificationStatus.PENDING, NotificationStatus.SENDING])


class Way(StrEnum):
    """A way beside Telegram."""

    EMAIL = "email"
    WEBHOOK = "webhook"


class Opened(SettingsGroup):
    """Since when each way is open: what was told before is not sent again. Not one of the groups that are exported."""

    key: ClassVar[str] = "alert_ways"
    email: datetime | None = None
    webhook: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that is ours while the lease runs."""

    id: uuid.UUID
    attempts: int
    notification: Notification


@dataclass(frozen=True, slots=True)
class Stuck:
    """What one way could not deliver so far, and what was said the last time."""

    way: Way
    count: int
    reason: str


def configured(env: Settings, to: Sequence[str]) -> set[Way]:
    """Return the ways that are set up; ``to`` are those who get letters."""
    ways = set()
    if env.smtp_url is not None and to:
        ways.add(Way.EMAIL)
    if env.alert_webhook_url is not None and env.alert_webhook_secret is not None:
        ways.add(Way.WEBHOOK)
    return ways


async def enrol(session: AsyncSession, ways: Collection[Way], now: datetime) -> None:
    """Make a row for all news that has none yet, for each open way; what a way missed while it was shut is let go."""
    opened = await settings.get(session, Opened)
    changed = {
        way.value: now.isoformat() if way in ways else None
        for way in Way
        if (getattr(opened, way.value) is not None) != (way in ways)
    }
    if changed:
        opened = await settings.change(session, Opened, **changed)
    for way in ways:
        since = getattr(opened, way.value) or now
        fresh = select(
            func.gen_random_uuid(), Notification.id, literal(way.value), Notification.not_before
        ).where(
            Notification.created_at >= max(since, now - _NEW),
            Notification.kind.not_in(_ONLY_TELEGRAM),
            ~exists().where(
                NotificationDelivery.notification_id == Notification.id, NotificationDelivery.way == way.value
            ),
        )
        rows = insert(NotificationDelivery).from_select(["id", "notification_id", "way", "not_before"], fresh)
        await session.execute(rows.on_conflict_do_nothing())


async def claim(session: AsyncSession, way: Way, now: datetime, limit: int) -> list[Claimed]:
    """Take up to ``limit`` deliveries that are due; nobody else gets them while the lease runs."""
    due = (
        select(NotificationDelivery.id)
        .where(
            _WAITING,
            NotificationDelivery.way == way.value,
            NotificationDelivery.not_before <= now,
            or_(NotificationDelivery.lease_until.is_(None), NotificationDelivery.lease_until <= now),
        )
        .order_by(NotificationDelivery.created_at, NotificationDelivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = (
        await session.execute(
            update(NotificationDelivery)
            .where(NotificationDelivery.id.in_(due.scalar_subquery()))
            .values(
                status=NotificationStatus.SENDING,
                lease_until=now + _LEASE,
                attempts=NotificationDelivery.attempts + 1,
            )
            .returning(
                NotificationDelivery.id, NotificationDelivery.attempts, NotificationDelivery.notification_id
            )
        )
    ).all()
    found = await session.scalars(
        select(Notification).where(Notification.id.in_([row.notification_id for row in claimed]))
    )
    news = {row.id: row for row in found}
    taken = [Claimed(row.id, row.attempts, news[row.notification_id]) for row in claimed]
    return sorted(taken, key=lambda one: (one.notification.created_at, one.notification.id))


async def sent(session: AsyncSession, ids: Collection[uuid.UUID], now: datetime) -> None:
    """Record that these have arrived."""
    await _set(session, ids, status=NotificationStatus.SENT, sent_at=now, error_message=None)


async def muted(session: AsyncSession, ids: Collection[uuid.UUID], now: datetime) -> None:
    """Record that these are not wanted."""
    await _set(session, ids, status=NotificationStatus.MUTED, sent_at=now, error_message=None)


async def dropped(session: AsyncSession, ids: Collection[uuid.UUID], reason: str) -> None:
    """Record that these have become pointless."""
    await _set(session, ids, status=NotificationStatus.MUTED, error_message=reason[:2000])


async def hold(session: AsyncSession, ids: Collection[uuid.UUID], until: datetime) -> None:
    """Let these wait; they have not been tried."""
    await _set(
        session,
        ids,
        status=NotificationStatus.PENDING,
        not_before=until,
        attempts=NotificationDelivery.attempts - 1,
    )


async def failed(session: AsyncSession, item: Claimed, reason: str, now: datetime) -> bool:
    """Record a failed try; it comes again later and later, and is given up in the end. Returns whether it comes again."""
    again = item.attempts < _TRIES
    delay = min(_FIRST_RETRY * 2 ** min(item.attempts - 1, 10), _LAST_RETRY)
    values: dict[str, object] = {"status": NotificationStatus.PENDING, "not_before": now + delay}
    await _set(
        session,
        [item.id],
        error_message=reason[:2000],
        **(values if again else {"status": NotificationStatus.FAILED}),
    )
    return again


async def stuck(session: AsyncSession, now: datetime) -> list[Stuck]:
    """Return what could not be delivered so far, by way; what was given up is forgotten after three days."""
    open_: ColumnElement[bool] = NotificationDelivery.status.not_in(
        [NotificationStatus.SENT, NotificationStatus.MUTED]
    )
    rows = await session.execute(
        select(
            NotificationDelivery.way,
            func.count().label("number"),
            func.max(NotificationDelivery.error_message).label("reason"),
        )
        .where(
            open_,
            NotificationDelivery.error_message.is_not(None),
            NotificationDelivery.created_at > now - _NEW,
        )
        .group_by(NotificationDelivery.way)
        .order_by(NotificationDelivery.way)
    )
    return [Stuck(Way(row.way), row.number, row.reason) for row in rows]


async def _set(session: AsyncSession, ids: Collection[uuid.UUID], **values: object) -> None:
    await session.execute(
        update(NotificationDelivery)
        .where(NotificationDelivery.id.in_(ids))
        .values(lease_until=None, **values)
    )
