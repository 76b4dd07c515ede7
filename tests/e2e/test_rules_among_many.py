"""Do two schedulers and three workers do each thing once: every occurrence of a schedule, and every stored event?"""

import asyncio
import json
import secrets
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import pytest

from core.db.embedded import EmbeddedPostgres
from core.security.keyring import Keyring
from tests.e2e.processes import Running, running
from tests.workers.redis_server import RedisServer

pytestmark = pytest.mark.timeout(240)

_RULES, _EVENTS, _SECONDS = 20, 60, 120
_ACTIONS = json.dumps([{"type": "notify", "message": "{token_id}"}, {"type": "wait", "delay": "1s"}])


async def fill(connection: asyncpg.Connection) -> None:
    """Add schedules whose newest time has just come, a rule for events, and events nobody was told of."""
    product = await connection.fetchval(
        "INSERT INTO products (name, slug) VALUES ('Moon', 'moon') RETURNING id"
    )
    rule = (
        "INSERT INTO automations (product_id, name, trigger_type, trigger_config, actions, next_run_at) "
        "SELECT $1, 'r' || n, $2, $3::jsonb, $4::jsonb, $5 FROM generate_series(1, $6) AS n"
    )
    # Once a year, so that no second time comes while we look: the newest one is what there is.
    moment = await connection.fetchval("SELECT date_trunc('minute', now())")
    line = json.dumps(
        {"cron": f"{moment.minute} {moment.hour} {moment.day} {moment.month} *", "timezone": "UTC"}
    )
    await connection.execute(rule, product, "schedule", line, _ACTIONS, moment, _RULES)
    await connection.execute(rule, product, "event", '{"event": "mint"}', _ACTIONS, None, 1)
    await connection.execute(
        "INSERT INTO events (product_id, event_type, payload) SELECT $1, 'mint', "
        "jsonb_build_object('event', 'mint', 'data', jsonb_build_object('token_id', n)) FROM generate_series(1, $2) AS n",
        product,
        _EVENTS,
    )


async def test_each_occurrence_and_each_event_once(
    tmp_path: Path, postgres: EmbeddedPostgres, database_template: str
) -> None:
    name = f"many_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {database_template} STRATEGY file_copy")
    await admin.close()
    redis = RedisServer(tmp_path)
    redis.start()
    url = postgres.url(name).replace("+asyncpg", "")
    env = {
        "DATABASE_URL": url, "REDIS_URL": redis.url, "NEXUS_HOME": str(tmp_path / "home"),
        "NEXUS_SECRET_KEYS": Keyring.new_key_text(), "LOG_FORMAT": "json",
    }  # fmt: skip
    async with AsyncExitStack() as stack:
        stack.callback(redis.stop)
        connection = await asyncpg.connect(url)
        stack.push_async_callback(connection.close)
        await fill(connection)
        parts: list[Running] = []
        for number, part in enumerate(("scheduler", "scheduler", "worker", "worker", "worker")):
            log = tmp_path / f"{part}{number}.log"
            parts.append(await stack.enter_async_context(running(["-m", "bot", part], log=log, env=env)))
        total, done = _RULES + _EVENTS, 0
        for _ in range(_SECONDS * 4):
            done = await connection.fetchval("SELECT count(*) FROM automation_logs WHERE status = 'success'")
            if done == total:
                break
            await asyncio.sleep(0.25)
        assert done == total, "\n".join(part.tail(8) for part in parts)
        counts = await connection.fetchrow(
            "SELECT (SELECT count(*) FROM automation_logs) AS runs, "
            "(SELECT count(*) FROM automation_steps WHERE status = 'done') AS steps, "
            "(SELECT count(*) FROM notifications WHERE kind = 'automation_note') AS notes, "
            "(SELECT count(*) FROM events WHERE processed AND (result ->> 'notifications')::int = 1) AS events, "
            "(SELECT sum(trigger_count) FROM automations) AS triggered"
        )
        assert dict(counts) == {
            "runs": total, "steps": 2 * total, "notes": total, "events": _EVENTS, "triggered": total,
        }  # fmt: skip
        assert not any("Traceback" in part.log.read_text() for part in parts)
