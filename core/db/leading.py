"""Which of several processes does what one may do at a time? The one whose connection holds a lock; it is lost with it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core import outage
from core.db.locks import Lock

log = structlog.get_logger(__name__)

_ASK_SECONDS = 1.0
_PROVE_SECONDS = 2.0
_ANSWER_SECONDS = 5.0
# A process that hangs, or whose machine is gone, loses the lock with its silent connection.
_SILENCE = "SET idle_session_timeout = '20s'"

Body = Callable[[asyncio.Event, asyncio.Event], Awaitable[None]]
"""What the leader does until the first event is set; the second one is set whenever the channel was notified."""


class Leadership:
    """Leads for as long as one connection lives; else stands by."""

    def __init__(
        self, engine: AsyncEngine, lock: Lock, channel: str, *, on_away: Callable[[float], Awaitable[None]]
    ) -> None:
        """``on_away`` is told at each vain try, for how many seconds the database has not been there."""
        self._engine = engine
        self._lock = lock
        self._channel = channel
        self._told = False
        self._on_away = on_away
        self._away_since: float | None = None

    async def run(self, body: Body, stop: asyncio.Event) -> None:
        """Run ``body`` whenever this process leads, until ``stop``. An outage of the database is waited out."""
        away = outage.Outage("leadership")
        while not stop.is_set():
            try:
                await self._try(body, stop)
            except outage.UNAVAILABLE as error:
                if not outage.is_away(error):
                    raise
                now = asyncio.get_running_loop().time()
                self._away_since = self._away_since or now
                await self._on_away(now - self._away_since)
                await outage.pause(stop, away.failed(error))
            else:
                away.passed()
                await outage.pause(stop, _ASK_SECONDS)

    async def _try(self, body: Body, stop: asyncio.Event) -> None:
        async with self._engine.connect() as made:
            self._away_since = None
            connection = await made.execution_options(isolation_level="AUTOCOMMIT")
            try:
                while not await connection.scalar(select(func.pg_try_advisory_lock(self._lock.value))):
                    if not self._told:
                        log.info("standing_by", lock=self._lock.name)
                        self._told = True
                    await outage.pause(stop, _ASK_SECONDS)
                    if stop.is_set():
                        return
                self._told = False
                await self._lead(connection, body, stop)
            finally:
                await connection.invalidate()  # closed, not given back: the lock goes with it

    async def _lead(self, connection: AsyncConnection, body: Body, stop: asyncio.Event) -> None:
        until, woken = asyncio.Event(), asyncio.Event()

        def end(*_: Any) -> None:
            until.set()
            woken.set()

        await connection.execute(text(_SILENCE))
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.add_termination_listener(end)
        await driver.add_listener(self._channel, lambda *_: woken.set())
        log.info("leading", lock=self._lock.name)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._prove(connection, until, end))
            waiting = group.create_task(_then(stop, end))
            await body(until, woken)
            end()
            waiting.cancel()
        log.info("leading_no_more", lock=self._lock.name)

    @staticmethod
    async def _prove(connection: AsyncConnection, until: asyncio.Event, end: Callable[[], None]) -> None:
        """End it as soon as the connection does not answer: another process may lead by then."""
        while not until.is_set():
            try:
                async with asyncio.timeout(_ANSWER_SECONDS):
                    await connection.execute(select(1))
            except outage.UNAVAILABLE as error:
                log.warning("leadership_lost", reason=type(error).__name__)
                end()
            await outage.pause(until, _PROVE_SECONDS)


async def _then(event: asyncio.Event, action: Callable[[], None]) -> None:
    await event.wait()
    action()
