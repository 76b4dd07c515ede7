"""How does an update survive a crash? It is stored before Telegram may forget it, claimed, handled, and then emptied."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import cast, delete, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.inbox.models import TelegramUpdate
from core.notifications import service as notifications
from core.notifications.models import NotificationKind

log = structlog.get_logger(__name__)

CHANNEL = "nexus_updates"  # PostgreSQL tells whoever listens there that something has come
ATTEMPTS = 3  # an update that was in hand each time the process died is not tried a fourth time
FORGET_BATCH = 5000  # rows in one transaction; fewer of them mean that no more are left

_KEPT = timedelta(days=2)  # Telegram repeats what was not confirmed for one
_ABANDONED = timedelta(minutes=10)  # in the hands of a process that no longer leads
_LARGEST_ID = 2**63 - 1

HANDLED, SET_ASIDE = "handled", "set_aside"


@dataclass(frozen=True, slots=True)
class Claimed:
    """An update that this process is to handle."""

    update_id: int
    body: str
    attempts: int
    received_at: datetime
    before: dict[str, Any] = field(default_factory=dict)  # see ``keep_before``


def is_update(found: object) -> bool:
    """Tell whether ``found`` has what every update has: a number of its own."""
    number = found.get("update_id") if isinstance(found, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= _LARGEST_ID


async def store(session: AsyncSession, bot_id: int, updates: Sequence[Mapping[str, Any]]) -> int:
    """Keep ``updates`` and return how many were new; those known already are ignored."""
    if not updates:
        return 0
    rows = [
        {"bot_id": bot_id, "update_id": one["update_id"], "body": json.dumps(one, separators=(",", ":"))}
        for one in updates
    ]
    new = await session.scalars(
        insert(TelegramUpdate).values(rows).on_conflict_do_nothing().returning(TelegramUpdate.update_id)
    )
    count = len(list(new))
    if count:
        await session.execute(select(func.pg_notify(CHANNEL, "")))
    return count


async def take_over(session: AsyncSession, bot_id: int, holder: str) -> int:
    """Free what a process before this one had in hand, and return how much that is."""
    freed = await session.scalars(
        update(TelegramUpdate)
        .where(
            TelegramUpdate.bot_id == bot_id,
            TelegramUpdate.ended_at.is_(None),
            TelegramUpdate.holder != holder,
        )
        .values(holder=None)
        .returning(TelegramUpdate.update_id)
    )
    return len(list(freed))


async def claim(session: AsyncSession, bot_id: int, holder: str, now: datetime, limit: int) -> list[Claimed]:
    """Take up to ``limit`` updates, the oldest first; what has killed the process too often is set aside instead."""
    free = or_(
        TelegramUpdate.holder.is_(None),
        (TelegramUpdate.holder != holder) & (TelegramUpdate.claimed_at < now - _ABANDONED),
    )
    rows = await session.scalars(
        select(TelegramUpdate)
        .where(TelegramUpdate.bot_id == bot_id, TelegramUpdate.ended_at.is_(None), free)
        .order_by(TelegramUpdate.update_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = []
    for row in rows:
        if row.attempts >= ATTEMPTS:
            await _set_aside(session, row, now)
            continue
        row.holder, row.claimed_at, row.attempts = holder, now, row.attempts + 1
        claimed.append(
            Claimed(row.update_id, row.body or "", row.attempts, row.received_at, row.before or {})
        )
    return claimed


async def end(session: AsyncSession, bot_id: int, update_id: int, now: datetime) -> None:
    """Say that an update was handled. What it said is not kept: it may hold a password the owner has pasted."""
    await session.execute(
        update(TelegramUpdate)
        .where(TelegramUpdate.bot_id == bot_id, TelegramUpdate.update_id == update_id)
        .values(ended_at=now, outcome=HANDLED, body=None, before=None)
    )


async def keep_before(
    session: AsyncSession, bot_id: int, update_id: int, key: str, state: str | None, data: Mapping[str, Any]
) -> None:
    """Keep how the conversation ``key`` stood before the update changed it; what is kept already is older, and stays."""
    before = func.coalesce(TelegramUpdate.before, cast({}, JSONB))
    await session.execute(
        update(TelegramUpdate)
        .where(
            TelegramUpdate.bot_id == bot_id,
            TelegramUpdate.update_id == update_id,
            TelegramUpdate.ended_at.is_(None),
        )
        .values(before=cast({key: {"state": state, "data": dict(data)}}, JSONB).op("||")(before))
    )


async def is_newest_in_hand(session: AsyncSession, bot_id: int, update_id: int) -> bool:
    """Tell whether nothing that came later has been handled: what was kept before it then still counts."""
    later = select(TelegramUpdate.update_id).where(
        TelegramUpdate.bot_id == bot_id,
        TelegramUpdate.update_id > update_id,
        TelegramUpdate.ended_at.is_not(None),
    )
    return await session.scalar(later.limit(1)) is None


async def forget(session: AsyncSession, now: datetime) -> int:
    """Delete a batch of rows that Telegram will not repeat any more, and return how many."""
    key = (TelegramUpdate.bot_id, TelegramUpdate.update_id)
    old = select(*key).where(TelegramUpdate.ended_at < now - _KEPT).limit(FORGET_BATCH)
    gone = await session.scalars(
        delete(TelegramUpdate).where(tuple_(*key).in_(old)).returning(TelegramUpdate.update_id)
    )
    return len(list(gone))


async def _set_aside(session: AsyncSession, row: TelegramUpdate, now: datetime) -> None:
    log.error("update_set_aside", update_id=row.update_id, attempts=row.attempts)
    row.ended_at, row.outcome, row.body, row.before = now, SET_ASIDE, None, None
    await notifications.notify(
        session,
        NotificationKind.UPDATE_SET_ASIDE,
        payload={"attempts": row.attempts, "received_at": row.received_at.isoformat()},
        dedupe_key=f"update/{row.bot_id}/{row.update_id}",
    )
