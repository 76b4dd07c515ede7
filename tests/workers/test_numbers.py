"""Do scheduler and worker together bring in numbers, with and without a queue that delivers?"""

import asyncio
import dataclasses
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.analytics.models import ChannelFollowers, DailyStat, PublicationMetric
from core.clock import ManualClock
from core.content import service as content_service
from core.ids import new_id
from core.jobs.queue import DroppingQueue, JobQueue
from core.platforms.base import PostMetrics
from core.products import service as products
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.core.analytics.asked import Numbers
from tests.core.publications.conftest import add_channel
from workers import numbers
from workers.inline import InProcessQueue
from workers.schedule import run_scheduler, run_worker


async def published(runtime: Runtime, slug: str, at: timedelta) -> uuid.UUID:
    """A post that went out so long ago."""
    moment = runtime.clock.now() - at
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Shop")
        channel = await add_channel(session, runtime, product.id, slug)
        content = await content_service.create_draft(session, product_id=product.id, text="A post")
        row = Publication(
            id=new_id(), content_id=content.id, channel_id=channel.id, status=PublicationStatus.PUBLISHED,
            scheduled_at=moment, published_at=moment, platform_post_id="p1",
        )  # fmt: skip
        session.add(row)
    return row.id


async def brought_in(runtime: Runtime, clock: ManualClock) -> None:
    """Wait until every kind of number is there; the clock goes on, a minute for each look."""
    while True:
        async with runtime.unit_of_work() as session:
            found = [
                await session.scalar(select(PublicationMetric.id).limit(1)),
                await session.scalar(select(ChannelFollowers.count).where(ChannelFollowers.count == 321)),
                await session.scalar(select(DailyStat.id).where(DailyStat.total_reach == 450)),
            ]
        if None not in found:
            return
        clock.advance(timedelta(seconds=20))
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("delivers", [True, False])
async def test_numbers_come_in_while_scheduler_and_worker_run(
    runtime: Runtime, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, delivers: bool
) -> None:
    for name in ("ASK_SECONDS", "SWEEP_SECONDS", "ADD_UP_SECONDS", "LOOK_THROUGH_SECONDS"):
        monkeypatch.setattr(numbers, name, 0.05)
    told = Numbers(followers=321, posts={"p1": PostMetrics(impressions=450, likes=9, engagements=9)})
    queue: JobQueue = InProcessQueue() if delivers else DroppingQueue()
    runtime.database._queue = queue
    runtime = dataclasses.replace(runtime, platforms=told.platforms(), queue=queue)
    post = await published(runtime, told.slug, timedelta(minutes=10))
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(run_scheduler(runtime, stop))
        group.create_task(run_worker(runtime, stop, grace=1))
        async with asyncio.timeout(60):
            await brought_in(runtime, clock)
        stop.set()
    async with runtime.unit_of_work() as session:
        assert (await session.get_one(Publication, post)).metrics["likes"] == 9
    assert told.calls.count("p1") >= 1
