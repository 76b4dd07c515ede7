"""Does a long history cost nothing in the questions that are asked each second, or while the owner waits?"""

import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from core.content import queries as content_queries
from core.content import search, templated
from core.content import service as content
from core.content.models import Search
from core.db.session import Database, create_engine
from core.jobs.queue import DroppingQueue
from core.notifications import service as notifications
from core.platforms.registry import PLATFORMS
from core.publications import calendar, dispatch, queries, repository, warnings

HISTORY = 30_000
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PRODUCT, READY, DUE = (uuid.UUID(int=number) for number in (1, 2, 3))

FILL = f"""
INSERT INTO products (id, name, slug) VALUES ('{PRODUCT}', 'p', 'p');
INSERT INTO channels (product_id, platform, credentials) VALUES ('{PRODUCT}', 'telegram', '{{}}');
INSERT INTO content (product_id, original_text, status, approved_version)
    SELECT '{PRODUCT}', repeat('text ', 40), 'published', 1 FROM generate_series(1, {HISTORY});
INSERT INTO content (id, product_id, original_text, status, approved_version)
    SELECT CASE i WHEN 1 THEN uuid '{READY}' ELSE gen_random_uuid() END, '{PRODUCT}', 'due', 'ready', 1
    FROM generate_series(1, 300) i;
INSERT INTO publications (id, content_id, channel_id, content_version, status, scheduled_at, published_at)
    SELECT CASE c.id WHEN '{READY}' THEN uuid '{DUE}' ELSE gen_random_uuid() END, c.id, h.id, 1,
           CASE c.status WHEN 'ready' THEN 'scheduled' ELSE 'published' END,
           CASE c.status WHEN 'ready' THEN timestamptz '{NOW}' ELSE timestamptz '{NOW}' - c.number * interval '20 min' END,
           CASE c.status WHEN 'ready' THEN NULL ELSE timestamptz '{NOW}' - c.number * interval '20 min' END
    FROM content c CROSS JOIN channels h;
INSERT INTO publication_attempts (publication_id, part, attempt, idempotency_key, payload_hash, state)
    SELECT id, 0, 1, 'k', 'h', 'confirmed' FROM publications WHERE status = 'published';
INSERT INTO content_versions (content_id, version, original_text, reason)
    SELECT id, 1, original_text, 'created' FROM content;
INSERT INTO notifications (kind, status, sent_at)
    SELECT 'published', 'sent', now() FROM generate_series(1, {HISTORY});
"""  # noqa: S608  # our own numbers

# Anything else may be read whole: products, channels and settings are few.
LONG = ("publications", "publication_attempts", "content", "content_versions", "notifications")

Ask = Callable[[AsyncSession], Awaitable[object]]


async def look_up_due(session: AsyncSession) -> None:
    await repository.lock_due(session, [DUE], NOW)


async def look_for(session: AsyncSession) -> None:
    await search.find(session, Search(said="rarely seen", newest_first=False))


async def look_for_in_a_product(session: AsyncSession) -> None:
    wanted = Search(said="rarely 4711", product_id=PRODUCT, status="published", newest_first=True)
    await search.find(session, wanted)
    await search.find(session, Search(said="#4711", newest_first=False))


QUESTIONS: dict[str, Ask] = {
    "due": lambda session: dispatch.nudge_due(session, NOW),
    "overlooked": lambda session: dispatch.overlooked(session, NOW + timedelta(minutes=1)),
    "recover": lambda session: dispatch.recover(session, NOW),
    "claim": look_up_due,
    "queue": queries.queue,
    "queue of a product": lambda session: queries.queue(session, product_id=PRODUCT),
    "details": lambda session: queries.details(session, DUE),
    "card": lambda session: content_queries.card(session, READY, PLATFORMS),
    "drafts": content.drafts,
    "album": lambda session: content.by_media_group(session, "album"),
    "search": look_for,
    "search with filters": look_for_in_a_product,
    "template's drafts": lambda session: templated.count(session, PRODUCT),
    "calendar": lambda session: calendar.load(session, PRODUCT, NOW),
    "warnings": lambda session: warnings.of_content(session, READY, NOW),
    "notifications": lambda session: notifications.claim(session, NOW),
}


@pytest.fixture
async def engine(database_url: str) -> AsyncGenerator[AsyncEngine]:
    opened = create_engine(database_url)
    async with opened.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute(FILL)
        await driver.execute("VACUUM ANALYZE")
    yield opened
    await opened.dispose()


async def test_nothing_reads_the_whole_history(engine: AsyncEngine) -> None:
    database = Database(engine, DroppingQueue())
    asked: list[tuple[str, Any, bool]] = []

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        asked.append((statement, given, many))

    read_whole: list[str] = []
    for name, ask in QUESTIONS.items():
        asked.clear()
        async with database.unit_of_work() as session:
            await ask(session)
        for statement, given, many in list(asked):
            if not many:
                plan = await _plan(engine, statement, given)
                read_whole += [f"{name}: {table}" for table in LONG if f"Seq Scan on {table} " in plan]
    assert read_whole == []


async def _plan(engine: AsyncEngine, statement: str, given: Any) -> str:
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        return "\n".join(row[0] for row in await driver.fetch(f"EXPLAIN {statement}", *given))
