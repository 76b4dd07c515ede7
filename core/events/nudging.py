"""How do workers hear of stored events? In the background, at most so many at once: nobody who sends waits for it.

An event is a row: what is forgotten here, because the process dies or too many wait, is found by the sweep.
"""

import asyncio
import uuid
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from weakref import WeakKeyDictionary

import structlog

from core.db.session import Database
from core.jobs.jobs import AutomationJob
from core.jobs.queue import JobQueueError
from core.outage import pause
from core.runtime import Runtime

log = structlog.get_logger(__name__)

AT_ONCE = 64
MOST = 10_000  # that wait; more than workers do in the time until the sweep comes by
_BETWEEN = 0.1  # seconds between two groups: no worker does more in that time
_REFUSED = 1.0  # after the queue took none


@dataclass(eq=False)
class _Waiting:
    ids: deque[uuid.UUID] = field(default_factory=deque)
    some: asyncio.Event = field(default_factory=asyncio.Event)


_waiting: WeakKeyDictionary[Database, _Waiting] = WeakKeyDictionary()


def later(runtime: Runtime, event_ids: Iterable[uuid.UUID]) -> None:
    """Have workers told of stored events soon."""
    waiting = _waiting_of(runtime)
    waiting.ids.extend(islice(event_ids, max(0, MOST - len(waiting.ids))))
    if waiting.ids:
        waiting.some.set()


async def run(runtime: Runtime, stop: asyncio.Event) -> None:
    """Tell workers until ``stop``."""
    waiting = _waiting_of(runtime)
    while not stop.is_set():
        if not waiting.ids:
            waiting.some.clear()
            await waiting.some.wait()
            continue
        group = [waiting.ids.popleft() for _ in range(min(AT_ONCE, len(waiting.ids)))]
        jobs = [AutomationJob(event_id=event_id) for event_id in group]
        sent = await asyncio.gather(*(runtime.queue.send(job) for job in jobs), return_exceptions=True)
        refused = [
            job.event_id for job, error in zip(jobs, sent, strict=True) if isinstance(error, JobQueueError)
        ]
        for error in sent:
            if isinstance(error, BaseException) and not isinstance(error, JobQueueError):
                log.error("event_not_nudged", reason=f"{type(error).__name__}: {error}")
        waiting.ids.extendleft(reversed(refused))
        await pause(stop, _REFUSED if refused else _BETWEEN)


def end(runtime: Runtime, stop: asyncio.Event) -> None:
    """Have ``run`` end; what still waits is left to the sweep."""
    stop.set()
    _waiting_of(runtime).some.set()


def _waiting_of(runtime: Runtime) -> _Waiting:
    return _waiting.setdefault(runtime.database, _Waiting())
