"""How do events become rows? Those that arrive together with one statement, each answered after the commit."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.db.line import Line
from core.events.arrival import Arrival
from core.ids import new_id

# In one order, or two groups of two processes that hold the same deliveries could wait for each other.
_INSERT = """
INSERT INTO events (id, product_id, event_type, payload, delivery_id, received_at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::text[], $6::timestamptz[])
    AS given (id, product_id, event_type, payload, delivery_id, received_at)
ORDER BY product_id, delivery_id
ON CONFLICT DO NOTHING
RETURNING id
"""
# By its id, or by what was signed, which came under another id.
_FIRST = """
WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[])
    WITH ORDINALITY AS given (id, product_id, delivery_id, place)
)
SELECT given.place, 1 AS rank, events.id FROM given JOIN events USING (product_id, delivery_id)
UNION ALL
SELECT given.place, 0 AS rank, events.id FROM given JOIN events USING (id)
ORDER BY rank
"""


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


async def store(line: Line, wishes: Sequence[Wish]) -> list[Stored | None]:
    """Store what is new. None where the first delivery was deleted in this very moment."""
    rows = await line.fetch(
        _INSERT,
        [wish.event_id for wish in wishes],
        [wish.product_id for wish in wishes],
        [wish.arrival.event_type for wish in wishes],
        [wish.arrival.text for wish in wishes],
        [wish.arrival.delivery_id for wish in wishes],
        [wish.received_at for wish in wishes],
    )
    # asyncpg's UUIDs are a class of its own, equal to Python's.
    fresh = {row[0] for row in rows}
    answers: list[Stored | None] = []
    for wish in wishes:
        answers.append(Stored(wish.event_id, repeated=False) if wish.event_id in fresh else None)
        fresh.discard(wish.event_id)  # the same bytes may be twice in one group
    old = [place for place, answer in enumerate(answers) if answer is None]
    if old:
        first = await _first(line, [wishes[place] for place in old])
        for place, answer in zip(old, first, strict=True):
            answers[place] = answer
    return answers


async def _first(line: Line, old: Sequence[Wish]) -> list[Stored | None]:
    rows = await line.fetch(
        _FIRST,
        [wish.event_id for wish in old],
        [wish.product_id for wish in old],
        [wish.arrival.delivery_id for wish in old],
    )
    found = {
        row["place"]: Stored(row["id"], repeated=True) for row in rows
    }  # of two, the one of this delivery id
    return [found.get(place) for place in range(1, len(old) + 1)]
