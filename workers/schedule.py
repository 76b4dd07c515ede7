"""When does anything happen? The scheduler asks for due work every second; workers do what was asked for."""

import asyncio
import logging
from datetime import datetime, timedelta
from functools import partial

import structlog
from taskiq.acks import AcknowledgeType
from taskiq.receiver import Receiver

from core.alerts import sending
from core.automations import sweeping
from core.automations import watching as automation_numbers
from core.backup import regular
from core.channels import consents
from core.channels import expiry as access
from core.content import expiry, repeats
from core.events import service as events
from core.inbox import service as inbox
from core.jobs.jobs import PublishJob
from core.notifications import watching
from core.outage import repeat
from core.publications import days, dispatch, freshness, stalled
from core.retention import sweeping as retention
from core.runtime import Runtime
from core.settings import heartbeats
from workers import numbers
from workers.broker import RunningJobs, make_broker, register_tasks
from workers.identity import worker_name
from workers.inline import InProcessQueue
from workers.running import Handlers
from workers.stream_broker import ReliableStreamBroker
from workers.tasks import HANDLERS

log = structlog.get_logger(__name__)

SCHEDULER = "scheduler"  # names of the heartbeat rows
WORKER = "worker"

# Jobs of one worker at once. They wait for platforms most of the time, so many of them keep one slow platform from
# holding up the others; and what is claimed or confirmed at the same moment shares a transaction.
CONCURRENCY = 64

_DUE_SECONDS = 1.0
_RECOVER_SECONDS = 5.0
_BEAT_SECONDS = 10.0
_SWEEP_SECONDS = 5.0
_SWEEP_CONCURRENCY = 2
_EXPIRE_SECONDS = 30.0
_RENEW_SECONDS = 600.0
_WARN_SECONDS = 900.0
_REPEAT_SECONDS = 20.0
_RUN_SECONDS = 2.0
_DECIDE_SECONDS = 5.0
_NUMBERS_SECONDS = 60.0
_OLD_EVENTS_SECONDS = 600.0
_TIDY_SECONDS = 60.0
_BACKUP_SECONDS = 60.0
_FORGET_SECONDS = 6 * 3600.0
_STALLED_SECONDS = 30.0
_ALERT_SECONDS = 5.0
_DAYS_SECONDS = 300.0
_STARTING = timedelta(minutes=3)


async def run_scheduler(runtime: Runtime, stop: asyncio.Event) -> None:
    """Ask for due publications every second and free those whose worker died, until ``stop``.

    Any number of schedulers may run: asking twice is harmless, because whoever does the work claims its row first.
    An outage of the database or of Redis is waited out.
    """

    async def due() -> None:
        asked = dispatch.BATCH
        while (
            asked == dispatch.BATCH and not stop.is_set()
        ):  # when thousands are due, a batch a second is too slow
            async with runtime.unit_of_work() as session:
                asked = await dispatch.nudge_due(session, runtime.clock.now())

    async def recover() -> None:
        async with runtime.unit_of_work() as session:
            recovered = await dispatch.recover(session, runtime.clock.now(), platforms=runtime.platforms)
        if recovered:
            log.info("publications_recovered", count=recovered)

    async def expire() -> None:
        async with runtime.unit_of_work() as session:
            expired = await expiry.expire(session, runtime.clock.now())
        if expired:
            log.info("approvals_expired", count=expired)

    async def again() -> None:
        async with runtime.unit_of_work() as session:
            due = await repeats.due(session, runtime.clock.now())
        for repeat_id in due:
            async with runtime.unit_of_work() as session:
                outcome = await repeats.make_next(session, repeat_id, runtime.clock.now())
            if outcome not in {None, repeats.Outcome.WAITS}:
                log.info("repeat_due", repeat_id=str(repeat_id), outcome=outcome)

    # A restarted process first looks for what the one before it left in the middle.
    async with asyncio.TaskGroup() as group:
        group.create_task(repeat("recovery of publications", recover, _RECOVER_SECONDS, stop))
        group.create_task(repeat("scan for due publications", due, _DUE_SECONDS, stop))
        group.create_task(repeat("expiry of approvals", expire, _EXPIRE_SECONDS, stop))
        group.create_task(
            repeat("warnings before an access ends", partial(_warn, runtime), _WARN_SECONDS, stop)
        )
        group.create_task(
            repeat("what was left or has calmed down", partial(_tidy, runtime), _TIDY_SECONDS, stop)
        )
        group.create_task(
            repeat("deletion of old events", partial(_tidy_events, runtime, stop), _OLD_EVENTS_SECONDS, stop)
        )
        group.create_task(
            repeat("deletion of old runs", partial(_tidy_runs, runtime, stop), _OLD_EVENTS_SECONDS, stop)
        )
        group.create_task(
            repeat("deletion of handled updates", partial(_tidy_updates, runtime), _OLD_EVENTS_SECONDS, stop)
        )
        group.create_task(repeat("regular backup", partial(regular.keep_up, runtime), _BACKUP_SECONDS, stop))
        group.create_task(repeat("deletion of what is old", partial(_forget, runtime), _FORGET_SECONDS, stop))
        group.create_task(repeat("posts that are repeated", again, _REPEAT_SECONDS, stop))
        group.create_task(
            repeat("events and runs that are due", partial(_nudge_runs, runtime), _RUN_SECONDS, stop)
        )
        group.create_task(
            repeat("automations by the clock", partial(sweeping.sweep, runtime), _DECIDE_SECONDS, stop)
        )
        group.create_task(_numbers(runtime, stop))
        group.create_task(
            repeat("look at the products' days", partial(_look_at_days, runtime), _DAYS_SECONDS, stop)
        )
        group.create_task(repeat("look at posts that stay", _Stalled(runtime).look, _STALLED_SECONDS, stop))
        group.create_task(watching.keep_watch(runtime, stop))
        group.create_task(_keep_beating(runtime, SCHEDULER, stop))


