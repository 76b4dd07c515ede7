"""How do the parts of a process live together? All start, and one that ends by itself ends them all, in order."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from bot.cli.failures import PartEnded
from core.errors import NexusError

log = structlog.get_logger(__name__)

STOP_SECONDS = 40.0  # a worker gives running jobs 30 s; what hangs longer is cancelled

Body = Callable[[asyncio.Event], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Part:
    """Something that runs until its event is set. Lower ``order`` stops earlier: sources of work before workers."""

    name: str
    body: Body
    order: int = 0


async def run_parts(parts: Sequence[Part], *, stop: asyncio.Event | None = None) -> None:
    """Run ``parts`` until SIGINT, SIGTERM or ``stop``; then stop them in order and return.

    When a part fails or ends by itself the others are stopped the same way; then its error is raised if it was
    a deliberate one, else ``PartEnded`` after the log has got the traceback.
    """
    stopping = stop or asyncio.Event()
    events = {order: asyncio.Event() for order in sorted({part.order for part in parts})}
    failures: list[BaseException] = []

    async def live(part: Part) -> None:
        try:
            await part.body(events[part.order])
            if not stopping.is_set():
                raise PartEnded(f"{part.name} ended by itself")
        except Exception as error:
            cause = innermost(error)
            if not isinstance(cause, NexusError):
                log.exception("part_failed", part=part.name)
                cause = PartEnded(
                    f"{part.name} failed ({cause.__class__.__name__}: {cause}); the log says more"
                )
            failures.append(cause)
            stopping.set()

    async with _signals(stopping), asyncio.TaskGroup() as group:
        tasks = {group.create_task(live(part)): part for part in parts}
        await stopping.wait()
        for order, event in events.items():
            event.set()
            await _wait_for([task for task, part in tasks.items() if part.order == order])
    if failures:
        raise failures[0]


async def _wait_for(tasks: Sequence[asyncio.Task[None]]) -> None:
    _, hanging = await asyncio.wait(tasks, timeout=STOP_SECONDS)
    for task in hanging:
        log.error("part_cancelled", reason=f"still running {STOP_SECONDS:g} s after the stop")
        task.cancel()


@asynccontextmanager
async def _signals(stopping: asyncio.Event) -> AsyncGenerator[None]:
    """Set ``stopping`` on SIGINT and SIGTERM."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _asked, number, stopping)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _asked(number: signal.Signals, stopping: asyncio.Event) -> None:
    if not stopping.is_set():
        log.info("stopping", reason=number.name)
    stopping.set()


def innermost(error: BaseException) -> BaseException:
    """Return the error that says most: a deliberate one inside groups of errors, else the first."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    inner = [innermost(one) for one in error.exceptions]
    return next((one for one in inner if isinstance(one, NexusError)), inner[0])
