"""How do workers hear of stored events? In the background, one message for those that came together: nobody who sends waits for it.

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
from core.jobs.jobs import EVENTS_AT_ONCE, EventsJob
from core.jobs.queue import JobQueueError
from core.outage import pause
from core.runtime import Runtime

log = structlog.get_logger(__name__)

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
        group = [waiting.ids.popleft() for _ in range(min(EVENTS_AT_ONCE, len(waiting.ids)))]
        delay = _BETWEEN
        try:
            await runtime.queue.send(EventsJob(event_ids=tuple(group)))
        except JobQueueError:
            waiting.ids.extendleft(reversed(group))
            delay = _REFUSED
        except Exception as error:  # noqa: BLE001 - those who come later must hear of theirs
            log.error("events_not_nudged", count=len(group), reason=f"{type(error).__name__}: {error}")
        await pause(stop, delay)


def end(runtime: Runtime, stop: asyncio.Event) -> None:
    """Have ``run`` end; what still waits is left to the sweep."""
    stop.set()
    _waiting_of(runtime).some.set()


def _waiting_of(runtime: Runtime) -> _Waiting:
    return _waiting.setdefault(runtime.database, _Waiting())
