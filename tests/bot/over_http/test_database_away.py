"""PostgreSQL goes away and comes back while the bot runs: what the owner sends meanwhile is not lost."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select

from bot.sandbox import OWNER_ID, Sandbox
from core.clock import ManualClock
from core.config import Settings
from core.content.models import Content
from core.db import migrations
from core.db.embedded import EmbeddedPostgres
from core.db.session import create_engine
from core.jobs.queue import DroppingQueue
from core.notifications import service as notifications
from core.notifications.models import Notification, NotificationKind, NotificationStatus
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from tests.bot.over_http.process import OWN, connect_a_product, running_bot
from tests.e2e.owner import Owner, has, text_of


@pytest.fixture
async def own_postgres() -> AsyncGenerator[EmbeddedPostgres]:
    """A server that the test may stop, with a migrated database."""
    root = tempfile.mkdtemp(prefix="nexus-pg-away-")
    server = EmbeddedPostgres(Path(root, "pg"), durable=False)
    server.start()
    engine = create_engine(server.url("postgres"))
    await migrations.upgrade(engine)
    await engine.dispose()
    yield server
    await asyncio.to_thread(server.stop)
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
async def runtime(
    settings: Settings,
    own_postgres: EmbeddedPostgres,
    keyring: Keyring,
    clock: ManualClock,
    sandbox: tuple[Sandbox, str],
) -> AsyncGenerator[Runtime]:
    """A runtime on that server."""
    async with open_runtime(
        settings,
        database_url=own_postgres.url("postgres"),
        keyring=keyring,
        queue=DroppingQueue(),
        clock=clock,
    ) as opened:
        await connect_a_product(opened, sandbox[0])
        yield opened


async def test_what_is_sent_and_tapped_while_the_database_is_away_is_done_when_it_is_back(
    owner: Owner, runtime: Runtime, own_postgres: EmbeddedPostgres
) -> None:
    await owner.send("/start")
    await owner.press(await owner.wait(has("Русский"), what="choice of language"), "Русский")
    await owner.send(OWN)
    card = await owner.wait(has("Одобрить"), what="card")
    async with runtime.unit_of_work() as session:
        await notifications.notify(
            session, NotificationKind.KEYS_CREATED, payload={"path": "/k"}, not_before=runtime.clock.now()
        )
    await asyncio.to_thread(own_postgres.stop)
    await owner.press(card, "Одобрить")
    await owner.send("Второй пост.\nДве строки.\nТри.")
    await asyncio.sleep(1.5)
    await asyncio.to_thread(own_postgres.start)
    await owner.wait(lambda m: "Второй пост" in text_of(m) and has("Одобрить")(m), what="second card")
    await owner.wait(lambda m: "Одобрено" in text_of(m), what="approved card")
    await owner.wait(lambda m: "/k" in text_of(m), what="news")
    async with runtime.unit_of_work() as session:
        texts = list(await session.scalars(select(Content.original_text).order_by(Content.number)))
        (news,) = await session.scalars(select(Notification))
    assert texts == [OWN, "Второй пост.\nДве строки.\nТри."]
    assert news.status == NotificationStatus.SENT
    assert not [m for m in await owner.messages() if "сломалось" in text_of(m)]


async def test_a_database_that_stays_away_is_said(
    http: aiohttp.ClientSession,
    runtime: Runtime,
    sandbox: tuple[Sandbox, str],
    own_postgres: EmbeddedPostgres,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.polling.PATIENCE", 0.5)
    owner = Owner(http, sandbox[1], OWNER_ID)
    async with running_bot(runtime):
        await owner.send("/start")
        await owner.wait(has("Русский"), what="choice of language")
        await asyncio.to_thread(own_postgres.stop)
        await owner.send("/queue")
        await owner.wait(lambda m: "не отвечает" in text_of(m), what="the reason")
        await asyncio.to_thread(own_postgres.start)
        await owner.wait(lambda m: "В очереди пусто" in text_of(m), what="queue")
