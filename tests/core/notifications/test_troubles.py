"""Trouble is told once while it lasts, however many see it, and once when it is over."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from core.clock import ManualClock
from core.notifications import troubles
from core.notifications.models import Notification, NotificationKind, NotificationStatus, Trouble
from core.notifications.watching import SILENT, Watch
from core.runtime import Runtime
from core.settings import heartbeats
from tests.conftest import START


async def _report(runtime: Runtime, key: str = "redis") -> bool:
    async with runtime.unit_of_work() as session:
        return await troubles.report(session, key, runtime.clock.now())


async def _over(runtime: Runtime, key: str = "redis") -> bool:
    async with runtime.unit_of_work() as session:
        return await troubles.over(session, key, runtime.clock.now())


async def _told(runtime: Runtime) -> list[str]:
    """Return what would have been told by now, and count it as told."""
    async with runtime.unit_of_work() as session:
        rows = list(await session.scalars(select(Notification.kind).order_by(Notification.created_at)))
        await session.execute(update(Notification).values(status=NotificationStatus.SENT))
    return rows


async def test_of_many_who_see_it_one_tells(runtime: Runtime) -> None:
    said = await asyncio.gather(*(_report(runtime) for _ in range(6)))
    assert sorted(said) == [False] * 5 + [True]
    assert await _told(runtime) == [NotificationKind.TROUBLE]
    said = await asyncio.gather(*(_over(runtime) for _ in range(6)))
    assert sorted(said) == [False] * 5 + [True]
    assert await _told(runtime) == [NotificationKind.TROUBLE, NotificationKind.TROUBLE_OVER]


async def test_what_is_over_before_it_was_told_is_one_message(runtime: Runtime, clock: ManualClock) -> None:
    await _report(runtime)
    clock.advance(timedelta(minutes=1))
    await _over(runtime)
    assert await _told(runtime) == [NotificationKind.TROUBLE]


async def test_what_comes_and_goes_is_told_less_and_less(runtime: Runtime, clock: ManualClock) -> None:
    for _ in range(8):
        await _report(runtime)
        await _told(runtime)
        clock.advance(timedelta(minutes=2))
        await _over(runtime)
        await _told(runtime)
        clock.advance(timedelta(minutes=2))
    kinds = await _told(runtime)
    assert kinds.count(NotificationKind.TROUBLE) == 4, "the 1st, 2nd, 4th and 8th time"
    assert kinds.count(NotificationKind.TROUBLE_OVER) == 4
    async with runtime.unit_of_work() as session:
        (row,) = await session.scalars(select(Trouble))
    assert row.times == 8
    clock.advance(timedelta(hours=1))
    await _report(runtime)
    assert (await _told(runtime)).count(NotificationKind.TROUBLE) == 5, "another trouble"


async def test_an_outage_is_recorded_by_one_of_those_who_saw_it(runtime: Runtime) -> None:
    async def record(seconds: int) -> bool:
        began = START + timedelta(seconds=seconds)
        async with runtime.unit_of_work() as session:
            return await troubles.record(session, "database", began, START + timedelta(minutes=5))

    said = await asyncio.gather(*(record(seconds) for seconds in (0, 3, 9)))
    assert sorted(said) == [False, False, True]
    assert await _told(runtime) == [NotificationKind.TROUBLE]


async def _beat(runtime: Runtime, *names: str) -> None:
    async with runtime.unit_of_work() as session:
        for name in names:
            await heartbeats.beat(session, name, runtime.clock.now())


async def _open(runtime: Runtime) -> list[str]:
    async with runtime.unit_of_work() as session:
        return [one.key for one in await troubles.open_now(session)]


async def test_a_part_that_falls_silent_is_missed_and_welcomed(runtime: Runtime, clock: ManualClock) -> None:
    watch, other = Watch(runtime), Watch(runtime)
    await _beat(runtime, "scheduler", "worker")
    await watch.look()
    await other.look()
    clock.advance(SILENT)
    await asyncio.gather(watch.look(), other.look())
    clock.advance(timedelta(seconds=10))
    await _beat(runtime, "worker")
    await asyncio.gather(watch.look(), other.look())
    assert await _open(runtime) == ["part/scheduler"]
    await _beat(runtime, "scheduler")
    await asyncio.gather(watch.look(), other.look())
    assert await _open(runtime) == []
    async with runtime.unit_of_work() as session:
        assert await session.scalar(select(func.count()).select_from(Trouble)) == 1


async def test_after_a_start_the_others_get_time_to_show_that_they_live(
    runtime: Runtime, clock: ManualClock
) -> None:
    await _beat(runtime, "scheduler")
    clock.advance(timedelta(hours=8))
    watch = Watch(runtime)
    await watch.look()
    clock.advance(timedelta(seconds=30))
    await watch.look()
    assert await _open(runtime) == []
    clock.advance(SILENT)
    await watch.look()
    assert await _open(runtime) == ["part/scheduler"]


async def test_a_machine_that_slept_misses_nobody(runtime: Runtime, clock: ManualClock) -> None:
    watch = Watch(runtime)
    await _beat(runtime, "scheduler")
    await watch.look()
    clock.advance(SILENT)
    await _beat(runtime, "scheduler")
    await watch.look()
    clock.advance(timedelta(hours=8))  # everybody slept, and this one wakes first
    await watch.look()
    assert await _open(runtime) == []
    clock.advance(SILENT)
    await watch.look()
    assert await _open(runtime) == ["part/scheduler"], "it did not wake up"


@pytest.mark.parametrize(("minutes", "told"), [(5, 1), (0, 0)])
async def test_an_outage_of_the_database_is_told_when_it_is_over(
    runtime: Runtime, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, minutes: int, told: int
) -> None:
    watch = Watch(runtime)
    await _beat(runtime, "worker")
    await watch.look()
    clock.advance(SILENT)
    with monkeypatch.context() as patched:
        patched.setattr(heartbeats, "every", _refused)
        with pytest.raises(ConnectionRefusedError):
            await watch.look()
        clock.advance(timedelta(minutes=minutes))
        with pytest.raises(ConnectionRefusedError):
            await watch.look()
    await watch.look()
    assert await _told(runtime) == [NotificationKind.TROUBLE] * told
    assert await _open(runtime) == [], "nobody could leave a sign of life meanwhile"


async def _refused(session: object) -> dict[str, object]:
    raise ConnectionRefusedError
