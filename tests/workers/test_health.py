"""What do /metrics, /healthz and /readyz say when all is well, and when the database is away?"""

import asyncio
import socket
from collections.abc import AsyncGenerator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr
from sqlalchemy import text

from core.channels import service as channels
from core.content import service as content
from core.db.session import Database, create_engine
from core.errors import ConfigError
from core.events.models import Event
from core.health import standing
from core.ids import new_id
from core.jobs.queue import DroppingQueue
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.products.models import Product
from core.publications.models import Publication
from core.runtime import Runtime
from core.settings import heartbeats
from workers import health

Client = TestClient[aiohttp.web.Request, aiohttp.web.Application]


@pytest.fixture
async def client(runtime: Runtime) -> AsyncGenerator[Client]:
    async with TestClient(TestServer(health.health_app(runtime))) as opened:
        yield opened


async def _late_post(runtime: Runtime, minutes: int) -> None:
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        product = Product(id=new_id(), name="Tea", slug=f"tea-{minutes}", description="")
        session.add(product)
        await session.flush()
        channel = await channels.connect(
            session, runtime.keyring, product_id=product.id, platform="telegram", platform_name="@tea",
            credentials={"bot_token": "123456:TEST", "chat_id": "@tea"},
        )  # fmt: skip
        draft = await content.create_draft(session, product_id=product.id, text="Tea")
        session.add(
            Publication(
                id=new_id(), content_id=draft.id, channel_id=channel.id, metrics={}, content_version=1,
                scheduled_at=now - timedelta(minutes=minutes),
            )
        )  # fmt: skip
        session.add(Event(id=new_id(), product_id=product.id, event_type="sale", payload={}))
        await notifications.notify(session, NotificationKind.TROUBLE, payload={}, not_before=now)
        await heartbeats.beat(session, "worker", now - timedelta(seconds=30))


async def _samples(client: Client) -> dict[str, float]:
    answer = await client.get("/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    lines = [line for line in (await answer.text()).splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def test_what_waits_is_shown(runtime: Runtime, client: Client) -> None:
    await _late_post(runtime, 3)
    shown = await _samples(client)
    assert shown["nexus_database_up"] == 1
    assert shown["nexus_publications_due"] == 1
    assert shown["nexus_publication_oldest_due_seconds"] == 180
    assert shown["nexus_events_waiting"] == 1
    assert shown["nexus_notifications_waiting"] == 1
    assert shown['nexus_channels{status="active"}'] == 1
    assert shown['nexus_heartbeat_age_seconds{part="worker"}'] == 30


async def test_who_asks_often_does_not_ask_the_database_often(runtime: Runtime, client: Client) -> None:
    before = (await _samples(client))["nexus_publications_due"]
    await _late_post(runtime, 5)
    assert (await _samples(client))["nexus_publications_due"] == before == 0


async def test_alive_and_ready(client: Client) -> None:
    assert (await client.get("/healthz")).status == 200
    answer = await client.get("/readyz")
    assert (answer.status, await answer.json()) == (200, {"status": "ready"})


async def test_a_schema_of_another_version_is_not_ready(runtime: Runtime, client: Client) -> None:
    async with runtime.unit_of_work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    answer = await client.get("/readyz")
    assert answer.status == 503
    assert (await answer.json())["error"]["code"] == "migrations-pending"


async def test_without_a_database_it_is_alive_and_says_so(runtime: Runtime) -> None:
    away = Database(create_engine("postgresql+asyncpg://nobody@127.0.0.1:1/none"), DroppingQueue())
    lost = Runtime(
        settings=runtime.settings, database=away, http=runtime.http, keyring=runtime.keyring,
        queue=runtime.queue, clock=runtime.clock, media=runtime.media, platforms=runtime.platforms,
    )  # fmt: skip
    async with TestClient(TestServer(health.health_app(lost))) as client:
        assert (await client.get("/healthz")).status == 200
        answer = await client.get("/readyz")
        assert (answer.status, (await answer.json())["error"]["code"]) == (503, "database-unavailable")
        assert (await _samples(client))["nexus_database_up"] == 0
    await away.close()


async def test_a_redis_that_is_away_has_no_depth() -> None:
    assert await standing.queue_depths("redis://127.0.0.1:1/0") is None


async def test_a_taken_port_is_named(runtime: Runtime) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = runtime.settings.model_copy(
            update={"metrics_port": taken.getsockname()[1], "redis_url": SecretStr("redis://127.0.0.1:1/0")}
        )
        busy = Runtime(
            settings=settings, database=runtime.database, http=runtime.http, keyring=runtime.keyring,
            queue=runtime.queue, clock=runtime.clock, media=runtime.media, platforms=runtime.platforms,
        )  # fmt: skip
        with pytest.raises(ConfigError, match="METRICS_PORT"):
            await health.run_health(busy, asyncio.Event())
