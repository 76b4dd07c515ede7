"""The bot as a process part, over HTTP against the local Telegram: whole flows, and a network that fails."""

import asyncio

import aiohttp
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.polling import run_bot
from bot.sandbox import OWNER_ID, Sandbox
from core.clock import ManualClock
from core.content.models import Content
from core.errors import ConfigError
from core.runtime import Runtime
from core.settings import heartbeats
from tests.bot.over_http.process import OWN, publish_due, running_bot
from tests.bot.sandbox.conftest import png
from tests.e2e.owner import Owner, has, text_of


async def test_from_start_to_the_published_message(
    owner: Owner, runtime: Runtime, clock: ManualClock
) -> None:
    await owner.send("/start")
    welcome = await owner.wait(has("Русский"), what="choice of language")
    await owner.press(welcome, "Русский")
    await owner.wait(has("Продукты"), what="home screen")
    await owner.send("Открываем второй магазин в пятницу")
    card = await owner.wait(has("Одобрить"), what="card")
    assert "без ИИ" in text_of(card)
    await owner.press(card, "Текст")
    await owner.wait(lambda m: "Пришлите новый текст" in text_of(m), what="question")
    await owner.send(OWN)
    card = await owner.wait(lambda m: OWN in text_of(m) and has("Одобрить")(m), what="edited card")
    await owner.press(card, "Одобрить")
    card = await owner.wait(lambda m: "Одобрено" in text_of(m), what="approved card")
    await owner.press(card, "Сейчас")
    await owner.wait(has("Отменить публикацию"), what="undo")
    await publish_due(runtime, clock)
    channel = (await owner.channels())["Tea"]
    post = await owner.wait(lambda m: text_of(m) == OWN, chat=channel, what="post")
    told = await owner.wait(lambda m: "<b>" not in text_of(m) and "Опубликовано ·" in text_of(m), what="news")
    assert f"https://t.me/tea_shop/{post['message_id']}" in text_of(told)
    card = await owner.wait(lambda m: OWN in text_of(m) and "🎉" in text_of(m), what="redrawn card")
    assert not has("Одобрить")(card)


async def test_an_album_and_a_document_are_previewed_and_published_as_they_are(
    owner: Owner,
    http: aiohttp.ClientSession,
    runtime: Runtime,
    clock: ManualClock,
    sandbox: tuple[Sandbox, str],
) -> None:
    await owner.send("/start")
    form = aiohttp.FormData()
    for number in range(3):
        form.add_field(f"file{number}", png(4 + number), filename=f"{number}.png", content_type="image/png")
    form.add_field("caption", "Наши полки")
    url = f"{sandbox[1]}/sandbox/api/chats/{OWNER_ID}/send"
    async with http.post(url, data=form) as answer:
        assert answer.status == 200, await answer.text()
    card = await owner.wait(has("Одобрить"), what="card")
    assert "10/1024" in text_of(card)
    async with runtime.unit_of_work() as session:
        (draft,) = await session.scalars(select(Content))
    assert len(draft.media) == 3
    own = [m for m in await owner.messages() if m.get("out") and m.get("photo")]
    shown = [m for m in await owner.messages() if not m.get("out") and m.get("photo")]
    assert (len(own), len(shown)) == (3, 3)
    await owner.press(card, "Сейчас")
    await owner.wait(has("Отменить публикацию"), what="undo")
    await publish_due(runtime, clock)
    channel = (await owner.channels())["Tea"]
    await owner.wait(lambda m: text_of(m) == "Наши полки", chat=channel, what="album")
    assert len([m for m in await owner.messages(channel) if m.get("photo")]) == 3


async def test_a_bad_network_is_survived(
    owner: Owner, runtime: Runtime, sandbox: tuple[Sandbox, str]
) -> None:
    await owner.send("/start")
    await owner.wait(has("Русский"), what="choice of language")
    faults = sandbox[0].faults
    faults.add("poison", "getUpdates")
    faults.add("409", "getUpdates")
    faults.add("500_before", "getUpdates")
    faults.add("malformed", "answerCallbackQuery")
    faults.add("429", "sendMessage", retry_after=1)
    await owner.send("/queue")
    await owner.wait(lambda m: "В очереди пусто" in text_of(m), what="queue")
    await owner.send("/status")
    status = await owner.wait(lambda m: "PostgreSQL" in text_of(m), what="status")
    assert "бот ·" in text_of(status)


async def test_a_message_sent_while_the_bot_was_away_is_answered(
    http: aiohttp.ClientSession, runtime: Runtime, sandbox: tuple[Sandbox, str]
) -> None:
    owner = Owner(http, sandbox[1], OWNER_ID)
    await owner.send(OWN)
    async with running_bot(runtime):
        await owner.wait(has("Одобрить"), what="card")
    async with runtime.unit_of_work() as session:
        assert await heartbeats.last(session, "bot") is not None


async def test_a_wrong_token_is_a_clear_error(runtime: Runtime, sandbox: tuple[Sandbox, str]) -> None:
    sandbox[0].faults.add("401", "getMe")
    with pytest.raises(ConfigError, match="TELEGRAM_BOT_TOKEN is refused"):
        await run_bot(runtime, asyncio.Event())


async def test_an_unreachable_telegram_is_waited_for(runtime: Runtime, sandbox: tuple[Sandbox, str]) -> None:
    sandbox[0].faults.add("500_before", "getMe", times=1)
    owner_events: list[str] = []
    with capture_logs() as logs:
        async with running_bot(runtime):
            for _ in range(50):
                owner_events = [str(line["event"]) for line in logs]
                if "bot_started" in owner_events:
                    break
                await asyncio.sleep(0.1)
    assert owner_events.index("telegram_unreachable") < owner_events.index("bot_started")


async def test_stopping_waits_for_what_is_being_answered(
    http: aiohttp.ClientSession, runtime: Runtime, sandbox: tuple[Sandbox, str]
) -> None:
    owner = Owner(http, sandbox[1], OWNER_ID)
    async with running_bot(runtime) as stop:
        await owner.send("/start")
        await owner.wait(has("Русский"), what="choice of language")
        sandbox[0].faults.add("slow", "sendMessage", seconds=1.0)
        await owner.send("/queue")
        await asyncio.sleep(0.3)
        stop.set()
    assert "В очереди пусто" in text_of((await owner.messages())[-1])
