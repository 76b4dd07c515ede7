"""What do all tests share? A real PostgreSQL with a migrated template, a fresh database per test, a runtime."""

import base64
import gc
import logging
import os
import tempfile
import uuid
from collections.abc import AsyncGenerator, Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from core import logs
from core.clock import ManualClock
from core.config import Settings
from core.db.embedded import EmbeddedPostgres
from core.jobs.queue import DroppingQueue
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from tests import spilling
from tests.database import Databases

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


def pytest_collection_finish() -> None:
    """What is imported by now stays: the garbage collector need not walk through it again in every test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def no_secret_is_logged() -> Generator[None]:
    """Whatever the tests do, no secret they use may stand in a log line; told with the last test."""
    with spilling.watched():
        yield


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


@pytest.fixture(scope="session")
async def databases(postgres: EmbeddedPostgres) -> AsyncGenerator[Databases]:
    """The server's databases, with a migrated template."""
    made = Databases(postgres)
    await made.prepare()
    yield made
    await made.close()


@pytest.fixture(scope="session")
def database_template(databases: Databases) -> str:
    """Name of the migrated database, for a test whose processes need a copy that outlives them."""
    return databases.template


@pytest.fixture
async def empty_database_url(postgres: EmbeddedPostgres) -> AsyncGenerator[str]:
    """A database without any table."""
    name, server = f"t_{uuid.uuid4().hex}", Databases(postgres)
    await server.create(name)
    yield postgres.url(name)
    await server.drop(name)


@pytest.fixture
async def database_url(postgres: EmbeddedPostgres, databases: Databases) -> AsyncGenerator[str]:
    """A migrated database for this test alone; what it leaves there is gone for the next one."""
    database = await databases.take()
    yield postgres.url(database.name)
    await databases.give_back(database)


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


@pytest.fixture
def logging_as_before() -> Generator[None]:
    """Put logging back afterwards: a command directs all of its process, and here that is the process of the tests."""
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    yield
    structlog.configure(**before)
    root.handlers[:], root.level = handlers, level
    for name, quiet in levels.items():
        logging.getLogger(name).setLevel(quiet)
