"""Which database does a command use? The embedded one, started and shared, or the one DATABASE_URL names."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy.ext.asyncio import AsyncEngine

from core.config import Settings
from core.db import migrations
from core.db.embedded import EmbeddedPostgres
from core.db.reaching import check_reachable, check_whole
from core.db.session import create_engine
from core.errors import ConfigError


class SharedPostgres:
    """The embedded PostgreSQL of a home, as one of the processes that use it sees it."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._server = EmbeddedPostgres(home / "postgres")

    @property
    def url(self) -> str:
        """The address of its database."""
        return self._server.url("postgres")

    @property
    def running(self) -> bool:
        """True while there is a server, whoever has started it."""
        return self._server.running

    def start(self) -> None:
        """Start the server unless it runs. Of several processes that find it dead one does; the others wait for it."""
        with self._gate():
            self._server.start()

    @contextmanager
    def used(self) -> Generator[None]:
        """Keep the server while anybody uses it: the first process starts it, the last one stops it.

        Both locks belong to the kernel and vanish with a killed process; its server is adopted by the next start.
        """
        with (self._home / "postgres.users").open("a") as users:
            try:
                with self._gate():
                    fcntl.flock(users, fcntl.LOCK_SH)
                    self._server.start()
                yield
            finally:
                self._leave(users.fileno())

    def _leave(self, users: int) -> None:
        with self._gate():
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still uses it, and will stop it
            self._server.stop()

    @contextmanager
    def _gate(self) -> Generator[None]:
        with (self._home / "postgres.gate").open("a") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield  # closing the file lets the next one through


@dataclass(frozen=True, slots=True)
class Source:
    """Where the data is: an address, and the server behind it where it is NEXUS's own."""

    url: str
    embedded: SharedPostgres | None = None


@contextmanager
def database_of(settings: Settings, home: Path) -> Generator[Source]:
    """Yield the database, starting the embedded one where DATABASE_URL is empty."""
    if settings.sqlalchemy_url is not None:
        yield Source(settings.sqlalchemy_url)
        return
    shared = SharedPostgres(home)
    with shared.used():
        yield Source(shared.url, shared)


async def bring_up_to_date(url: str) -> None:
    """Migrate the database to the newest schema. Raises ``ConfigError`` when it cannot be reached or is newer."""
    engine = create_engine(url)
    try:
        await check_reachable(engine)
        await check_whole(engine)
        if await migrations.current_revision(engine) != migrations.head_revision():
            await upgrade(engine)
    finally:
        await engine.dispose()


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Migrate up to ``revision``. Raises ``ConfigError`` for a database that a newer NEXUS has made."""
    try:
        await migrations.upgrade(engine, revision)
    except CommandError as error:
        raise ConfigError(
            f"DATABASE_URL: the schema cannot be brought up to date ({error}); was it made by a newer NEXUS?"
        ) from None


async def require_current(url: str) -> None:
    """Raise ``ConfigError`` unless the database can be reached and has exactly the schema this code needs."""
    engine = create_engine(url)
    try:
        await check_reachable(engine)
        await check_whole(engine)
        current, head = await migrations.current_revision(engine), migrations.head_revision()
    finally:
        await engine.dispose()
    if current != head:
        raise ConfigError(
            f"DATABASE_URL: the schema is at {current or 'nothing'}, this NEXUS needs {head}; run `nexus migrate up` first"
        )
