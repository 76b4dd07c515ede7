"""Does the schema follow the models, and can it be taken down and put up again?"""

import asyncio

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from core.db import migrations
from core.db.models import Base
from core.db.session import create_engine


async def test_up_down_up_on_an_empty_database(empty_database_url: str) -> None:
    engine = create_engine(empty_database_url)
    await migrations.upgrade(engine)
    await migrations.downgrade(engine, "base")
    async with engine.connect() as connection:
        left = await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        assert {row.tablename for row in left} <= {"alembic_version"}
    await migrations.upgrade(engine)
    assert await migrations.current_revision(engine) == migrations.head_revision()
    await engine.dispose()


async def test_models_equal_schema(database_url: str) -> None:
    engine = create_engine(database_url)
    async with engine.connect() as connection:
        difference = await connection.run_sync(
            lambda sync: compare_metadata(
                MigrationContext.configure(sync, opts={"compare_type": True, "compare_server_default": True}),
                Base.metadata,
            )
        )
    assert difference == []
    await engine.dispose()


async def test_default_settings_are_there(database_url: str) -> None:
    engine = create_engine(database_url)
    async with engine.connect() as connection:
        rows = await connection.execute(text("SELECT key, value FROM settings"))
        found = {row.key: row.value for row in rows}
    assert set(found) == {"general", "publishing", "ai"}
    assert found["publishing"] == {
        "default_scheduling": "optimal",
        "min_gap_hours": 2,
        "max_posts_per_day": 30,
    }
    await engine.dispose()


async def test_a_migration_may_take_its_time_but_waits_briefly_for_a_table(database_url: str) -> None:
    engine = create_engine(database_url)
    limits: list[str] = []

    def look(config: Config) -> None:
        connection: Connection = config.attributes["connection"]
        limits.extend(
            str(connection.scalar(text(f"SHOW {name}"))) for name in ("statement_timeout", "lock_timeout")
        )

    await migrations._run(engine, look)
    assert limits == ["0", "3s"]
    await engine.dispose()


async def test_several_processes_may_start_at_once(empty_database_url: str) -> None:
    engines = [create_engine(empty_database_url) for _ in range(3)]
    await asyncio.gather(*(migrations.upgrade(engine) for engine in engines))
    for engine in engines:
        assert await migrations.current_revision(engine) == migrations.head_revision()
        await engine.dispose()
