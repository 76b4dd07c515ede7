"""Do jobs survive Redis: its order, its outages, its forgetting, and messages nobody understands?"""

import asyncio
import json
import time
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from core.jobs.jobs import JobName, Priority
from core.jobs.queue import JobQueueError
from core.jobs.streams import STREAMS
from core.runtime import Runtime
from tests.workers.recording import Recorder, publish_job, until, working
from tests.workers.redis_server import RedisServer
from workers.broker import RunningJobs, TaskiqQueue, make_broker, register_tasks
from workers.tasks import HANDLERS

NORMAL = STREAMS[Priority.NORMAL]
DEAD = f"{STREAMS[Priority.HIGH]}:dead"


async def only_entry(redis: Redis, stream: str) -> dict[bytes, bytes]:
    """Return the fields of the one entry of ``stream``."""
    entries: Any = await redis.xrange(stream)
    ((_, fields),) = entries
    found: dict[bytes, bytes] = fields
    return found


async def test_urgent_jobs_come_first(redis_runtime: Runtime) -> None:
    for number, priority in enumerate([Priority.LOW, Priority.NORMAL, Priority.HIGH] * 3):
        await redis_runtime.queue.send(publish_job(number, priority))
    recorder = Recorder()
    async with working(redis_runtime, recorder.handlers, concurrency=1):
        await until(lambda: len(recorder.finished) == 9)
    assert recorder.finished == [2, 5, 8, 1, 4, 7, 0, 3, 6]


async def test_finished_jobs_leave_nothing_behind(redis_runtime: Runtime, redis: Redis) -> None:
    recorder = Recorder()
    recorder.failing = {3}  # a failed job is finished too: its row decides about a retry
    async with working(redis_runtime, recorder.handlers):
        for number in range(20):
            await redis_runtime.queue.send(publish_job(number))
        await until(lambda: len(recorder.finished) == 20)
    assert [await redis.xlen(stream) for stream in STREAMS.values()] == [0, 0, 0]
    assert await redis.keys("*:waiting:*") == []
    assert await redis.xinfo_consumers(NORMAL, "nexus") == []


async def test_a_waiting_job_is_not_sent_twice_but_a_running_one_is(
    redis_runtime: Runtime, redis: Redis
) -> None:
    for _ in range(3):
        await redis_runtime.queue.send(publish_job(1))
    assert await redis.xlen(NORMAL) == 1
    recorder = Recorder(seconds=0.2)
    async with working(redis_runtime, recorder.handlers):
        await until(lambda: recorder.started == [1])
        await redis_runtime.queue.send(publish_job(1))
        await until(lambda: recorder.finished == [1, 1])


async def test_a_full_stream_refuses(shared_redis: RedisServer, redis: Redis) -> None:
    queue = TaskiqQueue(make_broker(shared_redis.url, capacity=2))
    for number in (1, 2):
        await queue.send(publish_job(number))
    with pytest.raises(JobQueueError, match="holds 2 entries"):
        await queue.send(publish_job(3))
    await queue.close()


async def test_messages_are_json(redis_runtime: Runtime, redis: Redis) -> None:
    job = publish_job(7, Priority.LOW)
    await redis_runtime.queue.send(job)
    fields = await only_entry(redis, STREAMS[Priority.LOW])
    message = json.loads(fields[b"data"])
    assert message["task_name"] == "publish"
    assert message["kwargs"]["job"] == {
        "type": "publish", "publicationId": str(job.publication_id), "priority": "low", "attempts": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        {b"data": b"\x80\x04K\x01."},  # a pickle
        {b"data": b"[" * 100_000},
        {b"data": b'{"task_id": "1"}'},
        {b"other": b"field"},
        {b"data": b'{"task_id":"1","task_name":"rm_rf","labels":{},"args":[],"kwargs":{"job":{}}}'},
        {b"data": b'{"task_id":"1","task_name":"publish","labels":{},"args":[],"kwargs":{"job":{"type":"publish"}}}'},
        {
            b"data": b'{"task_id":"1","task_name":"process_event","labels":{},"args":[],'
            b'"kwargs":{"job":{"type":"check_scheduled","timestamp":1}}}'
        },
        {b"data": b'{"task_id":"1","task_name":"publish","labels":{"a":[]},"labels_types":{"a":2},"args":[],"kwargs":{}}'},
    ],
)  # fmt: skip
async def test_what_nobody_understands_is_put_aside_with_a_log_line(
    redis_runtime: Runtime, redis: Redis, capsys: pytest.CaptureFixture[str], data: dict[bytes, bytes]
) -> None:
    await redis.xadd(NORMAL, dict(data.items()))
    await redis_runtime.queue.send(publish_job(1))
    recorder = Recorder()
    async with working(redis_runtime, recorder.handlers):
        await until(lambda: recorder.finished == [1])
    fields = await only_entry(redis, DEAD)
    assert data.items() <= fields.items()
    assert fields[b"stream"] == NORMAL.encode()
    assert await redis.xlen(NORMAL) == 0
    assert "job_put_aside" in capsys.readouterr().out


