"""Do workers hear of every stored event once, also when the queue takes none for a while?"""

import asyncio
import uuid
from collections.abc import AsyncGenerator

import pytest

from core.config import Settings
from core.events import nudging
from core.jobs.jobs import EventsJob, Job
from core.jobs.queue import JobQueueError
from core.products.models import Product
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from tests.core.events import signing
from tests.core.events.signing import body_of
from tests.workers.receiver.sending import send


class Recording:
    """A queue that keeps what it is sent, and can be away."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.away = 0
        self.arrived = asyncio.Condition()

    async def send(self, job: Job) -> None:
        if self.away:
            self.away -= 1
            raise JobQueueError("away")
        assert isinstance(job, EventsJob)
        async with self.arrived:
            self.ids.extend(map(str, job.event_ids))
            self.arrived.notify_all()

    async def have(self, count: int) -> None:
        async with self.arrived, asyncio.timeout(20):
            await self.arrived.wait_for(lambda: len(self.ids) >= count)


@pytest.fixture
def queue() -> Recording:
    return Recording()


@pytest.fixture
async def runtime(
    settings: Settings, database_url: str, keyring: Keyring, queue: Recording
) -> AsyncGenerator[Runtime]:
    """A runtime whose jobs are recorded."""
    async with open_runtime(settings, database_url=database_url, keyring=keyring, queue=queue) as opened:
        yield opened


async def test_each_once_and_a_repeated_delivery_not_again(
    runtime: Runtime, address: str, product: Product, queue: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nudging, "_REFUSED", 0.05)
    queue.away = 3
    bodies = [body_of("sale", runtime.clock.now(), {"n": n}) for n in range(100)]
    answers = await asyncio.gather(*(send(runtime, address, body, signing.nexus(body)) for body in bodies))
    again = await send(runtime, address, bodies[0], signing.nexus(bodies[0]))
    assert again.status == 200
    await queue.have(100)
    last = body_of("sale", runtime.clock.now(), {"n": "last"})
    answer = await send(runtime, address, last, signing.nexus(last))
    await queue.have(101)
    assert sorted(queue.ids) == sorted(one.body["event_id"] for one in [*answers, answer])


async def test_too_many_are_left_to_the_sweep(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudging, "MOST", 5)
    nudging.later(runtime, map(_id, range(9)))
    assert list(nudging._waiting_of(runtime).ids) == [_id(n) for n in range(5)]


def _id(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)
