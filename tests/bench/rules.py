"""What does matching cost? One event that a thousand rules of its product wait for, without and with ten thousand others."""

import statistics
import time
from dataclasses import dataclass

import asyncpg

from core.automations import matching
from core.config import Settings
from core.ids import new_id
from core.jobs.queue import DroppingQueue
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from tests.bench.stand import Stand, connected
from tests.conftest import TEST_KEYS

RULES, OTHERS = 1_000, 10_000

_WAITING = """
INSERT INTO automations (id, product_id, name, trigger_type, trigger_config, conditions, actions)
SELECT gen_random_uuid(), id, 'Sale ' || number, 'event', '{"event": "sale"}',
    '[{"field": "price", "operator": ">=", "value": 1000000}]', '[{"type": "notify", "message": "x"}]'
FROM products, generate_series(1, $1) number WHERE slug = 'product-0'
"""
# Half are of other products and wait for the same event, half are of this one and wait for others.
_OTHER = """
INSERT INTO automations (id, product_id, name, trigger_type, trigger_config, conditions, actions)
SELECT gen_random_uuid(), (
        SELECT id FROM products WHERE slug = 'product-' || CASE WHEN number % 2 = 0 THEN 0 ELSE 1 + number % 19 END
    ), 'Other ' || number, 'event',
    jsonb_build_object('event', CASE WHEN number % 2 = 0 THEN 'other.' || number ELSE 'sale' END),
    '[]', '[{"type": "notify", "message": "x"}]'
FROM generate_series(1, $1) number
"""
_EVENT = """
INSERT INTO events (id, product_id, event_type, payload, delivery_id)
SELECT $1, id, 'sale', '{"event": "sale", "data": {"price": 1200}}', $2 FROM products WHERE slug = 'product-0'
"""


@dataclass(frozen=True, slots=True)
class Matching:
    """Milliseconds for one event, without and beside the other rules; medians."""

    alone: float
    beside: float


async def measure(stand: Stand, rounds: int) -> Matching:
    """Match the same event in two databases in turn, so that both meet the same machine."""
    async with stand.database("rules_alone") as alone, stand.database("rules_beside") as beside:
        took: dict[str, list[float]] = {alone: [], beside: []}
        for url, others in ((alone, 0), (beside, OTHERS)):
            async with connected(url) as connection:
                await connection.execute(_WAITING, RULES)
                await connection.execute(_OTHER, others)
                await connection.execute("VACUUM ANALYZE")
        settings, keyring = Settings(_env_file=None, nexus_home=stand.folder), Keyring.parse(TEST_KEYS)
        for _ in range(rounds + 1):
            for url, found in took.items():
                async with (
                    connected(url) as connection,
                    open_runtime(
                        settings, database_url=url, keyring=keyring, queue=DroppingQueue()
                    ) as runtime,
                ):
                    await _match(runtime, connection)  # opens the connection, prepares the statements
                    found.append(await _match(runtime, connection))
        return Matching(statistics.median(took[alone][1:]), statistics.median(took[beside][1:]))


async def _match(runtime: Runtime, connection: asyncpg.Connection) -> float:
    event_id = new_id()
    await connection.execute(_EVENT, event_id, event_id.hex)
    began = time.perf_counter()
    started = await matching.process_event(runtime, event_id)
    took = 1000 * (time.perf_counter() - began)
    assert started is not None
    assert started.skipped == RULES, f"{started.skipped} rules of {RULES} looked at the event"
    return took
