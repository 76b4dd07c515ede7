"""First run, home, products, the queue and its items."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiogram.types import MessageEntity
from sqlalchemy import select

from bot.commands import COMMANDS
from bot.i18n import translator
from bot.screens.home.callbacks import ChooseLanguage
from bot.screens.home.view import HomeModel, ProductLine, home
from core.analytics.week import Week
from core.automations.models import Automation
from core.channels.models import Channel
from core.chats import service as chats
from core.clock import ManualClock
from core.ids import new_id
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
    await newcomer.taps_data(ChooseLanguage().pack(), newcomer.screen)  # a button of earlier home screens
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
    assert "Today" in owner.text
    assert "Tomorrow" in owner.text
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
    assert "Two * two · bold · Three." in owner.text
    await owner.taps("#1")
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says("/queue")
    assert "Two * two · bold · Three." in owner.text


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


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [
        (120, 100, "reach 120 (+20%)"), (95, 100, "reach 95 (−5%)"), (100, 100, "reach 100 (as a week ago)"),
        (1000, 100, "reach 1,000 (10 times as much)"), (7, None, "reach 7\n"), (7, 0, "reach 7\n"), (0, 10, "reach 0 (−100%)"),
    ],
)  # fmt: skip
def test_the_trend_is_said_only_where_there_is_something_to_compare(
    now: int, before: int | None, shown: str
) -> None:
    model = HomeModel(
        products=[ProductLine("Tea", Week(reach=now, reach_before=before))], current="Tea", today=[], today_total=0,
        drafts=0, waiting=0, has_channel=True, ai_missing=None,
    )  # fmt: skip
    drawn = home(model, translator("en"), UTC, datetime(2026, 3, 2, tzinfo=UTC))
    assert shown in drawn.body.text
    assert "No numbers" not in drawn.body.text


async def test_home_says_that_there_are_no_numbers_and_what_waits(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await owner.says(OWN)
    async with runtime.unit_of_work() as session:
        session.add(
            Automation(
                id=new_id(), product_id=channel.product_id, name="Mint", trigger_type="event",
                trigger_config={}, actions=[],
            )
        )  # fmt: skip
    await owner.says("/start")
    assert "No numbers for this week yet" in owner.text
    assert "1 draft waits for your decision" in owner.text
    assert "Automations switched on: 1 of 1, no run yet" in owner.text


async def test_help_has_a_page_for_each_topic_and_names_every_command(owner: Person) -> None:
    await owner.says("/help")
    for topic in ("Posts", "Time and queue", "Voice", "Channels"):
        await owner.taps(topic)
        assert "nexus import" not in owner.text
        await owner.taps("‹ Help")
    await owner.taps("Commands")
    for command in COMMANDS:
        assert f"/{command} —" in owner.text
