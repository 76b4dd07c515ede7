"""Whatever is sent: is the answer never a 500, is every accepted event in the table, and nothing else?"""

import asyncio
from collections import Counter
from contextlib import suppress

import pytest
from sqlalchemy import select

from core.events.models import Event
from core.products.models import Product
from core.runtime import Runtime
from core.settings import service as settings
from tests.workers.receiver import fuzz
from tests.workers.receiver.sending import Answer, send

SHOTS, RAW, LANES, SEED = 9_500, 500, 16, 20260302
_ANSWER_SECONDS = 0.3
EXPECTED = {200, 202, 400, 401, 404, 415}


@pytest.fixture(autouse=True)
async def unlimited(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Receiving, per_minute=1_000_000)


async def test_ten_thousand_bodies_and_header_sets(runtime: Runtime, address: str, product: Product) -> None:
    waiting = fuzz.shots(SHOTS, runtime.clock.now(), SEED)
    answers: list[Answer] = []

    async def lane() -> None:
        while waiting:
            shot = waiting.pop()
            answers.append(await send(runtime, address, shot.body, shot.headers, slug=shot.slug))

    async with asyncio.TaskGroup() as group:
        for _ in range(LANES):
            group.create_task(lane())
    counted = Counter(answer.status for answer in answers)
    assert set(counted) == EXPECTED, counted
    assert counted[202] > SHOTS // 5  # the dice do not only make rubbish
    assert all(len(answer.error) == 3 for answer in answers if answer.status >= 400)
    async with runtime.unit_of_work() as session:
        stored = {str(event_id) for event_id in await session.scalars(select(Event.id))}
    accepted = [answer.body["event_id"] for answer in answers if answer.status == 202]
    assert len(accepted) == len(set(accepted))
    assert set(accepted) == stored
    assert {answer.body["event_id"] for answer in answers if answer.status == 200} <= stored


async def test_http_that_no_client_would_send(runtime: Runtime, address: str, product: Product) -> None:
    port = int(address.rpartition(":")[2])
    waiting = fuzz.raw(RAW, SEED)
    statuses: Counter[int] = Counter()

    async def lane() -> None:
        while waiting:
            request = waiting.pop()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            # A request that is not whole is waited for by the server; then there is no answer to look at.
            with suppress(TimeoutError):
                async with asyncio.timeout(_ANSWER_SECONDS):
                    line = await reader.readline()
                    if line:
                        statuses[int(line.split()[1])] += 1
            writer.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(LANES):
            group.create_task(lane())
    assert statuses.total() > RAW // 2, statuses
    assert max(statuses) < 500, statuses
    async with runtime.http.get(f"{address}/healthz") as answer:
        assert answer.status == 200
    async with runtime.unit_of_work() as session:
        assert (await session.scalars(select(Event.id))).all() == []
