"""How do events become rows? Those that arrive together with one statement, each answered after the commit."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
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
ON CONFLICT DO NOTHING
RETURNING id
""")
# By its id, or by what was signed, which came under another id.
_FIRST = text("""
WITH given AS (
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:products AS uuid[]), CAST(:deliveries AS text[]))
    WITH ORDINALITY AS given (id, product_id, delivery_id, place)
)
SELECT given.place, 1 AS rank, events.id FROM given JOIN events USING (product_id, delivery_id)
UNION ALL
SELECT given.place, 0 AS rank, events.id FROM given JOIN events USING (id)
ORDER BY rank
""")


@dataclass(frozen=True, slots=True)
class Wish:
    """A delivery to be stored."""

    product_id: uuid.UUID
    arrival: Arrival
    received_at: datetime
    event_id: uuid.UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Stored:
    """The event's id; of a repeated delivery, the first one's."""

    event_id: uuid.UUID
    repeated: bool


async def store(session: AsyncSession, wishes: Sequence[Wish]) -> list[Stored | None]:
    """Store what is new. None where the first delivery was deleted in this very moment."""
    rows = {
        "ids": [wish.event_id for wish in wishes],
        "products": [wish.product_id for wish in wishes],
        "types": [wish.arrival.event_type for wish in wishes],
        "payloads": [json.dumps(wish.arrival.payload) for wish in wishes],
        "deliveries": [wish.arrival.delivery_id for wish in wishes],
        "moments": [wish.received_at for wish in wishes],
    }
    fresh = set(await session.scalars(_INSERT, rows))
    answers: list[Stored | None] = []
    for wish in wishes:
        answers.append(Stored(wish.event_id, repeated=False) if wish.event_id in fresh else None)
        fresh.discard(wish.event_id)  # the same bytes may be twice in one group
    old = [place for place, answer in enumerate(answers) if answer is None]
    if old:
        first = await _first(session, [wishes[place] for place in old])
        for place, answer in zip(old, first, strict=True):
            answers[place] = answer
    return answers


async def _first(session: AsyncSession, old: Sequence[Wish]) -> list[Stored | None]:
    rows = await session.execute(
        _FIRST,
        {
            "ids": [wish.event_id for wish in old],
            "products": [wish.product_id for wish in old],
            "deliveries": [wish.arrival.delivery_id for wish in old],
        },
    )
    found = {row.place: Stored(row.id, repeated=True) for row in rows}  # of two, the one of this delivery id
    return [found.get(place) for place in range(1, len(old) + 1)]