async def test_a_job_longer_than_its_lease_runs_once(redis_runtime: Runtime) -> None:
    first, second = Recorder(seconds=2.5), Recorder()
    options = {"lease_seconds": 0.6, "reclaim_seconds": 0.1}
    async with working(redis_runtime, first.handlers, **options):
        await redis_runtime.queue.send(publish_job(1))
        await until(lambda: first.started == [1])
        async with working(redis_runtime, second.handlers, **options):
            await until(lambda: first.finished == [1])
            await asyncio.sleep(0.8)
    assert first.started == [1]
    assert second.started == []


async def test_a_job_cut_off_at_the_stop_is_done_by_the_next_worker(redis_runtime: Runtime) -> None:
    slow, quick = Recorder(seconds=60), Recorder()
    async with working(redis_runtime, slow.handlers, grace=0.1) as stop:
        await redis_runtime.queue.send(publish_job(1))
        await until(lambda: slow.started == [1])
        stop.set()
    async with working(redis_runtime, quick.handlers, lease_seconds=0.5, reclaim_seconds=0.1):
        await until(lambda: quick.finished == [1])
    assert slow.finished == []


async def test_two_workers_share_what_is_there(redis_runtime: Runtime) -> None:
    first, second = Recorder(seconds=0.15), Recorder(seconds=0.15)
    for number in range(8):
        await redis_runtime.queue.send(publish_job(number))
    async with (
        working(redis_runtime, first.handlers, concurrency=1),
        working(redis_runtime, second.handlers, concurrency=1),
    ):
        await until(lambda: len(first.finished) + len(second.finished) == 8)
    assert len(first.finished) == len(second.finished) == 4


async def test_stopping_amid_traffic_never_hangs_and_loses_nothing(redis_runtime: Runtime) -> None:
    recorder = Recorder(seconds=0.001)
    numbers = iter(range(150))
    for pause in range(30):
        async with working(redis_runtime, recorder.handlers, lease_seconds=0.3, reclaim_seconds=0.05):
            for _ in range(5):
                await redis_runtime.queue.send(publish_job(next(numbers)))
            await asyncio.sleep(pause % 10 * 0.001)
    async with working(redis_runtime, recorder.handlers, lease_seconds=0.3, reclaim_seconds=0.05):
        await until(lambda: len(set(recorder.finished)) == 150)


async def test_a_flushed_redis_is_worked_with_on(redis_runtime: Runtime, redis: Redis) -> None:
    recorder = Recorder()
    async with working(redis_runtime, recorder.handlers):
        await redis_runtime.queue.send(publish_job(1))
        await until(lambda: recorder.finished == [1])
        await redis.flushall()
        await redis_runtime.queue.send(publish_job(2))
        await until(lambda: recorder.finished == [1, 2])


async def test_redis_down_at_start_then_up_then_restarted(
    runtime: Runtime, own_redis: RedisServer, capsys: pytest.CaptureFixture[str]
) -> None:
    queue = TaskiqQueue(make_broker(own_redis.url))
    settings = runtime.settings.model_copy(update={"redis_url": SecretStr(own_redis.url)})
    away = Runtime(
        settings=settings, database=runtime.database, http=runtime.http, keyring=runtime.keyring,
        queue=queue, clock=runtime.clock, media=runtime.media, platforms=runtime.platforms,
    )  # fmt: skip

    async def send(number: int) -> None:
        for _ in range(100):
            try:
                return await queue.send(publish_job(number))
            except JobQueueError:
                await asyncio.sleep(0.1)
        raise AssertionError("Redis did not come back")

    recorder = Recorder()
    async with working(away, recorder.handlers):
        began = time.monotonic()
        with pytest.raises(JobQueueError):
            await queue.send(publish_job(1))
        for _ in range(200):
            with pytest.raises(JobQueueError):
                await queue.send(publish_job(1))
        assert time.monotonic() - began < 10  # refused at once, not after a time-out each
        await asyncio.sleep(1)
        own_redis.start()
        await send(1)
        await until(lambda: recorder.finished == [1])
        own_redis.stop()
        await asyncio.sleep(0.5)
        own_redis.start()
        await send(2)
        await until(lambda: recorder.finished == [1, 2])
    await queue.close()
    assert capsys.readouterr().out.count("outage_began") <= 4  # worker and sender, two outages


async def test_the_registered_tasks_are_the_job_names(redis_runtime: Runtime) -> None:
    broker = make_broker("redis://127.0.0.1:1")
    register_tasks(broker, redis_runtime, HANDLERS, RunningJobs())
    assert set(broker.get_all_tasks()) == {str(name) for name in JobName} == {str(name) for name in HANDLERS}
