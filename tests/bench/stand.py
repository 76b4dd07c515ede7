"""What does a measurement stand on? A PostgreSQL and a Redis of its own, and databases filled by the thousand."""

import json
import uuid
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg

from core.db import migrations
from core.db.embedded import EmbeddedPostgres
from core.db.session import create_engine
from core.ids import new_id
from core.security.keyring import Keyring
from tests.bench.null import SLUG
from tests.conftest import TEST_KEYS
from tests.workers.redis_server import RedisServer

CHANNELS = 20  # products with a channel each: writing one channel's row would keep its posts in line

_CONTENT = """
INSERT INTO content (id, product_id, original_text, status, version, approved_version, approved_at)
SELECT gen_random_uuid(), ($1::uuid[])[1 + number % cardinality($1::uuid[])], 'Post ' || number, $2, 1, 1, now()
FROM generate_series(1, $3) number
"""
_DUE = """
INSERT INTO publications (id, content_id, channel_id, status, scheduled_at, content_version, priority)
SELECT gen_random_uuid(), content.id, channels.id, 'scheduled', $1, 1, 'normal'
FROM content JOIN channels USING (product_id) WHERE content.status = 'ready'
"""
_FINISHED = """
WITH known AS (
    SELECT content.id, channels.id AS channel_id, row_number() OVER () - 1 AS place
    FROM content JOIN channels USING (product_id) WHERE content.status = 'published'
), total AS (SELECT count(*) AS many FROM known)
INSERT INTO publications
    (id, content_id, channel_id, status, scheduled_at, published_at, content_version, parts, platform_post_id)
SELECT gen_random_uuid(), known.id, known.channel_id, 'published', moment, moment, 1, 1, number::text
FROM (
    SELECT number, $1::timestamptz - number * interval '30 seconds' AS moment FROM generate_series(1, $2) number
) numbers CROSS JOIN total JOIN known ON known.place = numbers.number % total.many
"""
_LEDGER = """
INSERT INTO publication_attempts
    (id, publication_id, part, attempt, idempotency_key, payload_hash, state, post_ids, started_at, finished_at)
SELECT gen_random_uuid(), id, 0, 1, md5(id::text), md5(id::text), 'confirmed', '["1"]', published_at, published_at
FROM publications WHERE status = 'published'
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """The servers, and a folder for everything else."""

    postgres: EmbeddedPostgres
    redis: RedisServer
    folder: Path

    @asynccontextmanager
    async def database(self, name: str) -> AsyncGenerator[str]:
        """A migrated database with ``CHANNELS`` products and channels on the null platform; dropped on leaving."""
        await self._say(f"CREATE DATABASE {name}")
        url = self.postgres.url(name)
        engine = create_engine(url)
        try:
            await migrations.upgrade(engine)
        finally:
            await engine.dispose()
        await _channels(url)
        yield url
        await self._say(f"DROP DATABASE {name} WITH (FORCE)")

    @property
    def postgres_pid(self) -> int:
        """The process whose children serve the connections."""
        return int((self.folder / "pg" / "data" / "postmaster.pid").read_text().split()[0])

    async def _say(self, statement: str) -> None:
        async with connected(self.postgres.url("postgres")) as connection:
            await connection.execute(statement)


@contextmanager
def standing(folder: Path) -> Generator[Stand]:
    """Start both servers as NEXUS runs them: what is committed is on the disk."""
    folder.chmod(0o755)
    postgres, redis = EmbeddedPostgres(folder / "pg"), RedisServer(folder)
    postgres.start()
    try:
        redis.start()
        yield Stand(postgres, redis, folder)
    finally:
        redis.stop()
        postgres.stop()


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[asyncpg.Connection]:
    """A plain connection."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=30, command_timeout=600)
    try:
        yield connection
    finally:
        await connection.close()


async def _channels(url: str) -> None:
    keyring = Keyring.parse(TEST_KEYS)
    async with connected(url) as connection:
        for number in range(CHANNELS):
            product, channel = new_id(), new_id()
            await connection.execute(
                "INSERT INTO products (id, name, slug) VALUES ($1, $2, $2)", product, f"product-{number}"
            )
            await connection.execute(
                "INSERT INTO channels (id, product_id, platform, credentials) VALUES ($1, $2, $3, $4)",
                channel, product, SLUG, _sealed(keyring, channel),
            )  # fmt: skip


def _sealed(keyring: Keyring, channel: uuid.UUID) -> str:
    return json.dumps(keyring.seal_json({}, "channels", str(channel), "credentials"))


async def fill(url: str, *, due: int, at: datetime, finished: int = 0, contents: int = 5_000) -> None:
    """Add ``due`` approved posts for the moment ``at``, and ``finished`` ones with their ledger before it."""
    async with connected(url) as connection:
        products = [row["id"] for row in await connection.fetch("SELECT id FROM products")]
        await connection.execute(_CONTENT, products, "ready", due)
        await connection.execute(_DUE, at)
        if finished:
            await connection.execute(_CONTENT, products, "published", min(contents, finished))
            await connection.execute(_FINISHED, at, finished)
            await connection.execute(_LEDGER)
        await connection.execute("VACUUM ANALYZE")
