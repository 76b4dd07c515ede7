"""How does a loop live through an outage? It backs off, says so once, and says when it is over."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg
import structlog
from redis.exceptions import RedisError
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError, SQLAlchemyError

from core.errors import NexusError

log = structlog.get_logger(__name__)

UNAVAILABLE: tuple[type[Exception], ...] = (
    OSError,  # refused, reset, name not resolved
    TimeoutError,
    SQLAlchemyError,
    asyncpg.PostgresError,  # raised bare while connecting: the server is starting up or shutting down
    asyncpg.InterfaceError,
    RedisError,
)
"""What a database or Redis that is away raises."""

# Of those, what says that the database is there and refuses: waiting does not help.
_DEFECTS = (
    ProgrammingError,
    DataError,
    IntegrityError,
    asyncpg.SyntaxOrAccessError,
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
)

_WAITED_OUT: tuple[type[Exception], ...] = (*UNAVAILABLE, NexusError)

_FIRST_DELAY = 0.2  # seconds
_LONGEST_DELAY = 5.0

Result = TypeVar("Result")


def is_away(error: BaseException) -> bool:
    """Tell whether ``error`` passes by itself once the database or Redis is back."""
    return isinstance(error, UNAVAILABLE) and not isinstance(error, _DEFECTS)


class Outage:
    """Counts the failures in a row of one thing and logs the first and the end, not every one between."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._failures = 0

    def failed(self, error: BaseException) -> float:
        """Record a failure and return how many seconds to wait before the next try."""
        self._failures += 1
        if self._failures == 1:
            log.warning("outage_began", what=self._what, reason=f"{type(error).__name__}: {error}")
        return float(min(_FIRST_DELAY * 2 ** min(self._failures - 1, 10), _LONGEST_DELAY))

    def passed(self) -> None:
        """Record a success."""
        if self._failures:
            log.info("outage_over", what=self._what, failures=self._failures)
        self._failures = 0


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait ``seconds``, or less when ``stop`` is set."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


async def through(what: str, action: Callable[[], Awaitable[Result]], seconds: float) -> Result:
    """Do ``action``, which may safely be done twice, trying again while the database is away.

    Raises what it raised when the outage is not over within ``seconds``.
    """
    outage = Outage(what)
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds
    while True:
        try:
            result = await action()
        except UNAVAILABLE as error:
            delay = outage.failed(error)
            if not is_away(error) or loop.time() + delay > ends:
                raise
            await asyncio.sleep(delay)
        else:
            outage.passed()
            return result


async def repeat(
    what: str, action: Callable[[], Awaitable[object]], seconds: float, stop: asyncio.Event
) -> None:
    """Do ``action`` every ``seconds`` until ``stop``, through outages of the database and Redis.

    A defect is logged with its traceback each time and does not end the loop: the other loops of the process, and
    the rows that do not run into it, must not suffer for it.
    """
    outage = Outage(what)
    while not stop.is_set():
        try:
            await action()
        except _WAITED_OUT as error:
            delay = outage.failed(error)
        except Exception as error:
            log.exception("round_failed", what=what)
            delay = outage.failed(error)
        else:
            outage.passed()
            delay = seconds
        await pause(stop, delay)
