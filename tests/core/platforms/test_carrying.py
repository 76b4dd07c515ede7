"""Is memory for uploads given out, waited for, and given back, whatever becomes of the upload?"""

import asyncio
import gc

import pytest

from core.errors import RateLimited
from core.platforms.carrying import Room


class Thing:
    """Something that is carried."""


async def test_what_does_not_fit_waits_until_the_other_is_gone() -> None:
    room, thing = Room(100), Thing()
    await room.take(70)
    room.give_back_with(thing, 70)
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        second = group.create_task(room.take(60))
        await asyncio.sleep(0)
        assert not second.done()
        del thing
        gc.collect()
    assert room.taken == 60


async def test_what_waits_too_long_comes_again_later() -> None:
    room = Room(100)
    await room.take(100)
    with pytest.raises(RateLimited) as caught:
        await room.take(1, patience=0.01)
    assert (caught.value.error_code, caught.value.retry_at is not None, room.taken) == ("busy", True, 100)


async def test_a_file_larger_than_all_room_goes_alone() -> None:
    room = Room(100)
    await room.take(500)
    with pytest.raises(RateLimited):
        await room.take(1, patience=0.01)
    room.give_back(500)
    await room.take(1)
    assert room.taken == 1


async def test_many_at_once_never_carry_more_than_there_is_room_for() -> None:
    room, most = Room(100), 0

    async def carry(size: int) -> None:
        nonlocal most
        await room.take(size)
        most = max(most, room.taken)
        await asyncio.sleep(0)
        room.give_back(size)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        for number in range(200):
            group.create_task(carry(10 + number % 50))
    assert most <= 100
    assert room.taken == 0
