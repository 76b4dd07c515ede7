"""What can the database do at best? The row changes of one publication over bare asyncpg, and nothing else.

The same lanes a process, the same two transactions a publication, the same rows: no rules are looked at, nothing is
read, every id is known beforehand, no queue is asked.
"""

import asyncio
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier

import asyncpg

from core.ids import new_id

_CLAIM = """
UPDATE publications SET status = 'publishing', parts = 1, lease_owner = $2, lease_until = $3, nudged_at = $4,
    updated_at = now() WHERE id = $1 AND status = 'scheduled'
"""
_BEGIN = """
INSERT INTO publication_attempts
    (id, publication_id, part, attempt, idempotency_key, payload_hash, state, lease_owner, started_at)
VALUES ($1, $2, 0, 1, $3, $3, 'started', $4, $5)
"""
_CONFIRM = """
UPDATE publication_attempts SET state = 'confirmed', post_ids = $2, finished_at = $3 WHERE id = $1 AND state = 'started'
"""
_PUBLISH = """
UPDATE publications SET status = 'published', published_at = $2, platform_post_id = $3, lease_owner = NULL,
    lease_until = NULL, updated_at = now() WHERE id = $1 AND status = 'publishing'
"""
_CONTENT = "UPDATE content SET status = 'published', updated_at = now() WHERE id = $1 AND status = 'ready'"
_CHANNEL = "UPDATE channels SET last_used_at = $2, updated_at = now() WHERE id = $1"
_NEWS = """
INSERT INTO notifications (id, kind, product_id, payload, priority, status, not_before)
VALUES ($1, 'published', $2, $3, 'normal', 'pending', $4)
"""
_LEASE = timedelta(seconds=90)

Row = tuple[uuid.UUID, uuid.UUID, uuid.UUID, uuid.UUID]  # publication, content, channel, product


def work(url: str, rows: Sequence[Row], lanes: int, start: Barrier) -> None:
    """Publish ``rows`` in a process of its own, ``lanes`` at a time, once everybody is at the ``start``."""
    asyncio.run(_work(url, rows, lanes, start))


async def _work(url: str, rows: Sequence[Row], lanes: int, start: Barrier) -> None:
    pool = await asyncpg.create_pool(url.replace("+asyncpg", ""), min_size=lanes, max_size=lanes)
    waiting = list(reversed(rows))
    try:
        await asyncio.to_thread(start.wait)
        async with asyncio.TaskGroup() as group:
            for number in range(lanes):
                group.create_task(_lane(pool, waiting, f"bare:{number}"))
    finally:
        await pool.close()


async def _lane(pool: asyncpg.Pool, waiting: list[Row], owner: str) -> None:
    async with pool.acquire() as connection:
        while waiting:
            await _publish(connection, waiting.pop(), owner)


async def _publish(connection: asyncpg.Connection, row: Row, owner: str) -> None:
    publication, content, channel, product = row
    attempt, now, key = new_id(), datetime.now(UTC), publication.hex
    async with connection.transaction():
        await connection.execute(_CLAIM, publication, owner, now + _LEASE, now)
        await connection.execute(_BEGIN, attempt, publication, key, owner, now)
    now = datetime.now(UTC)
    async with connection.transaction():
        await connection.execute(_CONFIRM, attempt, f'["{key[:16]}"]', now)
        await connection.execute(_PUBLISH, publication, now, key[:16])
        await connection.execute(_CONTENT, content)
        await connection.execute(_CHANNEL, channel, now)
        await connection.execute(_NEWS, new_id(), product, f'{{"publication_id": "{publication}"}}', now)
