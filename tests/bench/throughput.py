"""How many publications a second? Workers and scheduler over Redis, and the bare loop beside them."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import psutil

from tests.bench import bare
from tests.bench.engine import Process, ready, running
from tests.bench.stand import Stand, connected, fill

CONNECTIONS = (
    24  # of the bare loop, shared by its processes: with more it was no faster, with 8 a third slower
)

_ROWS = """
SELECT publications.id, content_id, channel_id, product_id
FROM publications JOIN channels ON channels.id = channel_id ORDER BY publications.id
"""
DONE = "SELECT count(*) FROM publications WHERE status = 'published'"
_SPAN = """
SELECT count(*), extract(epoch FROM max(publications.published_at) - min(publication_attempts.started_at))::float
FROM publications JOIN publication_attempts ON publication_attempts.publication_id = publications.id
WHERE publications.status = 'published' AND publication_attempts.state = 'confirmed'
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """Publications a second of so many processes."""

    workers: int
    engine: float
    bare: float
    worker_cpu: float  # milliseconds of processor time a post, of all workers together
    scheduler_cpu: float

    @property
    def ratio(self) -> float:
        """What part of the bare loop's the engine reaches."""
        return self.engine / self.bare


async def measure(stand: Stand, workers: int, posts: int, seconds: float = 600.0) -> Rate:
    """Publish ``posts`` with so many workers, then the same with as many bare processes."""
    engine, worker_cpu, scheduler_cpu = await _engine(stand, workers, posts, seconds)
    return Rate(workers, engine, await _bare(stand, workers, posts), worker_cpu, scheduler_cpu)


async def _engine(stand: Stand, workers: int, posts: int, seconds: float) -> tuple[float, float, float]:
    async with stand.database(f"engine_{workers}") as url:
        await fill(url, due=posts, at=datetime.now(UTC) - timedelta(seconds=5))
        stand.redis.stop()
        stand.redis.start()
        made = [Process("worker", url, stand.redis.url, stand.folder)] * workers
        async with connected(url) as watch:
            with running(*made) as worker_ids:
                await ready(stand.redis.url, workers)
                started = _cpu(worker_ids)  # imports cost more than many posts do
                with running(Process("scheduler", url, stand.redis.url, stand.folder)) as scheduler_ids:
                    scheduling = None
                    deadline = time.monotonic() + seconds
                    while await watch.fetchval(DONE) < posts:
                        if time.monotonic() > deadline:
                            raise TimeoutError(
                                f"{workers} workers: {await watch.fetchval(DONE)} of {posts} in {seconds:g} s"
                            )
                        if scheduling is None and await watch.fetchval(DONE):
                            scheduling = _cpu(scheduler_ids)
                        await asyncio.sleep(0.2)
                    scheduler_cpu = _cpu(scheduler_ids) - (scheduling or 0.0)
                worker_cpu = _cpu(worker_ids) - started
            count, took = await watch.fetchrow(_SPAN)
        assert count == posts, f"{count} calls for {posts} posts"
        return float(count / took), 1000 * worker_cpu / posts, 1000 * scheduler_cpu / posts


def _cpu(pids: Sequence[int]) -> float:
    """Return the seconds of processor time that they have used so far."""
    used = [psutil.Process(pid).cpu_times() for pid in pids]
    return sum(one.user + one.system for one in used)


async def _bare(stand: Stand, workers: int, posts: int) -> float:
    async with stand.database(f"bare_{workers}") as url:
        await fill(url, due=posts, at=datetime.now(UTC) - timedelta(seconds=5))
        async with connected(url) as watch:
            rows = [tuple(row) for row in await watch.fetch(_ROWS)]
        context = get_context("spawn")
        start = context.Barrier(workers + 1)
        started = [
            context.Process(
                target=bare.work, args=(url, rows[number::workers], CONNECTIONS // workers, start)
            )
            for number in range(workers)
        ]
        for each in started:
            each.start()
        await asyncio.to_thread(start.wait, 60)
        began = time.perf_counter()
        for each in started:
            await asyncio.to_thread(each.join)
        took = time.perf_counter() - began
        async with connected(url) as watch:
            assert await watch.fetchval(DONE) == posts
        return posts / took
