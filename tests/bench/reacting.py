"""How many events a second become a draft and a note? Workers as NEXUS runs them, from the match to the run's last step."""

import asyncio
import json
import math
import time
import uuid
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
import psutil

from core.ids import new_id
from core.jobs.jobs import EVENTS_AT_ONCE, EventsJob
from tests.bench.engine import Process, ready, running
from tests.bench.stand import Stand, connected
from workers.broker import TaskiqQueue, make_broker

_ACTIONS = (
    {"type": "generate", "idea": "Sale {n} for {price}", "use_ai": False},
    {"type": "notify", "message": "Sale {n} for {price}"},
)
_RULE = """
INSERT INTO automations (id, product_id, name, trigger_type, trigger_config, conditions, actions)
SELECT $1, id, 'Sales', 'event', '{"event": "sale"}', '[{"field": "price", "operator": ">=", "value": 1000}]', $2
FROM products WHERE slug = 'product-0'
"""
_EVENT = """
INSERT INTO events (id, product_id, event_type, payload, delivery_id, received_at)
SELECT given.id, products.id, 'sale', given.payload, given.id::text, now()
FROM products, unnest($1::uuid[], $2::jsonb[]) AS given (id, payload) WHERE slug = 'product-0'
"""
_DONE = "SELECT count(*) FROM automation_logs WHERE status = 'success'"
_NOTE = """
SELECT 1 FROM automation_logs JOIN notifications ON (payload ->> 'run_id') = automation_logs.id::text
WHERE event_id = $1 AND kind = 'automation_note'
"""


@dataclass(frozen=True, slots=True)
class Reactions:
    """Events a second of so many workers, and the processor's milliseconds for each in their processes and in PostgreSQL."""

    workers: int
    rate: float
    worker_ms: float
    postgres_ms: float


@dataclass(frozen=True, slots=True)
class Alone:
    """Milliseconds from an event that comes by itself to its note for the owner, with one worker."""

    p50: float
    p99: float


async def measure(stand: Stand, workers: int, events: int, seconds: float = 600.0) -> Reactions:
    """Have ``events`` received at once, and so many workers do all there is to do about them."""
    async with _reacting(stand, f"reacting_{workers}", workers) as (_, watch, processes):
        ids = await _received(watch, events)
        before = _spent(processes), _spent([stand.postgres_pid])
        began = time.monotonic()
        await _ask(stand.redis.url, ids)
        while (done := await watch.fetchval(_DONE)) < events:
            if time.monotonic() - began > seconds:
                raise TimeoutError(f"{done} of {events} events in {seconds:g} s")
            await asyncio.sleep(0.1)
        took = time.monotonic() - began
        after = _spent(processes), _spent([stand.postgres_pid])
        assert await watch.fetchval("SELECT count(*) FROM content") == events
    worker, postgres = (1000 * (late - early) / events for early, late in zip(before, after, strict=True))
    return Reactions(workers, events / took, worker, postgres)


async def alone(stand: Stand, events: int) -> Alone:
    """Have one event after another received, each when all about the one before is done."""
    async with _reacting(stand, "reacting_alone", 1) as (_, watch, _):
        late = sorted([await _one(watch, stand.redis.url) for _ in range(events)])
    return Alone(late[events // 2], late[math.ceil(events * 0.99) - 1])


@asynccontextmanager
async def _reacting(
    stand: Stand, name: str, workers: int
) -> AsyncGenerator[tuple[str, asyncpg.Connection, list[int]]]:
    """A database with the rule, and workers that wait for jobs: its address, a connection, their process ids."""
    async with stand.database(name) as url:
        stand.redis.stop()
        stand.redis.start()
        made = [Process("worker", url, stand.redis.url, stand.folder)] * workers
        async with connected(url) as watch:
            await watch.execute(_RULE, new_id(), json.dumps(_ACTIONS))
            with running(*made) as processes:
                await ready(stand.redis.url, workers)
                yield url, watch, processes


async def _one(watch: asyncpg.Connection, redis_url: str, seconds: float = 30.0) -> float:
    """Have one event received, and return how long its note took to be written."""
    began = time.monotonic()
    (event_id,) = await _received(watch, 1)
    await _ask(redis_url, [event_id])
    while await watch.fetchval(_NOTE, event_id) is None:
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"no note in {seconds:g} s")
        await asyncio.sleep(0.002)
    return 1000 * (time.monotonic() - began)


async def _received(connection: asyncpg.Connection, count: int) -> list[uuid.UUID]:
    ids = [new_id() for _ in range(count)]
    now = datetime.now(UTC).isoformat()
    bodies = [
        json.dumps({"event": "sale", "timestamp": now, "data": {"n": number, "price": 1200}})
        for number in range(count)
    ]
    await connection.execute(_EVENT, ids, bodies)
    return ids


async def _ask(redis_url: str, ids: Sequence[uuid.UUID]) -> None:
    """Ask for the events as the receiver does."""
    queue = TaskiqQueue(make_broker(redis_url))
    try:
        for start in range(0, len(ids), EVENTS_AT_ONCE):
            await queue.send(EventsJob(event_ids=tuple(ids[start : start + EVENTS_AT_ONCE])))
    finally:
        await queue.close()


def _spent(pids: Iterable[int]) -> float:
    """Seconds of the processor that the processes and their children have used."""
    total = 0.0
    for pid in pids:
        parent = psutil.Process(pid)
        for each in (parent, *parent.children(recursive=True)):
            try:
                used = each.cpu_times()
            except psutil.NoSuchProcess:  # a connection that was closed in this moment
                continue
            total += used.user + used.system
    return total
