"""Does the queue inside the process order, bound and finish its work?"""

import asyncio
import time

import pytest

from core.jobs.jobs import Priority, SchedulerJob
from core.jobs.queue import JobQueueError
from core.runtime import Runtime
from tests.workers.recording import Recorder, publish_job, until
from workers.inline import InProcessQueue


async def drain(queue: InProcessQueue, runtime: Runtime, recorder: Recorder, count: int) -> None:
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(queue.run(runtime, stop, recorder.handlers))
        await until(lambda: len(recorder.finished) >= count)
        stop.set()


async def test_urgent_jobs_come_first(runtime: Runtime) -> None:
    queue, recorder = InProcessQueue(concurrency=1), Recorder()
    for number, priority in enumerate([Priority.LOW, Priority.NORMAL, Priority.HIGH] * 3):
        await queue.send(publish_job(number, priority))
    await drain(queue, runtime, recorder, 9)
    assert recorder.finished == [2, 5, 8, 1, 4, 7, 0, 3, 6]


async def test_a_waiting_job_is_not_queued_twice_and_moves_forward_when_it_becomes_urgent(
    runtime: Runtime,
) -> None:
    queue, recorder = InProcessQueue(concurrency=1), Recorder()
    await queue.send(publish_job(1))
    await queue.send(publish_job(2, Priority.LOW))
    await queue.send(publish_job(2, Priority.HIGH))
    await queue.send(publish_job(2, Priority.LOW))
    await queue.send(publish_job(1).model_copy(update={"attempts": 3}))
    await queue.send(SchedulerJob(timestamp=1))
    await queue.send(SchedulerJob(timestamp=2))
    assert len(queue) == 3
    await drain(queue, runtime, recorder, 3)
    assert recorder.finished == [2, 0, 1]


async def test_a_running_job_can_be_asked_for_again(runtime: Runtime) -> None:
    queue, recorder = InProcessQueue(), Recorder(seconds=0.1)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(queue.run(runtime, stop, recorder.handlers))
        await queue.send(publish_job(1))
        await until(lambda: recorder.started == [1])
        await queue.send(publish_job(1))
        await until(lambda: recorder.finished == [1, 1])
        stop.set()


async def test_a_full_queue_refuses() -> None:
    queue = InProcessQueue(capacity=2)
    await queue.send(publish_job(1))
    await queue.send(publish_job(2))
    await queue.send(publish_job(2))  # waits already: not one more
    with pytest.raises(JobQueueError, match="2 jobs are waiting"):
        await queue.send(publish_job(3))


async def test_no_more_jobs_at_once_than_allowed(runtime: Runtime) -> None:
    queue, recorder = InProcessQueue(concurrency=3), Recorder(seconds=0.02)
    for number in range(12):
        await queue.send(publish_job(number))
    await drain(queue, runtime, recorder, 12)
    assert recorder.most_at_once == 3


async def test_a_failing_job_is_logged_and_the_queue_goes_on(
    runtime: Runtime, capsys: pytest.CaptureFixture[str]
) -> None:
    queue, recorder = InProcessQueue(concurrency=1), Recorder()
    recorder.failing = {1}
    for number in (1, 2):
        await queue.send(publish_job(number))
    await drain(queue, runtime, recorder, 2)
    assert recorder.finished == [1, 2]
    output = capsys.readouterr().out
    assert "job_failed" in output
    assert f"publish:{publish_job(1).publication_id}" in output


async def test_stopping_takes_nothing_new_and_waits_for_what_runs(runtime: Runtime) -> None:
    queue, recorder = InProcessQueue(concurrency=1), Recorder(seconds=0.2)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(queue.run(runtime, stop, recorder.handlers))
        await queue.send(publish_job(1))
        await queue.send(publish_job(2))
        await until(lambda: recorder.started == [1])
        stop.set()
    assert recorder.finished == [1]


async def test_a_job_that_outlasts_the_grace_is_cancelled(runtime: Runtime) -> None:
    queue, recorder = InProcessQueue(), Recorder(seconds=60)
    stop = asyncio.Event()
    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        group.create_task(queue.run(runtime, stop, recorder.handlers, grace=0.1))
        await queue.send(publish_job(1))
        await until(lambda: recorder.started == [1])
        stop.set()
    assert recorder.finished == []
    assert time.monotonic() - began < 30  # not the minute it wanted
