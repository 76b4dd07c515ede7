"""Does every due post go out exactly once, whatever becomes of the messages about it?"""

import asyncio
import dataclasses
from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis
from sqlalchemy import func, select

from core.clock import ManualClock
from core.jobs.queue import DroppingQueue
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime, open_runtime
from tests.conftest import START
from tests.fakes.platforms.scripted import Scripted
from tests.workers.planning import add_channel, add_posts
from tests.workers.recording import until
from tests.workers.redis_server import RedisServer
from workers import schedule
from workers.broker import open_queue
from workers.inline import InProcessQueue
from workers.schedule import run_scheduler, run_worker


@pytest.fixture
def platform() -> Scripted:
    return Scripted()


async def plan(runtime: Runtime, count: int) -> None:
    """Plan ``count`` posts that are due now."""
    async with runtime.unit_of_work() as session:
        channel = await add_channel(session, runtime.keyring, "scripted", {"token": "t"})
        texts = [f"post {number}" for number in range(count)]
        await add_posts(session, channel, texts, runtime.clock.now())


async def statuses(runtime: Runtime) -> dict[str, int]:
    """Return how many publications have each status."""
    async with runtime.unit_of_work() as session:
        rows = await session.execute(select(Publication.status, func.count()).group_by(Publication.status))
        return {row[0]: row[1] for row in rows}


async def test_two_schedulers_and_three_workers_send_each_post_once(
    runtime: Runtime,
    database_url: str,
    redis: Redis,
    shared_redis: RedisServer,
    platform: Scripted,
    clock: ManualClock,
) -> None:
    await plan(runtime, 200)
    settings = runtime.settings.model_copy(update={"redis_url": SecretStr(shared_redis.url)})
    stop = asyncio.Event()
    async with AsyncExitStack() as processes, asyncio.TaskGroup() as group:
        for part in (run_scheduler, run_scheduler, run_worker, run_worker, run_worker):
            queue = await processes.enter_async_context(open_queue(settings))
            opened = open_runtime(
                settings,
                database_url=database_url,
                keyring=runtime.keyring,
                queue=queue,
                clock=clock,
                platforms={"scripted": platform.platform()},
                pool_size=4,
            )
            group.create_task(part(await processes.enter_async_context(opened), stop))
        await until(lambda: len(platform.wall) >= 200, 60)
        await asyncio.sleep(1.5)  # another round of scans: nothing may go out twice
        stop.set()
    assert Counter(platform.texts) == Counter(f"post {number}" for number in range(200))
    assert len(platform.calls) == 200
    assert await statuses(runtime) == {PublicationStatus.PUBLISHED: 200}


@pytest.mark.parametrize("queue", [DroppingQueue(), InProcessQueue()], ids=["dropped", "inside"])
async def test_every_post_goes_out_once_though_every_message_is_dropped(
    runtime: Runtime,
    platform: Scripted,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    queue: DroppingQueue | InProcessQueue,
) -> None:
    monkeypatch.setattr(schedule, "_SWEEP_SECONDS", 0.1)
    runtime.database._queue = queue
    runtime = dataclasses.replace(runtime, queue=queue, platforms={"scripted": platform.platform()})
    await plan(runtime, 60)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(run_scheduler(runtime, stop))
        group.create_task(run_worker(runtime, stop))
        if isinstance(queue, DroppingQueue):
            await asyncio.sleep(1.2)
            assert platform.wall == []  # the scheduler has asked, and nobody heard it
            clock.set(START + timedelta(seconds=21))
        await until(lambda: len(platform.wall) >= 60, 60)
        await asyncio.sleep(0.5)
        stop.set()
    assert Counter(platform.texts) == Counter(f"post {number}" for number in range(60))
    assert await statuses(runtime) == {PublicationStatus.PUBLISHED: 60}


async def test_posts_go_out_while_redis_is_away(
    runtime: Runtime,
    database_url: str,
    own_redis: RedisServer,
    platform: Scripted,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schedule, "_SWEEP_SECONDS", 0.1)
    await plan(runtime, 10)
    settings = runtime.settings.model_copy(update={"redis_url": SecretStr(own_redis.url)})
    stop = asyncio.Event()
    async with (
        open_queue(settings) as queue,
        open_runtime(
            settings,
            database_url=database_url,
            keyring=runtime.keyring,
            queue=queue,
            clock=clock,
            platforms={"scripted": platform.platform()},
        ) as away,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(run_scheduler(away, stop))
        group.create_task(run_worker(away, stop))
        clock.set(START + timedelta(seconds=21))
        await until(lambda: len(platform.wall) >= 10)
        stop.set()
    assert Counter(platform.texts) == Counter(f"post {number}" for number in range(10))
