"""Which database does a command use? The embedded one, started and shared, or the one DATABASE_URL names."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy.ext.asyncio import AsyncEngine

from core.config import Settings
from core.db import migrations
from core.db.embedded import EmbeddedPostgres
from core.db.reaching import check_reachable
from core.db.session import create_engine
from core.errors import ConfigError


@contextmanager
def database_of(settings: Settings, home: Path) -> Generator[str]:
    """Yield the address of the database, starting the embedded one where DATABASE_URL is empty."""
    if settings.sqlalchemy_url is not None:
        yield settings.sqlalchemy_url
        return
    with embedded_postgres(home) as url:
        yield url


@contextmanager
def embedded_postgres(home: Path) -> Generator[str]:
    """Run the embedded PostgreSQL while anybody uses it: the first process starts it, the last one stops it.

    Both locks belong to the kernel and vanish with a killed process; its server is adopted by the next start.
    """
    server = EmbeddedPostgres(home / "postgres")
    with (home / "postgres.gate").open("a") as gate, (home / "postgres.users").open("a") as users:
        try:
            with _locked(gate.fileno()):
                fcntl.flock(users, fcntl.LOCK_SH)
                url = server.start()
            yield url
        finally:
            with _locked(gate.fileno()):
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # somebody else still uses it, and will stop it
                else:
                    server.stop()


@contextmanager
def _locked(descriptor: int) -> Generator[None]:
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


async def bring_up_to_date(url: str) -> None:
    """Migrate the database to the newest schema. Raises ``ConfigError`` when it cannot be reached or is newer."""
    engine = create_engine(url)
    try:
        await check_reachable(engine)
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
        current, head = await migrations.current_revision(engine), migrations.head_revision()
    finally:
        await engine.dispose()
    if current != head:
        raise ConfigError(
            f"DATABASE_URL: the schema is at {current or 'nothing'}, this NEXUS needs {head}; run `nexus migrate up` first"
        )
