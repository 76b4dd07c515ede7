"""What do the worker tests share? A real Redis and a runtime whose jobs travel through it."""

import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from core.clock import ManualClock
from core.config import Settings
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from tests.workers.redis_server import RedisServer
from workers.broker import open_queue


@pytest.fixture(scope="session")
def shared_redis() -> Generator[RedisServer]:
    """One Redis for the tests that do not stop it."""
    with tempfile.TemporaryDirectory(prefix="nexus-test-redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
async def redis(shared_redis: RedisServer) -> AsyncGenerator[Redis]:
    """A client of an empty Redis."""
    async with Redis.from_url(shared_redis.url, socket_timeout=None) as client:
        await client.flushall()
        yield client


@pytest.fixture
def own_redis() -> Generator[RedisServer]:
    """A Redis of this test's own, not started yet, that it may stop and start."""
    with tempfile.TemporaryDirectory(prefix="nexus-test-redis-") as folder:
        server = RedisServer(Path(folder))
        yield server
        server.stop()


@pytest.fixture
async def redis_runtime(
    redis: Redis,
    shared_redis: RedisServer,
    settings: Settings,
    database_url: str,
    keyring: Keyring,
    clock: ManualClock,
) -> AsyncGenerator[Runtime]:
    """A runtime whose jobs go through the shared Redis."""
    settings = settings.model_copy(update={"redis_url": SecretStr(shared_redis.url)})
    async with (
        open_queue(settings) as queue,
        open_runtime(
            settings, database_url=database_url, keyring=keyring, queue=queue, clock=clock
        ) as opened,
    ):
        yield opened
