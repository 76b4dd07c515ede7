"""The process that the receiver's chaos test kills: receiver, scheduler and worker as `nexus run` has them together."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import structlog

from core.config import Settings
from core.runtime import open_runtime
from core.security.keyring import Keyring
from workers import schedule
from workers.broker import open_queue
from workers.receiver import run_receiver


@dataclass(frozen=True)
class Receiving:
    """Where the process listens and works."""

    database_url: str
    home: Path
    keys: str
    port: int


def receive(life: Receiving) -> None:
    """Run until killed."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=(life.home / "log").open("a")))
    asyncio.run(_receive(life))


async def _receive(life: Receiving) -> None:
    settings = Settings(_env_file=None, nexus_home=life.home, nexus_port=life.port)
    never = asyncio.Event()
    async with (
        open_queue(settings) as queue,
        open_runtime(
            settings, database_url=life.database_url, keyring=Keyring.parse(life.keys), queue=queue
        ) as runtime,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(run_receiver(runtime, never))
        group.create_task(schedule.run_scheduler(runtime, never))
        group.create_task(schedule.run_worker(runtime, never))