async def _nudge_runs(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await sweeping.nudge(session, runtime.clock.now())


async def _tidy_events(runtime: Runtime, stop: asyncio.Event) -> None:
    """Delete old events a batch at a time: a long transaction would be in others' way."""
    removed = 1
    while removed and not stop.is_set():
        async with runtime.unit_of_work() as session:
            removed = await events.remove_expired(session, runtime.clock.now())
        if removed:
            log.info("old_events_deleted", count=removed)


async def _forget(runtime: Runtime) -> None:
    await retention.sweep(runtime)


async def _tidy_runs(runtime: Runtime, stop: asyncio.Event) -> None:
    """Delete old runs that did nothing, a batch at a time."""
    removed = 1
    while removed and not stop.is_set():
        async with runtime.unit_of_work() as session:
            removed = await sweeping.forget_skipped(session, runtime.clock.now())


async def _tidy_updates(runtime: Runtime) -> None:
    """Forget what Telegram will not repeat any more, a short transaction at a time, until nothing is left."""
    while True:
        async with runtime.unit_of_work() as session:
            if await inbox.forget(session, runtime.clock.now()) < inbox.FORGET_BATCH:
                return


async def _numbers(runtime: Runtime, stop: asyncio.Event) -> None:
    """Keep asking for numbers and adding them up."""
    rounds = (
        ("posts to ask about", numbers.look_through, numbers.LOOK_THROUGH_SECONDS),
        ("numbers that are due", numbers.ask, numbers.ASK_SECONDS),
        ("days to add up", numbers.add_up, numbers.ADD_UP_SECONDS),
        ("numbers automations wait for", automation_numbers.sweep, _NUMBERS_SECONDS),
    )
    async with asyncio.TaskGroup() as group:
        for what, action, seconds in rounds:
            group.create_task(repeat(what, partial(action, runtime), seconds, stop))


async def _warn(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        near = await access.warn(session, runtime)
    if near:
        log.info("channels_whose_access_ends", count=near)


class _Stalled:
    """Looks at the queue, but not in the first minutes: what waited for a restart needs a moment to go out."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._since = runtime.clock.now()

    async def look(self) -> None:
        now = self._runtime.clock.now()
        if now - self._since < _STARTING:
            return
        async with self._runtime.unit_of_work() as session:
            await stalled.look(session, now)


async def _look_at_days(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await days.look(session, runtime.clock.now())


async def _tidy(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        ended, forgotten = await consents.tidy(session, runtime.clock.now())
    if ended or forgotten:
        log.info("consents_tidied", ended=ended, forgotten=forgotten)


async def run_worker(
    runtime: Runtime,
    stop: asyncio.Event,
    *,
    handlers: Handlers = HANDLERS,
    concurrency: int = CONCURRENCY,
    grace: float = 30.0,
    lease_seconds: float = 30.0,
    reclaim_seconds: float = 5.0,
) -> None:
    """Do jobs from the runtime's queue until ``stop``; running ones then have ``grace`` seconds to finish.

    Posts that stay due because their messages do not arrive are found in the database and sent all the same, so
    publishing goes on while Redis is away. ``concurrency`` and the lease options are those of the Redis streams; an
    ``InProcessQueue`` brings its own concurrency.
    """
    shared = runtime.queue
    local = shared if isinstance(shared, InProcessQueue) else InProcessQueue(concurrency=_SWEEP_CONCURRENCY)

    async def sweep() -> None:
        async with runtime.unit_of_work() as session:
            overlooked = await dispatch.overlooked(session, runtime.clock.now())
            jobs = await sweeping.overlooked(session, runtime.clock.now())
        for publication_id in overlooked:
            await local.send(PublishJob(publication_id=publication_id))
        for job in jobs:
            await local.send(job)

    async def renew() -> None:
        await freshness.renew_due(runtime)

    async with asyncio.TaskGroup() as group:
        group.create_task(_keep_beating(runtime, WORKER, stop))
        group.create_task(watching.keep_watch(runtime, stop))
        group.create_task(
            repeat("alerts by other ways", partial(sending.send_due, runtime), _ALERT_SECONDS, stop)
        )
        group.create_task(repeat("renewal of credentials", renew, _RENEW_SECONDS, stop))
        group.create_task(repeat("sweep for overlooked publications", sweep, _SWEEP_SECONDS, stop))
        group.create_task(
            repeat("sweep for numbers", partial(numbers.sweep, runtime), numbers.SWEEP_SECONDS, stop)
        )
        group.create_task(local.run(runtime, stop, handlers, grace=grace))
        if local is not shared and runtime.settings.redis_url is not None:
            url = runtime.settings.redis_url.get_secret_value()
            broker = make_broker(
                url, lease_seconds=lease_seconds, reclaim_seconds=reclaim_seconds, concurrency=concurrency
            )
            await _consume(broker, runtime, stop, handlers, concurrency, grace)


async def _consume(
    broker: ReliableStreamBroker,
    runtime: Runtime,
    stop: asyncio.Event,
    handlers: Handlers,
    concurrency: int,
    grace: float,
) -> None:
    # taskiq says at info level that it starts each task; our own lines say more.
    logging.getLogger("taskiq").setLevel(logging.WARNING)
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
                {
                    "process": worker_name(),
                    "keys": list(runtime.keyring.ids),
                    "started_at": started.isoformat(),
                },
            )

    await repeat(f"heartbeat of the {name}", beat, _BEAT_SECONDS, stop)
