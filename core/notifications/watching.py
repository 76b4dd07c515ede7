"""Does every part of NEXUS live? Each process looks at the others' signs of life, at Redis, and at the database itself."""

import asyncio
from datetime import datetime, timedelta

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from core import outage
from core.notifications import troubles
from core.runtime import Runtime
from core.settings import heartbeats

log = structlog.get_logger(__name__)

SILENT = timedelta(minutes=2)  # parts beat several times a minute
_LOOK_SECONDS = 20.0
_FORGOTTEN = timedelta(days=7)  # a part that has been away for longer is not missed any more
_WORTH_TELLING = timedelta(seconds=30)  # of an outage of the database
_REDIS_SECONDS = 5
_REDIS_TRIES = 2  # in a row before it counts as away


async def keep_watch(runtime: Runtime, stop: asyncio.Event) -> None:
    """Look after the parts until ``stop``. Any number of processes may: each trouble is told once."""
    await outage.repeat("watch over the parts", Watch(runtime).look, _LOOK_SECONDS, stop)


class Watch:
    """What one process has seen so far."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._looks_since: datetime | None = (
            None  # before that every sign of life is old: nobody could leave one
        )
        self._looked_at: datetime | None = None
        self._away_since: datetime | None = None
        self._redis_failures = 0

    async def look(self) -> None:
        """Look once. Raises what a database that is away raises, and remembers since when it is."""
        now = self._runtime.clock.now()
        if self._looked_at is not None and abs(now - self._looked_at) > SILENT:
            # The machine slept, or its clock was set: nobody could leave a sign of life in the meantime.
            self._looks_since = None
        self._looked_at = now
        try:
            async with self._runtime.unit_of_work() as session:
                beats = await heartbeats.every(session)
        except outage.UNAVAILABLE as error:
            if outage.is_away(error):
                self._away_since = self._away_since or now
                self._looks_since = None
            raise
        if self._away_since is not None:
            await self._tell_of_outage(self._away_since, now)
            self._away_since = None
        self._looks_since = self._looks_since or now
        if now - self._looks_since >= SILENT:
            await self._judge(beats, now)
        if self._runtime.settings.redis_url is not None:
            await self._look_at_redis(self._runtime.settings.redis_url.get_secret_value(), now)

    async def _judge(self, beats: dict[str, datetime], now: datetime) -> None:
        async with self._runtime.unit_of_work() as session:
            for name, at in beats.items():
                key = f"part/{name}"
                if now - at <= SILENT:
                    await troubles.over(session, key, now)
                elif now - at < _FORGOTTEN and await troubles.report(session, key, now, since=at):
                    log.warning("part_is_silent", part=name, since=at.isoformat())

    async def _look_at_redis(self, url: str, now: datetime) -> None:
        self._redis_failures = 0 if await _answers(url) else self._redis_failures + 1
        async with self._runtime.unit_of_work() as session:
            if not self._redis_failures:
                await troubles.over(session, "redis", now)
            elif self._redis_failures >= _REDIS_TRIES:
                await troubles.report(session, "redis", now)

    async def _tell_of_outage(self, began: datetime, ended: datetime) -> None:
        if ended - began < _WORTH_TELLING:
            return
        async with self._runtime.unit_of_work() as session:
            await troubles.record(session, "database", began, ended)


async def _answers(url: str) -> bool:
    client = Redis.from_url(
        url, socket_connect_timeout=_REDIS_SECONDS, socket_timeout=_REDIS_SECONDS, retry=Retry(NoBackoff(), 0)
    )
    try:
        await client.ping()
    except outage.UNAVAILABLE:
        return False
    finally:
        await client.aclose()
    return True
