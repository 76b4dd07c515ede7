"""What can be done with received events? List them by product, type and outcome, read one, replay one, delete old ones."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, text, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound, Stale
from core.events.models import Event
from core.ids import new_id
from core.jobs.jobs import AutomationJob
from core.jobs.queue import ask
from core.products.models import Product
from core.settings import service as settings

REPLAY_OF = "replay_of"  # in the payload and the result of a replayed event: the first one's id
_BATCH = 1_000  # rows deleted by one statement


class Outcome(IntEnum):
    """What has become of an event; the numbers travel in buttons."""

    ANY = 0
    WAITING = 1
    STARTED = 2  # at least one automation
    NOTHING = 3  # it was looked at, and no automation wanted it


async def list_page(
    session: AsyncSession,
    *,
    product_id: uuid.UUID | None = None,
    event_type: str | None = None,
    outcome: Outcome = Outcome.ANY,
    offset: int = 0,
    limit: int = 8,
) -> list[tuple[Event, Product]]:
    """Return a page of the events with their products, the newest first."""
    query = (
        select(Event, Product)
        .join(Product, Product.id == Event.product_id)
        .where(_of(product_id, event_type), _became(outcome))
        .order_by(Event.received_at.desc(), Event.id.desc())
    )
    return [(row.Event, row.Product) for row in await session.execute(query.offset(offset).limit(limit))]


async def count(
    session: AsyncSession,
    *,
    product_id: uuid.UUID | None = None,
    event_type: str | None = None,
    outcome: Outcome = Outcome.ANY,
) -> int:
    """Return how many there are."""
    query = select(func.count(Event.id)).where(_of(product_id, event_type), _became(outcome))
    return await session.scalar(query) or 0


def outcome_of(event: Event) -> Outcome:
    """Return what has become of an event."""
    if not event.processed:
        return Outcome.WAITING
    return Outcome.STARTED if event.automations_triggered else Outcome.NOTHING


async def replay(
    session: AsyncSession, event_id: uuid.UUID, now: datetime, *, tap: str | None = None
) -> uuid.UUID:
    """Have an event looked at once more, as an event of its own that names the first; return its id.

    With a ``tap`` it is done once for each, however often it is asked. Raises ``NotFound``, and ``Stale`` the second time.
    """
    event, _ = await get(session, event_id)
    first = str(event.payload.get(REPLAY_OF) or event.id)
    values: dict[str, Any] = {
        "id": new_id(),
        "product_id": event.product_id,
        "event_type": event.event_type,
        "payload": event.payload | {REPLAY_OF: first},
        "result": {REPLAY_OF: first},
        "received_at": now,
        "delivery_id": None if tap is None else f"replay:{event.id}:{tap}",
    }
    made: uuid.UUID | None = await session.scalar(
        insert(Event).values(values).on_conflict_do_nothing().returning(Event.id)
    )
    if made is None:
        raise Stale("the event has been replayed by this tap already", event_id=event_id)
    ask(session, AutomationJob(event_id=made))
    return made


async def remove_expired(session: AsyncSession, now: datetime) -> int:
    """Delete some of what is older than the settings keep; returns how many. What still waits is kept."""
    days = (await settings.get(session, settings.Receiving)).keep_days
    if days is None:
        return 0
    old = (
        select(Event.id)
        .where(Event.received_at < now - timedelta(days=days), Event.processed)
        .order_by(Event.received_at)
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    )
    removed = await session.scalars(
        delete(Event).where(Event.id.in_(old.scalar_subquery())).returning(Event.id)
    )
    return len(removed.all())


async def get(session: AsyncSession, event_id: uuid.UUID) -> tuple[Event, Product]:
    """Return one with its product. Raises ``NotFound``."""
    query = select(Event, Product).join(Product, Product.id == Event.product_id)
    row = (await session.execute(query.where(Event.id == event_id))).one_or_none()
    if row is None:
        raise NotFound("there is no such event", event_id=event_id)
    return row.Event, row.Product


async def types(session: AsyncSession, product_id: uuid.UUID | None = None) -> Sequence[tuple[str, int]]:
    """Return the types that have come in, with how often, in alphabetical order."""
    query = select(Event.event_type, func.count(Event.id).label("n")).where(_of(product_id, None))
    rows = await session.execute(query.group_by(Event.event_type).order_by(Event.event_type))
    return [(row.event_type, row.n) for row in rows]


async def count_before(
    session: AsyncSession, before: datetime, *, product_id: uuid.UUID | None = None
) -> int:
    """Return how many were received before a moment."""
    query = select(func.count(Event.id)).where(_of(product_id, None), Event.received_at < before)
    return await session.scalar(query) or 0


async def remove_before(
    session: AsyncSession, before: datetime, *, product_id: uuid.UUID | None = None
) -> int:
    """Delete what was received before a moment; returns how many. The log of automation runs stays."""
    removed = await session.scalars(
        delete(Event).where(_of(product_id, None), Event.received_at < before).returning(Event.id)
    )
    return len(removed.all())


def _of(product_id: uuid.UUID | None, event_type: str | None) -> ColumnElement[bool]:
    by_product = Event.product_id == product_id if product_id is not None else true()
    return by_product & (Event.event_type == event_type if event_type is not None else true())


def _became(outcome: Outcome) -> ColumnElement[bool]:
    started = Event.automations_triggered != text("'[]'::jsonb")
    match outcome:
        case Outcome.WAITING:
            return Event.processed.is_(False)
        case Outcome.STARTED:
            return Event.processed & started
        case Outcome.NOTHING:
            return Event.processed & ~started
    return true()
