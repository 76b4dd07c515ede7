"""How do tables leave and enter the database? By COPY, as text with named columns, on one connection and snapshot."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.db.reaching import RESTORING as MARKER
from core.db.session import all_or_nothing

_SERVER_SETTINGS = {
    "application_name": "nexus-backup", "statement_timeout": "0", "timezone": "UTC", "lock_timeout": "30000",
}  # fmt: skip
_TABLES = """
SELECT c.relname AS name, array_agg(a.attname ORDER BY a.attnum)::text[] AS columns
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
  AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> ALL($1::text[])
GROUP BY c.relname ORDER BY c.relname
"""
_KEYS = """
SELECT conrelid::regclass::text AS name, quote_ident(conname) AS key, pg_get_constraintdef(oid) AS definition
FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""
_SEQUENCES = """
SELECT s.oid::regclass::text AS sequence, d.refobjid::regclass::text AS name, quote_ident(a.attname) AS field
FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace
"""
_OURS = ["alembic_version", MARKER]


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Any]:
    """Yield the driver's own connection: copying is not part of SQLAlchemy's."""
    engine = _engine(url)
    try:
        async with engine.connect() as connection:
            yield (await connection.get_raw_connection()).driver_connection
    finally:
        await engine.dispose()


@asynccontextmanager
async def transaction(url: str) -> AsyncGenerator[AsyncConnection]:
    """Yield a connection in a transaction, which its driver's own connection shares after the first statement."""
    engine = _engine(url)
    try:
        async with all_or_nothing(engine) as connection:
            yield connection
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    return create_async_engine(
        url, poolclass=NullPool, connect_args={"timeout": 5, "server_settings": _SERVER_SETTINGS}
    )


async def tables(connection: Any) -> dict[str, list[str]]:
    """Return every table of ours with the columns that can be written."""
    return {row["name"]: row["columns"] for row in await connection.fetch(_TABLES, _OURS)}


async def revision(connection: Any) -> str | None:
    """Return the schema's revision as this transaction sees it."""
    if await connection.fetchval("SELECT to_regclass('public.alembic_version')") is None:
        return None
    found: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    return found


async def mark(connection: Any) -> bool:
    """Make the database ready for a restore. False when it holds something else."""
    if await connection.fetchval("SELECT to_regclass($1)", f"public.{MARKER}") is not None:
        return True
    if await tables(connection) or await revision(connection):
        return False
    await connection.execute(f"CREATE TABLE {MARKER} ()")
    return True


async def make_room(connection: Any) -> list[str]:
    """Empty every table and drop what binds them; returns the statements that bind them again."""
    again = []
    for row in await connection.fetch(_KEYS):
        await connection.execute(f"ALTER TABLE {row['name']} DROP CONSTRAINT {row['key']}")
        again.append(f"ALTER TABLE {row['name']} ADD CONSTRAINT {row['key']} {row['definition']}")
    await empty(connection)
    return again


async def empty(connection: Any) -> None:
    """Take every row out of every table."""
    names = ", ".join(f'"{name}"' for name in await tables(connection))
    await connection.execute(f"TRUNCATE {names}")


async def fill(connection: Any, name: str, columns: list[str], pieces: Iterator[bytes]) -> int:
    """Copy ``pieces`` into the table; returns how many rows came."""

    async def source() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    status = await connection.copy_to_table(name, columns=columns, source=source(), schema_name="public")
    return int(status.split()[-1])


async def finish(connection: Any, again: list[str]) -> None:
    """Bind the tables, let the sequences go on after what is there."""
    for statement in again:
        await connection.execute(statement)
    for row in await connection.fetch(_SEQUENCES):
        highest = f"(SELECT max({row['field']}) FROM {row['name']})"  # noqa: S608 - names from the catalogue
        await connection.execute(
            f"SELECT setval('{row['sequence']}', coalesce({highest}, 1), {highest} IS NOT NULL)"
        )


async def unmark(connection: Any) -> None:
    """Say that the restore is whole."""
    await connection.execute(f"DROP TABLE IF EXISTS {MARKER}")
