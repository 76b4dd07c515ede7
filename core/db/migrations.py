"""How is the schema brought up to date? Alembic, under an advisory lock, on our own connection."""

import time
from collections.abc import Callable
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.db.locks import Lock
from core.errors import Actor, NexusError

log = structlog.get_logger(__name__)

_PATIENT = {
    "application_name": "nexus-migrate", "statement_timeout": "0", "lock_timeout": "0", "timezone": "UTC",
}  # fmt: skip
LOCK_WAIT = "3s"  # for a table; whoever comes after a waiting migration waits as long
RETRY_SECONDS = 2.0
TRIES = 60
_LOCK_NOT_AVAILABLE = "55P03"
_SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"


class SchemaInUse(NexusError):
    """A table that a migration changes is held by somebody for minutes."""

    actor = Actor.OWNER
    code = "schema-in-use"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option(
        "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    config.set_main_option("timezone", "UTC")
    config.set_main_option("path_separator", "os")
    return config


def _config_on(connection: Connection) -> Config:
    config = _config()
    config.attributes["connection"] = connection
    return config


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Bring the schema to ``revision``."""
    await _run(engine, lambda config: command.upgrade(config, revision))


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Take the schema back to ``revision`` (``base`` removes everything)."""
    await _run(engine, lambda config: command.downgrade(config, revision))


async def upgrade_within(connection: AsyncConnection, revision: str = "head") -> None:
    """Bring the schema to ``revision`` in the transaction that ``connection`` is in."""
    await connection.run_sync(lambda sync: command.upgrade(_config_on(sync), revision))


async def downgrade_within(connection: AsyncConnection) -> None:
    """Remove the schema in the transaction that ``connection`` is in."""
    await connection.run_sync(lambda sync: command.downgrade(_config_on(sync), "base"))


async def make_revision(engine: AsyncEngine, message: str) -> None:
    """Write a new migration from the difference between models and schema."""
    await _run(engine, lambda config: command.revision(config, message, autogenerate=True))


async def current_revision(engine: AsyncEngine) -> str | None:
    """Return the schema's revision, or None for an empty database."""
    async with engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


def head_revision() -> str:
    """Return the newest revision that this code knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("no migrations are shipped")
    return head


def knows(revision: str) -> bool:
    """Tell whether this code has the migration ``revision``."""
    return any(one.revision == revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


def is_locked_out(error: DBAPIError) -> bool:
    """Tell whether a table could not be had in time, which passes."""
    return getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE


def _patiently(connection: Connection, action: Callable[[Config], object]) -> None:
    for left in reversed(range(TRIES)):
        try:
            action(_config_on(connection))
            connection.commit()
        except DBAPIError as error:
            connection.rollback()
            if not is_locked_out(error):
                raise
            if not left:
                raise SchemaInUse(
                    f"a table that has to change is in use: {str(error.orig)[:200]}. Stop what holds it (a long report, "
                    "a forgotten psql session; pg_stat_activity shows it), then run `nexus migrate up` again"
                ) from None
            log.info("migration_waits", reason="a table is in use", tries_left=left)
            time.sleep(RETRY_SECONDS)
        else:
            return


async def _run(engine: AsyncEngine, action: Callable[[Config], object]) -> None:
    def work(connection: Connection) -> None:
        # Two processes starting at once migrate one after the other.
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": Lock.MIGRATION.value})
        connection.commit()
        try:
            # A migration that waits for a table has everybody who comes after it wait, too. So it waits a moment, lets
            # the others pass, and asks again; each migration is a transaction, so what is done stays done.
            connection.execute(text(f"SET lock_timeout = '{LOCK_WAIT}'"))
            connection.commit()
            _patiently(connection, action)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": Lock.MIGRATION.value})
            connection.commit()

    # The engine's own connections give up after seconds: an index on a long history takes longer, and so does waiting
    # for the process that makes it.
    patient = create_async_engine(
        engine.url, poolclass=NullPool, connect_args={"timeout": 5, "server_settings": _PATIENT}
    )
    async with patient.connect() as connection:
        await connection.run_sync(work)
    await patient.dispose()
    # Statements prepared before the schema changed are of no use any more.
    await engine.dispose()
