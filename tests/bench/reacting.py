"""How many events a second become a draft and a note? One worker as NEXUS runs it, from the match to the run's last step."""

import asyncio
import json
import math
import time
import uuid
from collections.abc import Iterable, Sequence
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
LONE = 100  # events that come when nothing else is to be done


@dataclass(frozen=True, slots=True)
class Reactions:
    """Events a second, and the processor's milliseconds for each in the worker's process and in PostgreSQL."""

    rate: float
    worker_ms: float
    postgres_ms: float
    p50: float  # milliseconds from an event that comes by itself to its note for the owner
    p99: float


async def measure(stand: Stand, events: int, seconds: float = 600.0) -> Reactions:
    """Have ``events`` received at once, and one worker do all there is to do about them."""
    async with stand.database("reacting") as url:
        stand.redis.stop()
        stand.redis.start()
        async with connected(url) as watch:
            await watch.execute(_RULE, new_id(), json.dumps(_ACTIONS))
            with running(Process("worker", url, stand.redis.url, stand.folder)) as processes:
                await ready(stand.redis.url, 1)
                ids = await _received(watch, events)
                before = _spent(processes), _spent([stand.postgres_pid])
                began = time.monotonic()
                await _ask(stand.redis.url, ids)
                while await watch.fetchval(_DONE) < events:
                    if time.monotonic() - began > seconds:
                        raise TimeoutError(
                            f"{await watch.fetchval(_DONE)} of {events} events in {seconds:g} s"
                        )
                    await asyncio.sleep(0.1)
                took = time.monotonic() - began
                after = _spent(processes), _spent([stand.postgres_pid])
                late = [await _alone(watch, stand.redis.url) for _ in range(LONE)]
            assert await watch.fetchval("SELECT count(*) FROM content") == events + LONE
    late.sort()
    worker, postgres = (1000 * (late - early) / events for early, late in zip(before, after, strict=True))
    return Reactions(events / took, worker, postgres, late[LONE // 2], late[math.ceil(LONE * 0.99) - 1])


async def _alone(watch: asyncpg.Connection, redis_url: str, seconds: float = 30.0) -> float:
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
