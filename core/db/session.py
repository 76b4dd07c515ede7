"""Who commits? Only this file: one unit of work per use case, its jobs sent after the commit.

What is a single statement sent a thousand times a second goes over a ``Line``, where each commits by itself.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from core.db.line import Line
from core.jobs.jobs import Job
from core.jobs.queue import JobQueue, JobQueueError, take_jobs
from core.metrics.counting import take_counts

log = structlog.get_logger(__name__)

_SERVER_SETTINGS = {
    "application_name": "nexus",
    "statement_timeout": "30000",  # ms
    "lock_timeout": "10000",  # ms
    "idle_in_transaction_session_timeout": "60000",  # ms
    "jit": "off",
    "timezone": "UTC",
}


def create_engine(url: str, *, pool_size: int = 8, application_name: str = "nexus") -> AsyncEngine:
    """Make the engine for ``url`` (``postgresql+asyncpg://…``) with time limits on every statement."""
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=5,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_timeout=10,
        # Errors end in logs; what the owner writes, and sealed credentials, do not.
        hide_parameters=True,
        connect_args={
            "timeout": 5,
            "command_timeout": 30,
            "server_settings": _SERVER_SETTINGS | {"application_name": application_name},
        },
    )


@asynccontextmanager
async def all_or_nothing(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """Yield a connection in a transaction: for what needs the schema's or the driver's own means within it."""
    async with engine.begin() as connection:
        yield connection


class Database:
    """Hands out units of work.

    ``async with database.unit_of_work() as session`` commits on leaving, rolls back on an error, and only then
    sends the jobs that were asked for inside it. A job that cannot be sent is logged and left to the sweeper:
    the row it points at is already safe.
    """

    def __init__(self, engine: AsyncEngine, queue: JobQueue) -> None:
        self.engine = engine
        self._queue = queue
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._lines: list[Line] = []

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncGenerator[AsyncSession]:
        async with self._sessions() as session:
            async with session.begin():
                yield session
            jobs = take_jobs(session)
            for count in take_counts(session):
                count()
        await self._send(jobs)

    async def _send(self, jobs: list[Job]) -> None:
        if not jobs:
            return
        # At once, so that those for Redis share its round trips.
        sent = await asyncio.gather(*(self._queue.send(job) for job in jobs), return_exceptions=True)
        refusals = [error for error in sent if isinstance(error, JobQueueError)]
        for error in sent:
            if isinstance(error, BaseException) and not isinstance(error, JobQueueError):
                raise error
        if refusals:  # one line: a scan may ask for hundreds
            log.warning("jobs_not_sent", count=len(refusals), reason=str(refusals[0]))

    def line(self) -> Line:
        """Return a line of the caller's own; it is closed with the database."""
        self._lines.append(Line(self.engine))
        return self._lines[-1]

    async def close(self) -> None:
        """Give back every connection."""
        for line in self._lines:
            await line.close()
        await self.engine.dispose()
