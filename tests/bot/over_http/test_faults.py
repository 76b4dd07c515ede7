"""Telegram stumbles at every step from the idea to the news: nothing is lost, doubled in the channel, or silent."""

import asyncio
from datetime import timedelta
from functools import partial

import aiohttp
import pytest
from sqlalchemy import select

from bot import session as bot_session
from bot.flood import FloodControl
from bot.middlewares import taps
from bot.polling import run_bot
from bot.sandbox import OWNER_ID, Sandbox
from bot.steadiness import TryAgain
from core.clock import ManualClock
from core.content.models import Content
from core.notifications.models import Notification, NotificationStatus
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.bot.over_http.process import OWN, publish_due, running_bot
from tests.e2e.owner import Message, Owner, has, text_of

OPTIONS: dict[str, dict[str, object]] = {
    "429": {"retry_after": 1},
    "500_before": {},
    "502": {},
    "500_after": {},
    "cut": {},
    "refuse": {},
    "malformed": {},
    "slow": {"seconds": 0.3},
}
# What the flow below calls in the owner's chat; answerCallbackQuery names no chat.
METHODS = ("sendMessage", "editMessageText", "deleteMessage", "sendChatAction", "setMyCommands")


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter pauses between messages and tries than people and Telegram are given."""
    monkeypatch.setattr(bot_session, "FloodControl", partial(FloodControl, per_second=50))
    monkeypatch.setattr(taps, "_SPINNER_SECONDS", 0.5)
    monkeypatch.setattr(bot_session, "TryAgain", partial(TryAgain, (0.02, 0.05, 0.1)))


async def posts_of(owner: Owner) -> list[Message]:
    """Return what stands in the channel, without Telegram's own notices."""
    return [m for m in await owner.messages((await owner.channels())["Tea"]) if text_of(m)]


@pytest.mark.parametrize("kind", OPTIONS)
async def test_every_third_call_fails_and_the_post_is_published_and_told(
    owner: Owner, runtime: Runtime, clock: ManualClock, sandbox: tuple[Sandbox, str], kind: str
) -> None:
    faults = sandbox[0].faults
    await owner.send("/start")
    await owner.press(await owner.wait(has("Русский"), what="choice of language"), "Русский")
    await owner.wait(has("Продукты"), what="home screen")
    for method in METHODS:
        faults.add(kind, method, chat_id=OWNER_ID, times=None, every=3, **OPTIONS[kind])
    faults.add(kind, "answerCallbackQuery", times=None, every=2, **OPTIONS[kind])
    await owner.send("Открываем второй магазин в пятницу")
    await owner.press(await owner.wait(has("Одобрить"), what="card"), "Одобрить")
    card = await owner.wait(lambda m: "Одобрено" in text_of(m) and has("Сейчас")(m), what="approved card")
    await owner.press(card, "Сейчас")
    await owner.wait(has("Отменить публикацию"), what="undo")
    await publish_due(runtime, clock)
    await owner.wait(lambda m: "Опубликовано ·" in text_of(m) and has("Открыть")(m), what="news")
    assert len(await posts_of(owner)) == 1
    async with runtime.unit_of_work() as session:
        assert len(list(await session.scalars(select(Content)))) == 1
        (publication,) = await session.scalars(select(Publication))
    assert publication.status == PublicationStatus.PUBLISHED
    broken = [text_of(m) for m in await owner.messages() if "сломалось" in text_of(m)]
    assert broken == [] or kind == "malformed"  # answers nobody can read are not asked for again


async def test_an_answer_that_never_came_from_the_channel_is_asked_about_and_not_sent_twice(
    owner: Owner, runtime: Runtime, clock: ManualClock, sandbox: tuple[Sandbox, str]
) -> None:
    await owner.send("/start")
    channel = (await owner.channels())["Tea"]
    sandbox[0].faults.add("cut", "sendMessage", chat_id=channel)
    await owner.send(OWN)
    await owner.press(await owner.wait(has("Одобрить"), what="card"), "Сейчас")
    await owner.wait(has("Отменить публикацию"), what="undo")
    await publish_due(runtime, clock)
    await publish_due(runtime, clock)
    question = await owner.wait(has("Пост на месте"), what="question")
    await owner.press(question, "Пост на месте")
    async with asyncio.timeout(10):
        while True:
            async with runtime.unit_of_work() as session:
                (publication,) = await session.scalars(select(Publication))
            if publication.status == PublicationStatus.PUBLISHED:
                break
            await asyncio.sleep(0.05)
    assert len(await posts_of(owner)) == 1


async def test_a_tap_is_obeyed_though_its_spinner_cannot_be_stopped(
    owner: Owner, runtime: Runtime, sandbox: tuple[Sandbox, str]
) -> None:
    await owner.send("/start")
    sandbox[0].faults.add("hang", "answerCallbackQuery", times=1)
    sandbox[0].faults.add("429", "answerCallbackQuery", times=None, retry_after=60)
    await owner.press(await owner.wait(has("Русский"), what="choice of language"), "Русский")
    home = await owner.wait(has("Очередь"), seconds=10, what="home screen")
    await owner.press(home, "Очередь")
    await owner.wait(lambda m: "В очереди пусто" in text_of(m), seconds=10, what="queue")


async def test_news_that_telegram_takes_but_answers_unreadably_is_not_told_for_ever(
    owner: Owner, runtime: Runtime, clock: ManualClock, sandbox: tuple[Sandbox, str]
) -> None:
    await owner.send("/start")
    await owner.send(OWN)
    await owner.press(await owner.wait(has("Одобрить"), what="card"), "Сейчас")
    await owner.wait(has("Отменить публикацию"), what="undo")
    sandbox[0].faults.add("malformed", "sendMessage", chat_id=OWNER_ID, times=None)
    await publish_due(runtime, clock)
    async with asyncio.timeout(20):
        while True:
            async with runtime.unit_of_work() as session:
                (news,) = await session.scalars(select(Notification))
            if news.status == NotificationStatus.SENT:
                break
            clock.advance(timedelta(minutes=1))
            await asyncio.sleep(0.3)
    told = [m for m in await owner.messages() if "Опубликовано ·" in text_of(m) and has("Открыть")(m)]
    assert 1 <= len(told) <= 4


async def test_a_half_typed_answer_and_its_order_survive_a_restart_of_the_bot(
    runtime: Runtime, sandbox: tuple[Sandbox, str], http: aiohttp.ClientSession
) -> None:
    owner = Owner(http, sandbox[1], OWNER_ID)
    async with running_bot(runtime):
        await owner.send("/start")
        await owner.send("Первый текст.\nДве строки.\nТри.")
        await owner.press(await owner.wait(has("Одобрить"), what="card"), "Текст")
        await owner.wait(lambda m: "Пришлите новый текст" in text_of(m), what="question")
    await owner.send(OWN)  # while nobody is there
    await owner.send("Второй пост.\nДве строки.\nТри.")
    async with running_bot(runtime):
        await owner.wait(lambda m: "Второй пост" in text_of(m) and has("Одобрить")(m), what="second card")
    async with runtime.unit_of_work() as session:
        first, second = await session.scalars(select(Content).order_by(Content.number))
    assert (first.original_text, first.version) == (OWN, 2)
    assert second.original_text.startswith("Второй пост")


async def test_a_stop_while_telegram_is_away_is_not_held_up(
    runtime: Runtime, sandbox: tuple[Sandbox, str]
) -> None:
    sandbox[0].faults.add("refuse", "getUpdates", times=None)
    stop = asyncio.Event()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(run_bot(runtime, stop))
        await asyncio.sleep(0.5)
        stop.set()
