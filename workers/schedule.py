"""When does anything happen? The scheduler asks for due work every second; workers do what was asked for."""

import asyncio
import logging
from datetime import datetime

import structlog
from taskiq.acks import AcknowledgeType
from taskiq.receiver import Receiver

from core.publications import dispatch
from core.runtime import Runtime
from core.settings import heartbeats
from workers.broker import RunningJobs, make_broker, register_tasks
from workers.identity import worker_name
from workers.inline import InProcessQueue
from workers.outage import repeat
from workers.running import Handlers
from workers.tasks import HANDLERS

log = structlog.get_logger(__name__)

SCHEDULER = "scheduler"  # names of the heartbeat rows
WORKER = "worker"

_DUE_SECONDS = 1.0
_RECOVER_SECONDS = 5.0
_BEAT_SECONDS = 10.0


async def run_scheduler(runtime: Runtime, stop: asyncio.Event) -> None:
    """Ask for due publications every second and free those whose worker died, until ``stop``.

    Any number of schedulers may run: asking twice is harmless, because whoever does the work claims its row first.
    An outage of the database or of Redis is waited out.
    """

    async def due() -> None:
        async with runtime.unit_of_work() as session:
            await dispatch.nudge_due(session, runtime.clock.now())

    async def recover() -> None:
        async with runtime.unit_of_work() as session:
            recovered = await dispatch.recover(session, runtime.clock.now())
        if recovered:
            log.info("publications_recovered", count=recovered)

    # A restarted process first looks for what the one before it left in the middle.
    async with asyncio.TaskGroup() as group:
        group.create_task(repeat("recovery of publications", recover, _RECOVER_SECONDS, stop))
        group.create_task(repeat("scan for due publications", due, _DUE_SECONDS, stop))
        group.create_task(_keep_beating(runtime, SCHEDULER, stop))


async def run_worker(
    runtime: Runtime,
    stop: asyncio.Event,
    *,
    handlers: Handlers = HANDLERS,
    concurrency: int = 8,
    grace: float = 30.0,
    lease_seconds: float = 30.0,
    reclaim_seconds: float = 5.0,
) -> None:
    """Do jobs from the runtime's queue until ``stop``; running ones then have ``grace`` seconds to finish.

    Without Redis the jobs come from this process alone, so the scheduler must run in it too.
    ``concurrency`` and the lease options are for Redis; an ``InProcessQueue`` brings its own concurrency.
    """
    async with asyncio.TaskGroup() as group:
        group.create_task(_keep_beating(runtime, WORKER, stop))
        if isinstance(runtime.queue, InProcessQueue):
            await runtime.queue.run(runtime, stop, handlers, grace=grace)
        elif runtime.settings.redis_url is not None:
            await _consume(runtime, stop, handlers, concurrency, grace, lease_seconds, reclaim_seconds)
        else:
            log.warning("worker_without_queue")
            await stop.wait()


async def _consume(
    runtime: Runtime,
    stop: asyncio.Event,
    handlers: Handlers,
    concurrency: int,
    grace: float,
    lease_seconds: float,
    reclaim_seconds: float,
) -> None:
    if runtime.settings.redis_url is None:
        raise ValueError("no REDIS_URL")
    # taskiq says at info level that it starts each task; our own lines say more.
    logging.getLogger("taskiq").setLevel(logging.WARNING)
    broker = make_broker(
        runtime.settings.redis_url.get_secret_value(),
        lease_seconds=lease_seconds,
        reclaim_seconds=reclaim_seconds,
    )
    running = RunningJobs()
    register_tasks(broker, runtime, handlers, running)
    broker.is_worker_process = True
    receiver = Receiver(
        broker,
        max_async_tasks=concurrency,
        run_startup=True,
        ack_type=AcknowledgeType.WHEN_EXECUTED,
        wait_tasks_timeout=grace,
    )
    async with asyncio.TaskGroup() as group:
        leases = group.create_task(broker.keep_leases())
        try:
            await receiver.listen(stop)
        finally:
            broker.abandon()
            late = await running.cancel()
            if late:
                log.warning("jobs_cancelled", count=late, reason=f"still running {grace:g} s after the stop")
            leases.cancel()
            await broker.shutdown()


async def _keep_beating(runtime: Runtime, name: str, stop: asyncio.Event) -> None:
    started: datetime = runtime.clock.now()

    async def beat() -> None:
        async with runtime.unit_of_work() as session:
            await heartbeats.beat(
                session,
                name,
                runtime.clock.now(),
                {"process": worker_name(), "started_at": started.isoformat()},
            )

    await repeat(f"heartbeat of the {name}", beat, _BEAT_SECONDS, stop)
