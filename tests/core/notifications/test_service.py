"""Is the owner told once, and is nothing lost when a bot process dies while sending?"""

import asyncio
from datetime import timedelta

from core.clock import ManualClock
from core.notifications import service
from core.notifications.models import Notification, NotificationKind
from core.runtime import Runtime


async def _notify(runtime: Runtime, dedupe_key: str | None = None) -> None:
    async with runtime.unit_of_work() as session:
        await service.notify(
            session,
            NotificationKind.PUBLISHED,
            payload={"publication_id": "1"},
            dedupe_key=dedupe_key,
            not_before=runtime.clock.now(),
        )


async def _claim(runtime: Runtime) -> list[Notification]:
    async with runtime.unit_of_work() as session:
        return await service.claim(session, runtime.clock.now())


async def test_the_same_trouble_is_told_once(runtime: Runtime) -> None:
    await asyncio.gather(*(_notify(runtime, "channel-1-down") for _ in range(5)))
    assert len(await _claim(runtime)) == 1


async def test_two_bots_do_not_take_the_same_row(runtime: Runtime) -> None:
    for _ in range(20):
        await _notify(runtime)
    taken = [row.id for rows in await asyncio.gather(*(_claim(runtime) for _ in range(4))) for row in rows]
    assert len(taken) == len(set(taken)) == 20


async def test_a_row_whose_sender_died_comes_back(runtime: Runtime, clock: ManualClock) -> None:
    await _notify(runtime)
    assert len(await _claim(runtime)) == 1
    assert await _claim(runtime) == []
    clock.advance(timedelta(minutes=3))
    again = await _claim(runtime)
    assert [row.attempts for row in again] == [2]
    async with runtime.unit_of_work() as session:
        await service.mark_sent(session, again[0].id, {5: 77}, clock.now())
    clock.advance(timedelta(days=1))
    assert await _claim(runtime) == []


async def test_a_failed_delivery_waits_and_is_counted(runtime: Runtime, clock: ManualClock) -> None:
    await _notify(runtime)
    row = (await _claim(runtime))[0]
    async with runtime.unit_of_work() as session:
        await service.mark_failed(session, row.id, "blocked", clock.now() + timedelta(minutes=5))
        assert await service.undelivered(session) == 1
    assert await _claim(runtime) == []
    clock.advance(timedelta(minutes=5))
    assert len(await _claim(runtime)) == 1


async def test_the_urgent_comes_first(runtime: Runtime) -> None:
    for _ in range(10):
        await _notify(runtime)
    async with runtime.unit_of_work() as session:
        await service.notify(
            session, NotificationKind.FAILED, payload={}, priority="high", not_before=runtime.clock.now()
        )
    first = await _claim(runtime)
    assert [row.kind for row in first] == ["failed"] + ["published"] * 9
