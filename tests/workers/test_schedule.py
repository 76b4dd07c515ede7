"""Does the scheduler keep asking, say that it lives, and come through outages?"""

import asyncio
from datetime import datetime

import asyncpg
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from core import outage
from core.db.embedded import EmbeddedPostgres
from core.publications import dispatch
from core.runtime import Runtime
from core.settings import heartbeats
from tests.workers.recording import Recorder, until, working
from workers import schedule
from workers.schedule import SCHEDULER, WORKER, run_scheduler


class Rounds:
    """Stands in for the domain's scans and counts how often they were asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.due = 0
        self.recovered = 0
        monkeypatch.setattr(dispatch, "nudge_due", self._nudge_due)
        monkeypatch.setattr(dispatch, "recover", self._recover)
        monkeypatch.setattr(schedule, "_DUE_SECONDS", 0.02)
        monkeypatch.setattr(schedule, "_RECOVER_SECONDS", 0.05)

    async def _nudge_due(self, session: AsyncSession, now: datetime, limit: int = 200) -> int:
        await session.connection()
        self.due += 1
        return 0

    async def _recover(self, session: AsyncSession, now: datetime, *, platforms: object) -> int:
        self.recovered += 1
        return 0


async def test_it_scans_recovers_and_beats_until_told_to_stop(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, stop = Rounds(monkeypatch), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(run_scheduler(runtime, stop))
        await until(lambda: rounds.due > 3 and rounds.recovered > 1)
        stop.set()
    async with runtime.unit_of_work() as session:
        assert await heartbeats.last(session, SCHEDULER) == runtime.clock.now()


async def test_a_worker_beats_too(redis_runtime: Runtime) -> None:
    async with working(redis_runtime, Recorder().handlers):
        while True:
            async with redis_runtime.unit_of_work() as session:
                if await heartbeats.last(session, WORKER) == redis_runtime.clock.now():
                    break


async def test_an_outage_of_the_database_is_said_once_and_waited_out(
    runtime: Runtime,
    postgres: EmbeddedPostgres,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(outage, "_LONGEST_DELAY", 0.05)
    rounds, stop = Rounds(monkeypatch), asyncio.Event()
    name = make_url(database_url).database
    admin = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(run_scheduler(runtime, stop))
            await until(lambda: rounds.due > 1)
            await admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            await admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
            )
            await asyncio.sleep(0.5)
            during = rounds.due
            await asyncio.sleep(0.3)
            assert rounds.due == during
            await admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            await until(lambda: rounds.due > during + 2)
            stop.set()
    finally:
        await admin.close()
    output = capsys.readouterr().out
    begun = [line.partition("what=")[2] for line in output.splitlines() if "outage_began" in line]
    assert len(begun) == len(set(begun)), output  # each loop that met it, once
    assert "scan for due publications" in output
    assert "outage_over" in output


async def test_a_defect_is_shown_every_time_and_stops_nothing_else(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(session: AsyncSession, now: datetime, limit: int = 200) -> int:
        raise KeyError("a defect")

    monkeypatch.setattr(outage, "_LONGEST_DELAY", 0.02)
    rounds, stop = Rounds(monkeypatch), asyncio.Event()
    monkeypatch.setattr(dispatch, "nudge_due", broken)
    async with asyncio.TaskGroup() as group:
        group.create_task(run_scheduler(runtime, stop))
        await until(lambda: rounds.recovered > 4)
        stop.set()
    output = capsys.readouterr().out
    assert output.count("round_failed") > 1
    assert "Traceback" in output
    assert "a defect" in output
