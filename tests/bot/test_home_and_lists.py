"""First run, home, products, the queue and its items."""

import asyncio
import itertools
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.types import MessageEntity
from sqlalchemy import select

from core.channels.models import Channel
from core.chats import service as chats
from core.clock import ManualClock
from core.products.models import Product
from core.publications.models import Publication
from core.runtime import Runtime
from core.settings import service as settings
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import MockedTelegram, buttons_of

OWN = "A finished text.\nTwo.\nThree."


async def test_the_first_run_asks_for_the_language_and_keeps_it(
    dispatcher: object, bot: Bot, telegram: MockedTelegram, runtime: Runtime
) -> None:
    newcomer = Person(dispatcher, bot, telegram, OWNER, "de")  # type: ignore[arg-type]
    await newcomer.says("/start")
    assert newcomer.labels == ["🇷🇺 Русский", "🇬🇧 English"]
    await newcomer.taps("English")
    await newcomer.taps("Skip")
    await newcomer.taps("Skip")
    await newcomer.taps("Home")
    assert "There is no product yet" in newcomer.text
    assert "ANTHROPIC_API_KEY" in newcomer.text
    async with runtime.unit_of_work() as session:
        assert (await settings.get(session, settings.General)).language == "en"
    await newcomer.says("/start")
    assert "There is no product yet" in newcomer.text
    scopes = {call.scope.chat_id for call in telegram.named("setMyCommands")}
    assert scopes == {OWNER}
    await newcomer.taps("Language")
    await newcomer.taps("Русский")
    assert "ни одного продукта" in newcomer.text


async def test_home_shows_today_and_what_is_missing(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/start")
    assert "Tea & Co" in owner.text
    assert "Connect a channel" in " ".join(owner.labels)
    assert "Nothing is scheduled for today" in owner.text


async def test_home_lists_what_goes_out_today(owner: Person, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.taps("Home")
    assert "1 post goes out today" in owner.text
    assert "#1 A finished text." in owner.text
    assert "Connect a channel" not in " ".join(owner.labels)


async def test_a_product_is_added_chosen_and_drafts_follow(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/products")
    await owner.taps("Add a product")
    await owner.says("Coffee")
    assert "“Coffee” is added" in owner.text
    await owner.says(OWN)
    assert "Coffee" in owner.text
    await owner.says("/products")
    await owner.taps("Tea & Co")
    await owner.taps("Make current")
    assert "Now working on “Tea & Co”" in owner.text
    await owner.says(OWN)
    assert "Tea & Co" in owner.text
    await owner.says("/drafts")
    assert "2 drafts" in owner.text
    async with runtime.unit_of_work() as session:
        chat = await chats.get(session, OWNER)
    assert chat is not None
    assert chat.product_id == product.id


async def test_the_queue_is_paged_and_its_items_are_handled(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    for number in range(10):
        await owner.says(f"{OWN} {number}")
        await owner.taps("Schedule")
        await owner.taps("next good hour")
    await owner.says("/queue")
    assert "10 publications" in owner.text
    assert "today" in owner.text
    assert "tomorrow" in owner.text
    await owner.taps("›")
    assert "2/2" in " ".join(owner.labels)
    await owner.taps("#10")
    assert "#10" in owner.text
    await owner.taps("Reschedule")
    await owner.taps("in 15 minutes")
    await owner.taps("Schedule it")
    assert "Too close" in owner.text
    await owner.taps("anyway")
    assert "Scheduled: Mon, 2 March, 12:15" in owner.text
    await owner.taps("Take off")
    assert "Taken off" in owner.text
    async with runtime.unit_of_work() as session:
        statuses = list(await session.scalars(select(Publication.status).order_by(Publication.created_at)))
    assert statuses.count("cancelled") == 1


async def test_a_waiting_post_can_go_now_once(owner: Person, channel: Channel, runtime: Runtime) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says("/queue")
    await owner.taps("#1")
    item = owner.screen
    await asyncio.gather(*(owner.taps("Now", on=item) for _ in range(2)))
    async with runtime.unit_of_work() as session:
        (row,) = await session.scalars(select(Publication))
    assert row.scheduled_at == runtime.clock.now()


async def test_going_now_does_not_depend_on_how_fast_the_clock_is_read(
    owner: Person, channel: Channel, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says("/queue")
    await owner.taps("#1")
    assert "(Telegram)" in owner.text
    still = runtime.clock.now
    ticks = itertools.count()
    monkeypatch.setattr(runtime.clock, "now", lambda: still() + timedelta(milliseconds=next(ticks)))
    await owner.taps("Now")
    assert "Sending it now" in owner.text


async def test_the_picker_says_that_its_hours_are_defaults(owner: Person, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    assert "These are default hours" in owner.text
    assert "20 posts with numbers; so far there are 0" in owner.text
    assert "🕙 Mon, 2 March, 13:00" in owner.labels


async def test_home_counts_the_whole_queue_not_only_today(owner: Person, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("tomorrow")
    await owner.taps("12:00")
    await owner.taps("Schedule it")
    await owner.taps("Home")
    assert "Nothing is scheduled for today" in owner.text
    assert "📅 Queue · 1" in owner.labels


async def test_lists_show_the_words_without_their_formatting(owner: Person, channel: Channel) -> None:
    await owner.says("Two * two\nbold\nThree.", entities=[MessageEntity(type="bold", offset=10, length=4)])
    await owner.says("/drafts")
    assert "Two * two bold Three." in owner.text
    await owner.taps("#1")
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says("/queue")
    assert "Two * two bold Three." in owner.text


@pytest.mark.parametrize(
    "command", ["/start", "/help", "/queue", "/drafts", "/products", "/status", "/cancel"]
)
async def test_every_command_answers_and_every_button_of_it_leads_somewhere(
    owner: Person, channel: Channel, command: str
) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says(command)
    screen = owner.screen
    for label, data in buttons_of(screen.reply_markup):
        if data.startswith("http"):
            continue
        before = len(owner.telegram.calls)
        await owner.taps_data(data, screen)
        calls = [call.__api_method__ for call in owner.telegram.calls[before:]]
        assert calls[0] == "answerCallbackQuery", (label, calls)
        assert any(name.startswith(("edit", "send")) for name in calls), (label, calls)
        assert "Something broke" not in owner.text, label


async def test_a_post_whose_time_has_come_is_not_said_to_go_out_in_the_past(
    owner: Person, channel: Channel, clock: ManualClock
) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says("/queue")
    clock.advance(timedelta(days=1))
    await owner.taps("#1")
    assert "goes out as soon as it can" in owner.text
    await owner.taps("card")
    assert "goes out as soon as it can" in owner.text
