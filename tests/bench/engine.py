"""Which processes are measured? The scheduler and the worker as NEXUS runs them, on the null platform."""

import asyncio
import os
import signal
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import structlog
from pydantic import SecretStr
from redis.asyncio import Redis

from core.config import Settings
from core.runtime import open_runtime
from core.security.keyring import Keyring
from tests.bench.null import PLATFORM, SLUG
from tests.conftest import TEST_KEYS
from workers import schedule
from workers.broker import open_queue

Role = Literal["scheduler", "worker"]


@dataclass(frozen=True, slots=True)
class Process:
    """What one process needs to know."""

    role: Role
    database_url: str
    redis_url: str
    folder: Path


def live(process: Process) -> None:
    """Run until the end of the measurement."""
    log = (process.folder / "log").open("a")
    os.dup2(log.fileno(), 2)
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(file=log), wrapper_class=structlog.make_filtering_bound_logger(20)
    )  # fmt: skip
    asyncio.run(_live(process))


async def _live(process: Process) -> None:
    settings = Settings(_env_file=None, nexus_home=process.folder, redis_url=SecretStr(process.redis_url))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with (
        open_queue(settings) as queue,
        open_runtime(
            settings, database_url=process.database_url, keyring=Keyring.parse(TEST_KEYS), queue=queue,
            platforms={SLUG: PLATFORM},
        ) as runtime,
    ):  # fmt: skip
        run = schedule.run_scheduler if process.role == "scheduler" else schedule.run_worker
        await run(runtime, stop)


async def ready(redis_url: str, workers: int, seconds: float = 60.0) -> None:
    """Wait until so many workers have asked for messages."""
    deadline = time.monotonic() + seconds
    async with Redis.from_url(redis_url) as redis:
        while time.monotonic() < deadline:
            if (await redis.info("clients"))["blocked_clients"] >= workers:  # in a read that waits
                return
            await asyncio.sleep(0.05)
    raise TimeoutError(f"{workers} workers did not come up in {seconds:g} s")


@contextmanager
def running(*processes: Process) -> Generator[list[int]]:
    """Run the processes and yield their ids; on leaving they are stopped."""
    context = get_context("spawn")
    started = [context.Process(target=live, args=(process,)) for process in processes]
    for each in started:
        each.start()
    try:
        yield [each.pid for each in started if each.pid is not None]
    finally:
        for each in started:
            each.terminate()
        for each in started:
            each.join(15)
            if each.is_alive():
                each.kill()
                each.join()
