"""How do jobs reach taskiq? One Redis stream per priority; each job name is a task that calls its handler."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from taskiq import SendTaskError, TaskiqMessage
from taskiq.kicker import AsyncKicker

from core.config import Settings
from core.jobs.jobs import JOB_ADAPTER, Job, JobName
from core.jobs.queue import JobQueueError
from core.jobs.streams import STREAMS
from core.outage import Outage
from core.runtime import Runtime
from workers.identity import worker_name
from workers.inline import InProcessQueue
from workers.running import Handlers, job_key, run_job
from workers.stream_broker import REDIS_AWAY, STREAM_LABEL, WAITING_LABEL, ReliableStreamBroker, StreamFull

_PAUSE_AFTER_FAILURE = (
    1.0  # seconds in which nothing is tried: a scan of 200 rows waits for one time-out, not 200
)


def read_job(message: TaskiqMessage) -> Job:
    """Return the job that ``message`` carries. Raises ``ValueError`` (pydantic's included) or ``KeyError``."""
    job = JOB_ADAPTER.validate_python(message.kwargs["job"])
    if message.task_name != job.type or message.args or len(message.kwargs) != 1:
        raise ValueError(f"a message for {message.task_name!r} carries something else")
    return job


def make_broker(url: str, **options: Any) -> ReliableStreamBroker:
    """Make a broker on NEXUS's streams; ``options`` are those of ``ReliableStreamBroker``."""
    return ReliableStreamBroker(
        url, streams=tuple(STREAMS.values()), check=read_job, consumer=worker_name(), **options
    )


class TaskiqQueue:
    """A ``JobQueue`` over Redis Streams. Messages are JSON: a name and an id, nothing that could run."""

    def __init__(self, broker: ReliableStreamBroker) -> None:
        self._broker = broker
        self._outage = Outage("job queue")
        self._refused_until = 0.0

    async def send(self, job: Job) -> None:
        """Append ``job`` to its stream. Raises ``JobQueueError`` when Redis is away or the stream is full."""
        if time.monotonic() < self._refused_until:
            raise JobQueueError("Redis was away a moment ago")
        labels = {STREAM_LABEL: STREAMS[job.priority], WAITING_LABEL: job_key(job)}
        kicker: AsyncKicker[Any, Any] = AsyncKicker(str(job.type), self._broker, labels)
        try:
            await kicker.kiq(job=job.model_dump(mode="json", by_alias=True))
        except SendTaskError as error:
            cause = error.__cause__
            if isinstance(cause, StreamFull):
                raise JobQueueError(str(cause)) from cause
            if not isinstance(cause, REDIS_AWAY):
                raise
            self._refused_until = time.monotonic() + _PAUSE_AFTER_FAILURE
            self._outage.failed(cause)
            raise JobQueueError(f"{type(cause).__name__}: {cause}") from cause
        self._outage.passed()

    async def close(self) -> None:
        """Close the connections to Redis."""
        await self._broker.shutdown()


class RunningJobs:
    """The asyncio tasks in which jobs run right now, so that a stopping worker can end those that take too long."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    @asynccontextmanager
    async def counted(self) -> AsyncGenerator[None]:
        """Count the current asyncio task as running a job."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a job runs in an asyncio task")
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def cancel(self) -> int:
        """Cancel what still runs, wait for it to end, and return how many there were."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return len(tasks)


def register_tasks(
    broker: ReliableStreamBroker, runtime: Runtime, handlers: Handlers, running: RunningJobs
) -> None:
    """Register one task for every handler, under the job's name."""

    def task_for(name: JobName) -> Callable[[dict[str, Any]], Awaitable[None]]:
        async def task(job: dict[str, Any]) -> None:
            async with running.counted():
                await run_job(runtime, handlers, JOB_ADAPTER.validate_python(job))

        task.__name__ = task.__qualname__ = name.value
        return task

    for name in handlers:
        broker.register_task(task_for(name), task_name=str(name))


@asynccontextmanager
async def open_queue(settings: Settings) -> AsyncGenerator[InProcessQueue | TaskiqQueue]:
    """Open the job queue that ``settings`` ask for: Redis when ``REDIS_URL`` is set, else this process."""
    if settings.redis_url is None:
        yield InProcessQueue()
        return
    queue = TaskiqQueue(make_broker(settings.redis_url.get_secret_value()))
    try:
        yield queue
    finally:
        await queue.close()
