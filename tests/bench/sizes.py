"""How many bytes does a row take, with its indexes? Real tables filled through real columns, then measured by PostgreSQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg

from tests.bench.stand import Stand, connected, fill

_FILL: Mapping[str, str] = {
    "events": """
INSERT INTO events (id, product_id, event_type, payload, processed, processed_at, delivery_id)
SELECT gen_random_uuid(), (SELECT id FROM products LIMIT 1), 'sale',
       jsonb_build_object('n', number, 'price', 1200, 'title', 'Лунная птица № ' || number), true, now(),
       gen_random_uuid()::text
FROM generate_series(1, $1::int) number
""",
    "automation_logs": """
INSERT INTO automation_logs (id, automation_id, event_id, status, run_key, trigger_data, completed_at)
SELECT gen_random_uuid(), (SELECT id FROM automations LIMIT 1), events.id, 'success',
       'event:' || events.id, events.payload, now()
FROM events LIMIT $1
""",
    "notifications": """
INSERT INTO notifications (id, kind, payload, dedupe_key, status, sent_at)
SELECT gen_random_uuid(), 'published', jsonb_build_object('publication_id', gen_random_uuid()),
       'published/' || gen_random_uuid(), 'sent', now()
FROM generate_series(1, $1::int)
""",
    "publication_metrics": """
INSERT INTO publication_metrics (id, publication_id, taken_at, numbers)
SELECT gen_random_uuid(), id, now(), '{"views": 1200, "likes": 80, "comments": 7, "shares": 3}'
FROM publications LIMIT $1
""",
}
_RULE = """
INSERT INTO automations (id, product_id, name, trigger_type, trigger_config, conditions, actions)
SELECT gen_random_uuid(), id, 'Every sale', 'event', '{"event": "sale"}', '[]', '[{"type": "notify", "message": "x"}]'
FROM products LIMIT 1
"""
_FILLED = ("content", "publications", "publication_attempts", *_FILL)  # fill() makes the first three


@dataclass(frozen=True, slots=True)
class Size:
    """One table: how many rows, and bytes a row in the table and in its indexes."""

    table: str
    rows: int
    heap: float
    indexes: float


async def measure(stand: Stand, rows: int) -> list[Size]:
    """Fill each table with so many rows and measure."""
    async with stand.database("sizes") as url:
        await fill(url, due=0, at=datetime.now(UTC), finished=rows, contents=rows)
        async with connected(url) as connection:
            await connection.execute(_RULE)
            for statement in _FILL.values():
                await connection.execute(statement, rows)
            await connection.execute("VACUUM ANALYZE")
            return [await _size(connection, table) for table in _FILLED]


async def _size(connection: asyncpg.Connection, table: str) -> Size:
    row = await connection.fetchrow(
        f"SELECT (SELECT count(*) FROM {table}) AS rows, pg_table_size('{table}') AS heap, "  # noqa: S608 - our names
        f"pg_indexes_size('{table}') AS indexes"
    )
    return Size(table, row["rows"], row["heap"] / row["rows"], row["indexes"] / row["rows"])


def section(sizes: list[Size]) -> str:
    """Return the table."""
    lines = ["| table | rows measured | bytes a row | of its indexes | together |", "|---|---|---|---|---|"]
    lines += [
        f"| `{one.table}` | {one.rows:,} | {one.heap:.0f} | {one.indexes:.0f} | {one.heap + one.indexes:.0f} |"
        for one in sizes
    ]
    return "\n".join(lines) + "\n"
