"""What do all tests share? A real PostgreSQL with a migrated template, a fresh database per test, a runtime."""

import base64
import os
import tempfile
import uuid
from collections.abc import AsyncGenerator, Generator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from core.clock import ManualClock
from core.config import Settings
from core.db import migrations
from core.db.embedded import EmbeddedPostgres
from core.db.session import create_engine
from core.jobs.queue import DroppingQueue
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring

# Settings of the developer's shell must not leak into tests.
for _name in list(os.environ):
    if _name.startswith(
        (
            "TELEGRAM_", "ANTHROPIC_", "OPENAI_", "NEXUS_", "DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "LOG_",
            "X_", "LINKEDIN_", "FACEBOOK_", "INSTAGRAM_", "THREADS_", "VK_", "PLATFORM_BASES",
        )
    ):  # fmt: skip
        del os.environ[_name]

# What starts browsers and processes, and kills them: one after another in one worker, or they starve each other.
_HEAVY = ("tests/e2e/", "tests/chaos/", "tests/bench/", "tests/workers/", "tests/bot/cli/")

TEST_KEYS = "1:" + base64.b64encode(b"k" * 32).decode()
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, 12:00 in Moscow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep heavy tests in one group for pytest-xdist; without it, as in `pytest tests/bot`, the mark does nothing."""
    for item in items:
        if item.nodeid.startswith(_HEAVY) or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("heavy"))


@pytest.fixture(scope="session")
def postgres() -> Generator[EmbeddedPostgres]:
    """A PostgreSQL of our own for the whole run; durability is off because nothing outlives it."""
    with tempfile.TemporaryDirectory(prefix="nexus-test-pg-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs under another account when we are root
        server = EmbeddedPostgres(Path(folder) / "pg", durable=False)
        server.start()
        try:
            yield server
        finally:
            server.stop()


async def _execute(server: EmbeddedPostgres, statement: str) -> None:
    connection = await asyncpg.connect(server.url("postgres").replace("+asyncpg", ""))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
async def database_template(postgres: EmbeddedPostgres) -> str:
    """Name of a migrated database that every test's own is copied from (a copy takes some 30 ms)."""
    await _execute(postgres, "CREATE DATABASE nexus_template")
    engine = create_engine(postgres.url("nexus_template"))
    await migrations.upgrade(engine)
    await engine.dispose()
    return "nexus_template"


@pytest.fixture
async def empty_database_url(postgres: EmbeddedPostgres) -> AsyncGenerator[str]:
    """A database without any table."""
    name = f"t_{uuid.uuid4().hex}"
    await _execute(postgres, f"CREATE DATABASE {name}")
    yield postgres.url(name)
    await _execute(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database_url(postgres: EmbeddedPostgres, database_template: str) -> AsyncGenerator[str]:
    """A migrated database of this test's own."""
    name = f"t_{uuid.uuid4().hex}"
    await _execute(postgres, f"CREATE DATABASE {name} TEMPLATE {database_template} STRATEGY file_copy")
    yield postgres.url(name)
    await _execute(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at START until told to move."""
    return ManualClock(START)


@pytest.fixture
def keyring() -> Keyring:
    """A keyring with a test key."""
    return Keyring.parse(TEST_KEYS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that read no file and no environment."""
    return Settings(_env_file=None, nexus_home=tmp_path / "home")


@pytest.fixture
async def runtime(
    settings: Settings, database_url: str, keyring: Keyring, clock: ManualClock
) -> AsyncGenerator[Runtime]:
    """A runtime on a fresh database; its queue drops everything, because rows are the truth."""
    async with open_runtime(
        settings, database_url=database_url, keyring=keyring, queue=DroppingQueue(), clock=clock
    ) as opened:
        yield opened
