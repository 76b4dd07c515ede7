"""Stored before it is handled: duplicates, claims of two processes, crashes, retention."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.clock import ManualClock
from core.inbox import service as inbox
from core.inbox.models import TelegramUpdate
from core.notifications.models import Notification, NotificationKind
from core.runtime import Runtime
from workers import schedule

_BOT = 42


async def put(runtime: Runtime, *numbers: int) -> int:
    async with runtime.unit_of_work() as session:
        return await inbox.store(
            session, _BOT, [{"update_id": n, "message": {"text": f"{n}\u0000\ud800"}} for n in numbers]
        )


async def take(runtime: Runtime, holder: str, limit: int = 10) -> list[int]:
    async with runtime.unit_of_work() as session:
        claimed = await inbox.claim(session, _BOT, holder, runtime.clock.now(), limit)
    return [one.update_id for one in claimed]


async def end(runtime: Runtime, number: int) -> None:
    async with runtime.unit_of_work() as session:
        await inbox.end(session, _BOT, number, runtime.clock.now())


async def rows(runtime: Runtime) -> list[TelegramUpdate]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(TelegramUpdate).order_by(TelegramUpdate.update_id)))


async def test_what_is_known_is_not_stored_again_even_after_it_was_handled(runtime: Runtime) -> None:
    assert await put(runtime, 7, 8) == 2
    assert await put(runtime, 8, 9) == 1
    assert await take(runtime, "a") == [7, 8, 9]
    await end(runtime, 8)
    assert await put(runtime, 8) == 0
    assert await take(runtime, "a") == []


async def test_two_processes_never_get_the_same_update(runtime: Runtime) -> None:
    await put(runtime, 1, 2, 3)
    async with runtime.unit_of_work() as first:
        mine = await inbox.claim(first, _BOT, "a", runtime.clock.now(), 2)
        others = await take(runtime, "b")
    assert [one.update_id for one in mine] == [1, 2]
    assert others == [3]


async def test_what_a_dead_process_had_in_hand_is_taken_over_in_order(runtime: Runtime) -> None:
    await put(runtime, 1, 2, 3)
    assert await take(runtime, "dead", 2) == [1, 2]
    assert await take(runtime, "new", 1) == [3]
    async with runtime.unit_of_work() as session:
        assert await inbox.take_over(session, _BOT, "new") == 2
    assert await take(runtime, "new") == [1, 2]


async def test_a_handled_update_keeps_nothing_of_what_it_said(runtime: Runtime) -> None:
    await put(runtime, 1)
    await take(runtime, "a")
    await end(runtime, 1)
    (row,) = await rows(runtime)
    assert (row.body, row.outcome) == (None, "handled")


async def test_what_kills_the_process_each_time_is_set_aside_and_told_once(runtime: Runtime) -> None:
    await put(runtime, 1)
    for attempt in range(inbox.ATTEMPTS):
        assert await take(runtime, f"life {attempt}") == [1]
        async with runtime.unit_of_work() as session:
            await inbox.take_over(session, _BOT, f"life {attempt + 1}")
    assert await take(runtime, "last life") == []
    (row,) = await rows(runtime)
    assert (row.body, row.outcome) == (None, "set_aside")
    async with runtime.unit_of_work() as session:
        (news,) = await session.scalars(select(Notification))
    assert news.kind == NotificationKind.UPDATE_SET_ASIDE
    assert news.payload["attempts"] == inbox.ATTEMPTS


async def test_only_what_telegram_will_not_repeat_is_forgotten(runtime: Runtime, clock: ManualClock) -> None:
    await put(runtime, 1, 2)
    await take(runtime, "a")
    await end(runtime, 1)
    clock.advance(timedelta(hours=47))
    async with runtime.unit_of_work() as session:
        assert await inbox.forget(session, clock.now()) == 0
    clock.advance(timedelta(hours=2))
    async with runtime.unit_of_work() as session:
        assert await inbox.forget(session, clock.now()) == 1
    assert [row.update_id for row in await rows(runtime)] == [2]


async def test_the_scheduler_forgets_batch_after_batch(
    runtime: Runtime, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "FORGET_BATCH", 2)
    await put(runtime, *range(1, 8))
    for number in await take(runtime, "a", 6):
        await end(runtime, number)
    clock.advance(timedelta(days=3))
    await schedule._tidy_updates(runtime)
    assert [row.update_id for row in await rows(runtime)] == [7]


async def test_what_was_kept_first_of_a_conversation_stays_until_the_update_is_handled(
    runtime: Runtime,
) -> None:
    await put(runtime, 1)
    await take(runtime, "a")
    for key, state in (("chat", "first"), ("chat", "second"), ("other", None)):
        async with runtime.unit_of_work() as session:
            await inbox.keep_before(session, _BOT, 1, key, state, {"n": 1})
        async with runtime.unit_of_work() as session:
            await inbox.take_over(session, _BOT, "b")
    async with runtime.unit_of_work() as session:
        (again,) = await inbox.claim(session, _BOT, "b", runtime.clock.now(), 10)
    assert again.before == {
        "chat": {"state": "first", "data": {"n": 1}},
        "other": {"state": None, "data": {"n": 1}},
    }
    await end(runtime, 1)
    assert (await rows(runtime))[0].before is None


async def test_what_stood_before_counts_until_something_later_is_handled(runtime: Runtime) -> None:
    await put(runtime, 1, 2)
    await take(runtime, "a")
    async with runtime.unit_of_work() as session:
        assert await inbox.is_newest_in_hand(session, _BOT, 1)
    await end(runtime, 2)
    async with runtime.unit_of_work() as session:
        assert not await inbox.is_newest_in_hand(session, _BOT, 1)


async def test_an_update_has_a_number(runtime: Runtime) -> None:
    assert inbox.is_update({"update_id": 5})
    for wrong in ({}, {"update_id": "5"}, {"update_id": True}, {"update_id": -1}, {"update_id": 2**63}, [5]):
        assert not inbox.is_update(wrong)
