"""The worker and scheduler that are killed: as NEXUS runs them, with shorter waits."""

import asyncio
import dataclasses
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
import structlog
from pydantic import AnyHttpUrl, SecretStr

from core import runtime as runtime_module
from core.config import Settings
from core.platforms import containers
from core.platforms.base import Platform
from core.platforms.registry import PLATFORMS
from core.publications import dispatch, ledger, policy
from core.runtime import open_runtime
from core.security.keyring import Keyring
from tests.chaos.everywhere.deaths import mortal
from workers import schedule
from workers.broker import open_queue

LEASE_SECONDS = 3.0  # on a busy machine a shorter one is lost by workers that live


@dataclass(frozen=True)
class Life:
    """How one process lives."""

    database_url: str
    home: Path
    keys: str
    redis_url: str
    platform: str
    telegram: str = "http://127.0.0.1:1"
    public_url: str = "http://127.0.0.1:1"
    broken: str = ""  # which defect it has on purpose, to see that the storm would find it


def live(life: Life) -> None:
    """Run until killed."""
    log = (life.home / "log").open("a")
    os.dup2(log.fileno(), 2)  # what libraries say of being killed is nobody's reading
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=log))
    policy.LEASE = timedelta(seconds=LEASE_SECONDS)
    policy.RENEW_EVERY = LEASE_SECONDS / 5
    policy.NUDGE_AGAIN = timedelta(seconds=0.5)
    # The pace of tries is shortened, their number and order are the product's.
    policy.backoff = lambda failures: timedelta(seconds=0.2 * failures)
    policy.wait_until = lambda retry_at, now, in_a_row=1: now + timedelta(seconds=0.3)
    schedule._DUE_SECONDS = 0.05
    schedule._RECOVER_SECONDS = 0.1
    containers._POLL_SECONDS = 0.05
    runtime_module._HTTP_TIMEOUT = aiohttp.ClientTimeout(total=5, connect=1, sock_read=1.5)
    asyncio.run(_live(life))


def _known(life: Life) -> Platform:
    """Return the platform, with the defect that was asked for."""
    platform = PLATFORMS[life.platform]
    if life.broken == "blind":  # repeats what may have been published, and never looks
        return dataclasses.replace(platform, look_up=None, idempotent=True)
    if life.broken == "forgetful":  # as if no attempt had been written down before its call
        remember = ledger.read
        ledger.read = lambda attempts: dataclasses.replace(remember(attempts), doubt={})
        dispatch._settles_itself = lambda platform, failures: True
    return platform


async def _live(life: Life) -> None:
    settings = Settings(
        _env_file=None,
        nexus_home=life.home,
        redis_url=SecretStr(life.redis_url),
        telegram_api_base=AnyHttpUrl(life.telegram),
        public_url=AnyHttpUrl(life.public_url),
    )
    # Where nobody but the owner can settle what a death leaves open, a death is to strike its own post alone.
    settles = policy.may_settle_itself(PLATFORMS[life.platform])
    never = asyncio.Event()
    async with (
        open_queue(settings) as queue,
        open_runtime(
            settings,
            database_url=life.database_url,
            keyring=Keyring.parse(life.keys),
            queue=queue,
            platforms={life.platform: mortal(_known(life), life.home)},
            pool_size=4,
        ) as runtime,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(schedule.run_scheduler(runtime, never))
        group.create_task(
            schedule.run_worker(
                runtime,
                never,
                concurrency=3 if settles else 1,
                lease_seconds=LEASE_SECONDS,
                reclaim_seconds=0.5,
            )
        )
