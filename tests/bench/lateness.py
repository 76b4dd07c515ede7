"""How late are posts when a thousand are due in the same second? Scheduler and workers over Redis."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.bench.engine import Process, ready, running
from tests.bench.stand import Stand, connected, fill
from tests.bench.throughput import DONE

_LATE = """
SELECT percentile_disc(ARRAY[0.5, 0.99, 1]) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - scheduled_at)),
    count(*), extract(epoch FROM min(started_at - scheduled_at))::float AS earliest
FROM publication_attempts JOIN publications ON publications.id = publication_id
WHERE publication_attempts.state = 'confirmed'
"""


@dataclass(frozen=True, slots=True)
class Lateness:
    """Seconds from the moment a post was due to the platform's yes: half of them, 99 of 100, the last."""

    posts: int
    workers: int
    p50: float
    p99: float
    last: float


async def measure(stand: Stand, *, posts: int, workers: int, seconds: float = 300.0) -> Lateness:
    """Let ``posts`` come due at once while everything waits for them."""
    async with stand.database("lateness") as url:
        stand.redis.stop()
        stand.redis.start()
        await fill(url, due=0, at=datetime.now(UTC))
        made = [Process("worker", url, stand.redis.url, stand.folder)] * workers
        with running(*made, Process("scheduler", url, stand.redis.url, stand.folder)):
            async with connected(url) as watch:
                await ready(stand.redis.url, workers)
                due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5)
                await fill(url, due=posts, at=due)
                assert datetime.now(UTC) < due, "planning took longer than the time until they are due"
                deadline = time.monotonic() + seconds
                while await watch.fetchval(DONE) < posts:
                    if time.monotonic() > deadline:
                        raise TimeoutError(f"{await watch.fetchval(DONE)} of {posts} in {seconds:g} s")
                    await asyncio.sleep(0.2)
                (p50, p99, last), count, earliest = await watch.fetchrow(_LATE)
    assert count == posts, f"{count} calls for {posts} posts"
    assert earliest >= 0, "a post left before it was due"
    return Lateness(posts, workers, float(p50), float(p99), float(last))
