"""Does a database of every earlier version come up to this one with all its rows, beside people who use it?"""

import asyncio
import uuid

import asyncpg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from core.db import migrations
from core.db.embedded import EmbeddedPostgres
from core.db.session import create_engine
from core.errors import NexusError
from tests.core.db import filling
from tests.database import Databases

REVISIONS = [one.revision for one in ScriptDirectory.from_config(migrations._config()).walk_revisions()][::-1]


async def _connect(postgres: EmbeddedPostgres, name: str) -> asyncpg.Connection:
    return await asyncpg.connect(postgres.url(name).replace("+asyncpg", ""))


async def test_every_earlier_version_with_rows_comes_up(postgres: EmbeddedPostgres) -> None:
    server = Databases(postgres)
    ladder = f"t_{uuid.uuid4().hex}"
    await server.create(ladder)
    for revision in REVISIONS[:-1]:
        engine = create_engine(postgres.url(ladder))
        await migrations.upgrade(engine, revision)
        await engine.dispose()
        name = f"t_{uuid.uuid4().hex}"
        await server.create(name, ladder)
        connection = await _connect(postgres, name)
        before = await filling.fill(connection)
        assert sum(len(keys) for keys in before.keys.values()) >= 3 * 8, revision
        engine = create_engine(postgres.url(name))
        await migrations.upgrade(engine)
        assert await migrations.current_revision(engine) == migrations.head_revision()
        await engine.dispose()
        after = await filling.keys(connection, list(before.keys))
        for table, keys in before.keys.items():
            assert keys <= after[table], f"{revision}: rows of {table} are gone"
        await connection.close()
        await server.drop(name)
    await server.drop(ladder)


async def test_a_migration_waits_its_turn_without_holding_others_up(
    postgres: EmbeddedPostgres, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that is in use is asked for again and again, a moment at a time: nobody queues up behind it for long."""
    monkeypatch.setattr(migrations, "LOCK_WAIT", "100ms")
    monkeypatch.setattr(migrations, "RETRY_SECONDS", 0.05)
    engine = create_engine(empty_database_url)
    await migrations.upgrade(engine, REVISIONS[-2])
    reader = await asyncpg.connect(empty_database_url.replace("+asyncpg", ""))
    transaction = reader.transaction()
    await transaction.start()
    await reader.execute(
        "LOCK TABLE content, publications, notifications, settings, products IN ACCESS SHARE MODE"
    )
    for table in await reader.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        if table["tablename"] != "alembic_version":
            await reader.execute(f'LOCK TABLE "{table["tablename"]}" IN ACCESS SHARE MODE')
    other = await asyncpg.connect(empty_database_url.replace("+asyncpg", ""))
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        group.create_task(migrations.upgrade(engine))
        await asyncio.sleep(0.5)  # so long that it has asked for the table several times
        await asyncio.wait_for(other.fetch("SELECT count(*) FROM content"), 5)
        await transaction.rollback()
    assert await migrations.current_revision(engine) == migrations.head_revision()
    await reader.close()
    await other.close()
    await engine.dispose()


async def test_a_lock_that_never_comes_is_said_with_what_to_do(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "LOCK_WAIT", "20ms")
    monkeypatch.setattr(migrations, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(migrations, "TRIES", 3)
    engine = create_engine(empty_database_url)
    await migrations.upgrade(engine, REVISIONS[-1])
    reader = await asyncpg.connect(empty_database_url.replace("+asyncpg", ""))
    async with reader.transaction():
        for table in await reader.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
            await reader.execute(f'LOCK TABLE "{table["tablename"]}" IN ACCESS SHARE MODE')
        with pytest.raises(NexusError, match="in use"):
            await migrations.downgrade(engine, "base")
    await reader.close()
    assert await migrations.current_revision(engine) == REVISIONS[-1]
    await engine.dispose()


def test_an_error_of_another_kind_is_not_repeated() -> None:
    assert not migrations.is_locked_out(DBAPIError("x", None, ValueError("syntax")))
