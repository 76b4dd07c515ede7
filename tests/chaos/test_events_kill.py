"""What becomes of events when the process that takes them is killed? Whatever was answered is there, and is done once."""

import asyncio
import multiprocessing
import os
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select

from core.automations.models import Automation, AutomationLog, RunStatus
from core.db.session import Database, create_engine
from core.events.models import Event
from core.jobs.queue import DroppingQueue
from core.notifications.models import Notification, NotificationKind
from core.products import service as products
from core.products import webhook_secret
from core.security.keyring import Keyring
from core.settings import service as settings
from tests.chaos.receiving import Receiving, receive
from tests.conftest import TEST_KEYS
from tests.core.events import signing
from tests.core.events.signing import SECRET
from tests.e2e.processes import free_port

# The whole proof, of 5,000 events, takes minutes: make chaos-events
EVENTS = int(os.environ.get("CHAOS_EVENTS", "1000"))
LANES, KILLS = 32, 3
_ANSWERED = {200, 202}
_SECONDS = 30 + EVENTS / 10  # until everything has been processed, on a machine that does other things too


@dataclass
class Crowd:
    """Senders that try again until they are answered, as they should."""

    address: str
    waiting: list[int] = field(default_factory=lambda: list(range(EVENTS)))
    answered: dict[str, str] = field(default_factory=dict)  # the sender's id, the event's id
    tries_failed: int = 0
    refused: list[int] = field(default_factory=list)

    async def lane(self, http: aiohttp.ClientSession) -> None:
        while self.waiting:
            number = self.waiting.pop()
            body = signing.body_of("sale", datetime.now(UTC), {"n": number})
            headers = signing.nexus(body, **{"X-Nexus-Delivery": str(number)})
            while (event_id := await self._try(http, body, headers)) is None:
                self.tries_failed += 1
                await asyncio.sleep(0.05)
            self.answered[str(number)] = event_id

    async def _try(self, http: aiohttp.ClientSession, body: bytes, headers: dict[str, str]) -> str | None:
        try:
            async with http.post(self.address, data=body, headers=headers) as answer:
                if answer.status in _ANSWERED:
                    return str((await answer.json())["event_id"])
                if answer.status != 503:
                    self.refused.append(answer.status)
        except (aiohttp.ClientError, TimeoutError):
            pass
        return None


@asynccontextmanager
async def prepared(database_url: str) -> AsyncGenerator[Database]:
    """A product that may send, and a rule that tells the owner of each of its events."""
    database = Database(create_engine(database_url), DroppingQueue())
    async with database.unit_of_work() as session:
        product = await products.create(session, name="Moonbird", slug="moonbird")
        webhook_secret.seal(Keyring.parse(TEST_KEYS), product, SECRET)
        await settings.change(session, settings.Receiving, per_minute=1_000_000)
        session.add(
            Automation(
                product_id=product.id,
                name="Every sale",
                trigger_type="event",
                trigger_config={"event": "sale"},
                conditions=[],
                actions=[{"type": "notify", "message": "Sale {n}"}],
            )
        )
    try:
        yield database
    finally:
        await database.close()


async def killed(life: Receiving, crowd: Crowd) -> ForkServerProcess:
    """Kill the process as often as planned, each time with many answers on their way; return the last one."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.chaos.receiving", "pytest"])
    for turn in range(KILLS + 1):
        process = processes.Process(target=receive, args=(life,))
        process.start()
        if turn == KILLS:
            return process
        deadline = time.monotonic() + 120
        while len(crowd.answered) < EVENTS * (turn + 1) // (KILLS + 2):
            assert process.is_alive(), (life.home / "log").read_text()[-4000:]
            assert time.monotonic() < deadline
            await asyncio.sleep(0.005)
        process.kill()
        await asyncio.to_thread(process.join)
    raise AssertionError("not reached")


async def left(database: Database) -> int:
    """Return how much is still to be done."""
    async with database.unit_of_work() as session:
        events = await session.scalar(select(func.count()).where(Event.processed.is_(False)))
        runs = await session.scalar(select(func.count()).where(AutomationLog.status == RunStatus.RUNNING))
    return (events or 0) + (runs or 0)


@pytest.mark.chaos
@pytest.mark.timeout(180 + _SECONDS)
async def test_every_answered_event_is_processed_exactly_once(database_url: str, tmp_path: Path) -> None:
    life = Receiving(database_url, tmp_path, TEST_KEYS, free_port())
    crowd = Crowd(f"http://127.0.0.1:{life.port}/api/events/moonbird")
    async with prepared(database_url) as database, aiohttp.ClientSession() as http:
        async with asyncio.TaskGroup() as group:
            for _ in range(LANES):
                group.create_task(crowd.lane(http))
            last = group.create_task(killed(life, crowd))
        process = last.result()
        try:
            deadline = time.monotonic() + _SECONDS
            while await left(database):
                assert process.is_alive(), (life.home / "log").read_text()[-4000:]
                assert time.monotonic() < deadline, f"{await left(database)} are not done"
                await asyncio.sleep(0.2)
        finally:
            process.kill()
            await asyncio.to_thread(process.join)
        await verify(database, crowd)


async def verify(database: Database, crowd: Crowd) -> None:
    assert crowd.refused == []
    assert crowd.tries_failed >= KILLS  # the kills were felt
    async with database.unit_of_work() as session:
        rows = {row.delivery_id: row for row in await session.scalars(select(Event))}
        total = await session.scalar(select(func.count(Event.id)))
        runs = list(await session.scalars(select(AutomationLog)))
        told = list(
            await session.scalars(
                select(Notification.payload).where(Notification.kind == NotificationKind.AUTOMATION_NOTE)
            )
        )
    assert total == EVENTS
    assert {name: str(row.id) for name, row in rows.items()} == crowd.answered
    assert all(row.processed for row in rows.values())
    assert sorted(str(run.event_id) for run in runs) == sorted(crowd.answered.values())
    assert {(run.status, run.why) for run in runs} == {(RunStatus.SUCCESS, None)}
    assert sorted(note["text"] for note in told) == sorted(f"Sale {number}" for number in range(EVENTS))
