"""Two bot processes, by polling and by webhook: each update is answered once, in order, and one takes over from the other."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy import func, select

from bot.polling import run_bot
from bot.sandbox import OWNER_ID, Sandbox
from core.content.models import Content
from core.inbox import service as inbox
from core.inbox.models import TelegramUpdate
from core.runtime import Runtime
from tests.bot.over_http.process import OWN
from tests.e2e.owner import Owner, has, text_of
from tests.e2e.processes import free_port
from workers.receiver import attach

_SECRET = "secret-of-the-webhook"


@pytest.fixture(params=["polling", "webhook"])
async def both_ways(request: pytest.FixtureRequest, runtime: Runtime) -> AsyncGenerator[Runtime]:
    """The runtime in each mode, with a receiver where Telegram calls."""
    port = free_port()
    settings = runtime.settings.model_copy(
        update={
            "telegram_mode": request.param,
            "telegram_webhook_secret": SecretStr(_SECRET),
            "public_url": AnyHttpUrl(f"http://127.0.0.1:{port}"),
        }
    )
    told = replace(runtime, settings=settings)
    app = web.Application()
    attach(app, told)
    runner = web.AppRunner(app, access_log=None, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield told
    await runner.cleanup()


async def test_one_of_two_answers_and_the_other_takes_over(
    both_ways: Runtime, http: aiohttp.ClientSession, sandbox: tuple[Sandbox, str]
) -> None:
    owner = Owner(http, sandbox[1], OWNER_ID)
    first, second = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        one = tasks.create_task(run_bot(both_ways, first))
        try:
            await owner.send("/start")
            await owner.press(await owner.wait(has("Русский"), what="choice of language"), "Русский")
            await owner.wait(has("Очередь"), what="home screen")
            tasks.create_task(run_bot(both_ways, second))
            await owner.send(OWN)
            await owner.wait(has("Одобрить"), what="card")
            first.set()
            await one
            await owner.send("Второй.\nДве строки.\nТри.")
            await owner.wait(lambda m: "Второй" in text_of(m) and has("Одобрить")(m), what="second card")
        finally:
            first.set()
            second.set()
    async with both_ways.unit_of_work() as session:
        texts = list(await session.scalars(select(Content.original_text).order_by(Content.number)))
        open_rows = await session.scalar(select(func.count()).where(TelegramUpdate.ended_at.is_(None)))
    assert texts == [OWN, "Второй.\nДве строки.\nТри."]
    assert open_rows == 0
    assert all(call.status != 409 for call in sandbox[0].journal.calls())


async def test_what_was_stored_but_not_answered_is_answered_by_the_next_process(
    both_ways: Runtime, http: aiohttp.ClientSession, sandbox: tuple[Sandbox, str]
) -> None:
    owner = Owner(http, sandbox[1], OWNER_ID)
    await owner.send("/start")  # a bot may not write to whom it has never heard of
    update = {
        "update_id": 1,
        "message": {
            "message_id": 500,
            "date": 1_790_000_000,
            "chat": {"id": OWNER_ID, "type": "private", "first_name": "O"},
            "from": {"id": OWNER_ID, "is_bot": False, "first_name": "O", "language_code": "ru"},
            "text": OWN,
        },
    }
    bot_id = int(both_ways.settings.telegram_bot_token.get_secret_value().partition(":")[0])  # type: ignore[union-attr]
    async with both_ways.unit_of_work() as session:
        await inbox.store(session, bot_id, [update])
        assert await inbox.claim(session, bot_id, "killed", both_ways.clock.now(), 10)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run_bot(both_ways, stop))
        try:
            await owner.wait(has("Одобрить"), what="card")
        finally:
            stop.set()
