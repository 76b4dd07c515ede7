"""What becomes of a job when its worker process is killed, dies of the job, or is told to stop?"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from core.jobs.jobs import Priority
from core.jobs.streams import STREAMS
from core.runtime import Runtime
from tests.conftest import TEST_KEYS
from tests.e2e.processes import Running, running
from tests.workers.recording import publish_job, until
from tests.workers.redis_server import RedisServer

StartWorker = Callable[..., AbstractAsyncContextManager[Running]]


def lines(notes: Path) -> list[str]:
    """Return what the workers wrote so far."""
    return notes.read_text().splitlines() if notes.exists() else []


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def worker(tmp_path: Path, notes: Path, database_url: str, shared_redis: RedisServer) -> StartWorker:
    """Start a worker process whose jobs take ``seconds``; it dies of job number ``deadly``."""

    def start(seconds: float = 0.0, deadly: int = -1) -> AbstractAsyncContextManager[Running]:
        return running(
            ["-m", "tests.workers.worker_process", str(notes), str(seconds), str(deadly)],
            log=tmp_path / "worker.log",
            env={
                "DATABASE_URL": database_url,
                "REDIS_URL": shared_redis.url,
                "NEXUS_HOME": str(tmp_path / "home"),
                "NEXUS_SECRET_KEYS": TEST_KEYS,
            },
        )

    return start


async def test_a_killed_workers_job_is_done_by_another_though_nothing_else_arrives(
    redis_runtime: Runtime, worker: StartWorker, notes: Path
) -> None:
    async with worker(seconds=60) as first:
        await redis_runtime.queue.send(publish_job(1))
        await until(lambda: "start 1" in lines(notes))
        first.process.kill()
        await first.process.wait()
        async with worker():  # nothing is sent any more: the queue is idle
            await until(lambda: "end 1" in lines(notes))
    assert lines(notes).count("start 1") == 2


async def test_a_job_that_kills_its_worker_is_put_aside(
    redis_runtime: Runtime, redis: Redis, worker: StartWorker, notes: Path
) -> None:
    await redis_runtime.queue.send(publish_job(13))
    for _ in range(5):
        async with worker(deadly=13) as started:
            assert await started.process.wait() == -9
    assert lines(notes).count("start 13") == 5
    async with worker():
        await redis_runtime.queue.send(publish_job(1))
        await until(lambda: "end 1" in lines(notes))
        dead = f"{STREAMS[Priority.HIGH]}:dead"
        entries: list[Any] = []
        while not entries:
            entries = list(await redis.xrange(dead) or [])
    assert lines(notes).count("start 13") == 5
    assert b"5 deliveries" in entries[0][1][b"reason"]


async def test_a_worker_told_to_stop_finishes_what_it_runs(
    redis_runtime: Runtime, redis: Redis, worker: StartWorker, notes: Path
) -> None:
    async with worker(seconds=1.0) as started:
        await redis_runtime.queue.send(publish_job(1))
        await until(lambda: "start 1" in lines(notes))
        started.process.terminate()
        await until(lambda: "stopped" in lines(notes))
        assert await started.process.wait() == 0, started.tail()
    assert lines(notes) == ["ready", "start 1", "end 1", "stopped"]
    assert await redis.xlen(STREAMS[Priority.NORMAL]) == 0
