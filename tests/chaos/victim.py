"""The process that the chaos test kills: scheduler and worker as NEXUS runs them, only quicker to notice a death.

It can end itself by SIGKILL at a point that nobody outside can see; nothing of that is in the product.
"""

import asyncio
import dataclasses
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import structlog
from pydantic import AnyHttpUrl, SecretStr

from core.config import Settings
from core.platforms.base import Part, Platform, Sent, Target
from core.platforms.telegram import PLATFORM
from core.publications import policy
from core.runtime import open_runtime
from core.security.keyring import Keyring
from workers import schedule
from workers.broker import open_queue

LEASE_SECONDS = 1.0


@dataclass(frozen=True)
class Life:
    """How one process lives, and at which point it ends itself: "before-call", "before-record" or not at all."""

    database_url: str
    home: Path
    keys: str
    api_base: str
    redis_url: str | None = None
    dies: str | None = None


def live(life: Life) -> None:
    """Run until killed."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=(life.home / "log").open("a")))
    policy.LEASE = timedelta(seconds=LEASE_SECONDS)
    policy.RENEW_EVERY = LEASE_SECONDS / 5
    policy.NUDGE_AGAIN = timedelta(seconds=0.5)
    schedule._DUE_SECONDS = 0.05
    schedule._RECOVER_SECONDS = 0.1
    asyncio.run(_live(life))


async def _live(life: Life) -> None:
    settings = Settings(
        _env_file=None,
        nexus_home=life.home,
        redis_url=SecretStr(life.redis_url) if life.redis_url else None,
        telegram_api_base=AnyHttpUrl(life.api_base),
    )
    never = asyncio.Event()
    async with (
        open_queue(settings) as queue,
        open_runtime(
            settings,
            database_url=life.database_url,
            keyring=Keyring.parse(life.keys),
            queue=queue,
            platforms={PLATFORM.slug: mortal(PLATFORM, life.dies)},
            pool_size=3,
        ) as runtime,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(schedule.run_scheduler(runtime, never))
        group.create_task(schedule.run_worker(runtime, never))


def mortal(platform: Platform, dies: str | None) -> Platform:
    """Return ``platform`` whose publish ends the process where ``dies`` says."""

    async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
        if dies == "before-call":
            die()
        sent = await platform.publish(target, part, key=key, earlier=earlier)
        if dies == "before-record":
            die()
        return sent

    return dataclasses.replace(platform, publish=publish)


def die() -> NoReturn:
    """End this process as ``kill -9`` does: nothing is closed, nothing is written."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")
