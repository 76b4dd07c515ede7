"""How do the tests see what a worker did? Handlers that write down every job, and a patient eye."""

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from core.jobs.jobs import Job, JobName, Priority, PublishJob
from core.runtime import Runtime
from workers.running import Handlers
from workers.schedule import run_worker


def publish_job(number: int, priority: Priority = Priority.NORMAL) -> PublishJob:
    """Return a job that tests recognise by its number."""
    return PublishJob(publication_id=uuid.UUID(int=number), priority=priority)


class Recorder:
    """Handlers for every job name that note the start and end of each job and do what the test asks between."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.started: list[int] = []
        self.finished: list[int] = []
        self.most_at_once = 0
        self.failing: set[int] = set()

    @property
    def handlers(self) -> Handlers:
        return dict.fromkeys(JobName, self._handle)

    async def _handle(self, runtime: Runtime, job: Job) -> None:
        number = job.publication_id.int if isinstance(job, PublishJob) else 0
        self.started.append(number)
        self.most_at_once = max(self.most_at_once, len(self.started) - len(self.finished))
        if number in self.failing:
            self.finished.append(number)
            raise ValueError(f"job {number} was told to fail")
        await asyncio.sleep(self.seconds)
        self.finished.append(number)


@asynccontextmanager
async def working(runtime: Runtime, handlers: Handlers, **options: Any) -> AsyncGenerator[asyncio.Event]:
    """Run a worker for the length of the block; leaving it stops the worker and waits for it."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(run_worker(runtime, stop, handlers=handlers, **options))
        try:
            yield stop
        finally:
            stop.set()


async def until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait until ``condition`` holds; fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)
