"""What can be done with received events? List them by product and type, read one, delete old ones."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.events.models import Event
from core.products.models import Product


async def list_page(
    session: AsyncSession,
    *,
    product_id: uuid.UUID | None = None,
    event_type: str | None = None,
    offset: int = 0,
    limit: int = 8,
) -> list[tuple[Event, Product]]:
    """Return a page of the events with their products, the newest first."""
    query = (
        select(Event, Product)
        .join(Product, Product.id == Event.product_id)
        .where(_of(product_id, event_type))
        .order_by(Event.received_at.desc(), Event.id.desc())
    )
    return [(row.Event, row.Product) for row in await session.execute(query.offset(offset).limit(limit))]


async def count(
    session: AsyncSession, *, product_id: uuid.UUID | None = None, event_type: str | None = None
) -> int:
    """Return how many there are."""
    return await session.scalar(select(func.count(Event.id)).where(_of(product_id, event_type))) or 0


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
