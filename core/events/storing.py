"""How do events become rows? Those that arrive together with one statement, each answered after the commit."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from core.events.arrival import Arrival
from core.ids import new_id

# In one order, or two groups of two processes that hold the same deliveries could wait for each other.
_INSERT = text("""
INSERT INTO events (id, product_id, event_type, payload, delivery_id, received_at)
SELECT * FROM unnest(
    CAST(:ids AS uuid[]), CAST(:products AS uuid[]), CAST(:types AS text[]), CAST(:payloads AS jsonb[]),
    CAST(:deliveries AS text[]), CAST(:moments AS timestamptz[])
) AS given (id, product_id, event_type, payload, delivery_id, received_at)
ORDER BY product_id, delivery_id
ON CONFLICT (product_id, delivery_id) WHERE delivery_id IS NOT NULL DO NOTHING
RETURNING id
""")
_FIRST = text("""
SELECT events.id, events.product_id, events.delivery_id
FROM unnest(CAST(:products AS uuid[]), CAST(:deliveries AS text[])) AS given (product_id, delivery_id)
JOIN events USING (product_id, delivery_id)
""")


@dataclass(frozen=True, slots=True)
class Wish:
    """A delivery to be stored."""

    product_id: uuid.UUID
    arrival: Arrival
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """The event's id; of a repeated delivery, the first one's."""

    event_id: uuid.UUID
    repeated: bool


async def store(session: AsyncSession, wishes: Sequence[Wish]) -> list[Stored | None]:
    """Store what is new. None where the first delivery was deleted in this very moment."""
    ids = [new_id() for _ in wishes]
    rows = {
        "ids": ids,
        "products": [wish.product_id for wish in wishes],
        "types": [wish.arrival.event_type for wish in wishes],
        "payloads": [json.dumps(wish.arrival.payload) for wish in wishes],
        "deliveries": [wish.arrival.delivery_id for wish in wishes],
        "moments": [wish.received_at for wish in wishes],
    }
    fresh = set(await session.scalars(_INSERT, rows))
    old = [wish for event_id, wish in zip(ids, wishes, strict=True) if event_id not in fresh]
    first = await _first(session, old) if old else {}
    return [
        Stored(event_id, repeated=False) if event_id in fresh else first.get(_key(wish))
        for event_id, wish in zip(ids, wishes, strict=True)
    ]


async def _first(session: AsyncSession, old: Sequence[Wish]) -> dict[tuple[uuid.UUID, str], Stored]:
    rows = await session.execute(
        _FIRST,
        {
            "products": [wish.product_id for wish in old],
            "deliveries": [wish.arrival.delivery_id for wish in old],
        },
    )
    return {(row.product_id, row.delivery_id): Stored(row.id, repeated=True) for row in rows}


def _key(wish: Wish) -> tuple[uuid.UUID, str]:
    return wish.product_id, wish.arrival.delivery_id
