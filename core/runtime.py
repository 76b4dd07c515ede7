"""What does a running process hold? One frozen bundle, made at start and passed around; there is no container."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import aiohttp
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, SystemClock
from core.config import Settings
from core.db.session import Database, create_engine
from core.jobs.queue import JobQueue
from core.media.remote import media_store
from core.media.store import MediaStore
from core.platforms.base import Platform
from core.platforms.registry import PLATFORMS
from core.security.keyring import Keyring

# No answer within these seconds means "unknown" for a request that left; connecting alone may take less.
_HTTP_TIMEOUT = aiohttp.ClientTimeout(total=90, connect=10, sock_read=60)


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything a use case may need from outside itself."""

    settings: Settings
    database: Database
    http: aiohttp.ClientSession
    keyring: Keyring
    queue: JobQueue
    clock: Clock
    media: MediaStore
    platforms: Mapping[str, Platform]

    def unit_of_work(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a unit of work; see ``core.db.session.Database``."""
        return self.database.unit_of_work()


@asynccontextmanager
async def open_runtime(
    settings: Settings,
    *,
    database_url: str,
    keyring: Keyring,
    queue: JobQueue,
    clock: Clock | None = None,
    platforms: Mapping[str, Platform] = PLATFORMS,
    pool_size: int = 8,
) -> AsyncGenerator[Runtime]:
    """Open connections, yield the runtime, and close everything in reverse."""
    engine = create_engine(database_url, pool_size=pool_size)
    database = Database(engine, queue)
    try:
        async with aiohttp.ClientSession(timeout=_HTTP_TIMEOUT, trust_env=False) as http:
            yield Runtime(
                settings=settings,
                database=database,
                http=http,
                keyring=keyring,
                queue=queue,
                clock=clock or SystemClock(),
                media=media_store(settings),
                platforms=platforms,
            )
    finally:
        await database.close()
