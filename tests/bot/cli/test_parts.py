"""Do the parts of a process start together, stop in order, and end loudly when one fails?"""

import asyncio
import os
import signal

import pytest
import structlog

from bot.cli import parts
from bot.cli.failures import PartEnded
from bot.cli.parts import Part, innermost, run_parts
from core.errors import ConfigError


class Recorder:
    """Makes parts that note when they start and end."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def part(self, name: str, order: int = 0, lingers: float = 0) -> Part:
        async def body(stop: asyncio.Event) -> None:
            self.events.append(f"{name} starts")
            await stop.wait()
            await asyncio.sleep(lingers)
            self.events.append(f"{name} ends")

        return Part(name, body, order)


async def test_sources_of_work_stop_before_the_workers() -> None:
    recorder, stop = Recorder(), asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, stop.set)
    await run_parts([recorder.part("worker", 1), recorder.part("bot", lingers=0.05)], stop=stop)
    assert recorder.events[2:] == ["bot ends", "worker ends"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_signals_stop_everything(number: signal.Signals) -> None:
    recorder = Recorder()
    asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), number)
    await run_parts([recorder.part("one"), recorder.part("two")])
    assert recorder.events[2:] == ["one ends", "two ends"]


async def test_a_failing_part_stops_the_others_in_order_and_is_raised() -> None:
    recorder = Recorder()

    async def fails(stop: asyncio.Event) -> None:
        await asyncio.sleep(0.02)
        raise ConfigError("TELEGRAM_BOT_TOKEN is refused")

    with pytest.raises(ConfigError, match="refused"):
        await run_parts([recorder.part("worker", 1), Part("bot", fails), recorder.part("scheduler")])
    assert recorder.events[2:] == ["scheduler ends", "worker ends"]


async def test_a_part_that_ends_by_itself_is_an_error() -> None:
    async def returns(stop: asyncio.Event) -> None:
        return

    with pytest.raises(PartEnded, match="bot ended by itself"):
        await run_parts([Part("bot", returns), Recorder().part("other")])


async def test_a_defect_is_logged_once_and_named() -> None:
    async def breaks(stop: asyncio.Event) -> None:
        raise ZeroDivisionError("division")

    with (
        structlog.testing.capture_logs() as lines,
        pytest.raises(PartEnded, match="bot failed"),
    ):
        await run_parts([Part("bot", breaks)])
    assert [line["event"] for line in lines] == ["part_failed"]


async def test_a_part_that_does_not_stop_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "STOP_SECONDS", 0.05)
    cancelled = asyncio.Event()
    stop = asyncio.Event()
    stop.set()

    async def hangs(stop: asyncio.Event) -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async with asyncio.timeout(5):
        await run_parts([Part("hanging", hangs)], stop=stop)
    assert cancelled.is_set()


def test_the_deliberate_error_is_found_inside_groups() -> None:
    deliberate = ConfigError("said")
    group = ExceptionGroup("a", [ValueError(), ExceptionGroup("b", [deliberate])])
    assert innermost(group) is deliberate
    assert isinstance(innermost(ExceptionGroup("a", [ValueError()])), ValueError)
