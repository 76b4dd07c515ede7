"""How are jobs done without Redis? By a bounded queue inside this process, the most urgent first."""

import asyncio

import structlog

from core.jobs.jobs import Job, Priority
from core.jobs.queue import JobQueueError
from core.runtime import Runtime
from workers.running import Handlers, job_key, run_job

log = structlog.get_logger(__name__)

_URGENCY = (Priority.HIGH, Priority.NORMAL, Priority.LOW)


class InProcessQueue:
    """A ``JobQueue`` whose jobs are done by ``run`` in the same event loop.

    A job that is already waiting is not queued again; asked for more urgently, it moves forward. What waits when
    the process ends is forgotten: its row is due still, and the sweeper of the next process asks again.
    """

    def __init__(self, *, concurrency: int = 8, capacity: int = 1_000) -> None:
        self._concurrency = concurrency
        self._capacity = capacity
        self._waiting: dict[Priority, dict[str, Job]] = {priority: {} for priority in _URGENCY}
        self._changed = asyncio.Condition()

    def __len__(self) -> int:
        return sum(len(lane) for lane in self._waiting.values())

    async def send(self, job: Job) -> None:
        """Queue ``job``. Raises ``JobQueueError`` when ``capacity`` jobs wait already."""
        key = job_key(job)
        for priority in _URGENCY:
            if key in self._waiting[priority]:
                return
            if priority == job.priority:
                break
        for lane in self._waiting.values():
            lane.pop(key, None)  # it waited less urgently
        if len(self) >= self._capacity:
            raise JobQueueError(f"{self._capacity} jobs are waiting already")
        self._waiting[job.priority][key] = job
        async with self._changed:
            self._changed.notify()

    async def run(
        self, runtime: Runtime, stop: asyncio.Event, handlers: Handlers, *, grace: float = 30.0
    ) -> None:
        """Do jobs until ``stop``; then take no more, give running ones ``grace`` seconds, and cancel the rest."""
        async with asyncio.TaskGroup() as group:
            lanes = [group.create_task(self._work(runtime, stop, handlers)) for _ in range(self._concurrency)]
            await stop.wait()
            async with self._changed:
                self._changed.notify_all()
            _, unfinished = await asyncio.wait(lanes, timeout=grace)
            for lane in unfinished:
                log.warning("job_cancelled", reason=f"still running {grace:g} s after the stop")
                lane.cancel()

    async def _work(self, runtime: Runtime, stop: asyncio.Event, handlers: Handlers) -> None:
        while (job := await self._next(stop)) is not None:
            await run_job(runtime, handlers, job)

    async def _next(self, stop: asyncio.Event) -> Job | None:
        async with self._changed:
            await self._changed.wait_for(lambda: stop.is_set() or len(self) > 0)
            if stop.is_set():
                return None
            lane = next(self._waiting[priority] for priority in _URGENCY if self._waiting[priority])
            return lane.pop(next(iter(lane)))
