"""Does a stop end what waits, at once, and nothing else?"""

import asyncio

import pytest

from core.ai.provider import Charge
from core.ai.stopping import Stop, Stopped


async def test_a_stop_ends_the_wait() -> None:
    stop, begun = Stop(), asyncio.Event()

    async def wait() -> None:
        async with stop.heeded():
            begun.set()
            await asyncio.Event().wait()

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(_raises(wait()))
        await begun.wait()
        stop.ask()
        stop.ask()
    assert waiting.result().charge is Charge.UNKNOWN
    assert stop.asked


async def _raises(work: object) -> Stopped:
    with pytest.raises(Stopped) as caught:
        await work  # type: ignore[misc]
    return caught.value


async def test_after_a_stop_nothing_is_begun_and_nothing_is_owed() -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped) as caught:
        async with stop.heeded():
            raise AssertionError("never reached")
    assert caught.value.charge is Charge.NONE


async def test_a_time_limit_inside_is_not_a_stop_nor_is_a_cancelled_task() -> None:
    stop = Stop()
    with pytest.raises(TimeoutError):
        async with stop.heeded(), asyncio.timeout(0):
            await asyncio.Event().wait()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), stop.heeded():
            await asyncio.Event().wait()


async def test_a_stop_between_two_waits_counts_for_the_next() -> None:
    stop = Stop()
    async with stop.heeded():
        pass
    stop.ask()
    with pytest.raises(Stopped):
        async with stop.heeded():
            pass
