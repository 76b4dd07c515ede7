"""The first run: every step answered, skipped, gone back from, and resumed."""

import pytest
from aiogram import Bot

from bot.app import build_dispatcher
from core.channels.models import Channel
from core.products import service as products
from core.runtime import Runtime
from core.settings import first_run
from core.settings import service as settings
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import MockedTelegram, buttons_of


@pytest.fixture
def newcomer(dispatcher: object, bot: Bot, telegram: MockedTelegram) -> Person:
    """An owner who has never written before."""
    return Person(dispatcher, bot, telegram, OWNER, "de")  # type: ignore[arg-type]


async def zone_of(runtime: Runtime) -> str:
    async with runtime.unit_of_work() as session:
        return (await settings.get(session, settings.General)).timezone


async def names(runtime: Runtime) -> list[tuple[str, str | None]]:
    async with runtime.unit_of_work() as session:
        return [(one.name, one.description) for one in await products.list_active(session)]


async def test_the_whole_way(newcomer: Person, runtime: Runtime) -> None:
    await newcomer.says("/start")
    assert newcomer.labels == ["🇷🇺 Русский", "🇬🇧 English"]
    await newcomer.taps("English")
    assert "Where do you live?" in newcomer.text
    await newcomer.says("Kazan")
    # 09:00 UTC is noon there.
    assert "Kazan, Russia" in newcomer.text
    assert "12:00" in newcomer.text
    await newcomer.taps("Yes, it is")
    assert await zone_of(runtime) == "Europe/Moscow"
    assert "Kazan, Russia (Europe/Moscow), it is 12:00" in newcomer.text
    assert "What is your product called?" in newcomer.text
    await newcomer.says("Tea <b>& Co")
    assert "What is “Tea <b>& Co”" in newcomer.text
    await newcomer.says("Tea for those who wait")
    assert await names(runtime) == [("Tea <b>& Co", "Tea for those who wait")]
    assert "Where shall “Tea <b>& Co” be published?" in newcomer.text
    await newcomer.taps("Connect a channel")
    await newcomer.taps("Telegram")
    assert "A Telegram channel or group" in newcomer.text
    await newcomer.says("/start")
    await newcomer.taps("Skip")
    assert "All set!" in newcomer.text
    assert "/channels" in newcomer.text
    await newcomer.says("/start")
    assert "Home" not in " ".join(newcomer.labels)
    assert "NEXUS" in newcomer.text
    await newcomer.says("A finished text.\nTwo.\nThree.")
    assert "Tea <b>& Co" in newcomer.text


async def test_a_city_in_russian_and_one_of_several(newcomer: Person, runtime: Runtime) -> None:
    await newcomer.says("/start")
    await newcomer.taps("Русский")
    await newcomer.says("лондон")
    assert [label for label in newcomer.labels if "Лондон" in label] == [
        "Лондон, Великобритания · 09:00", "Лондон, Канада · 04:00",
    ]  # fmt: skip
    await newcomer.taps("Канада")
    assert await zone_of(runtime) == "America/Toronto"
    assert "04:00" in newcomer.text


async def test_an_offset_is_kept_as_a_zone(newcomer: Person, runtime: Runtime) -> None:
    await newcomer.says("/start")
    await newcomer.taps("Русский")
    await newcomer.says("UTC+5")
    assert any("Екатеринбург · 14:00" in label for label in newcomer.labels)
    await newcomer.taps("UTC+5 ·")
    assert await zone_of(runtime) == "Etc/GMT-5"


async def test_nonsense_is_answered_and_the_question_stays(newcomer: Person, runtime: Runtime) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.says("Xyzzy <b>")
    assert "I found no “Xyzzy <b>”" in newcomer.text
    await newcomer.sends_photo()
    assert "I need text here" in newcomer.text or "text" in newcomer.text
    await newcomer.says("Tbilisi")
    question = newcomer.screen
    await newcomer.taps("Another city")
    await newcomer.taps("Yes, it is", on=question)
    assert "settled" in newcomer.text
    assert await zone_of(runtime) == "UTC+3"


async def test_everything_can_be_skipped_and_gone_back_from(newcomer: Person, runtime: Runtime) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.taps("Skip")
    await newcomer.taps("‹ Back")
    assert "Where do you live?" in newcomer.text
    await newcomer.taps("‹ Back")
    assert "Which language" in newcomer.text
    await newcomer.taps("English")
    await newcomer.taps("London")
    await newcomer.says("Tea")
    await newcomer.taps("‹ Back")
    assert "The product is called “Tea”" in newcomer.text
    await newcomer.says("Coffee")
    assert [name for name, _ in await names(runtime)] == ["Coffee"]
    await newcomer.taps("Skip")
    await newcomer.taps("‹ Back")
    await newcomer.taps("‹ Back")
    await newcomer.taps("Keep it")
    assert "What is “Coffee”" in newcomer.text
    await newcomer.taps("Skip")
    await newcomer.taps("Skip")
    assert "All set!" in newcomer.text
    assert await zone_of(runtime) == "Europe/London"


async def test_nothing_at_all_is_needed(newcomer: Person, runtime: Runtime) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.taps("Skip")
    await newcomer.taps("Skip")
    assert "no product yet" in newcomer.text
    assert await names(runtime) == []
    await newcomer.says("/start")
    assert "NEXUS" in newcomer.text


async def test_a_restart_goes_on_where_it_stood(newcomer: Person, runtime: Runtime) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.taps("Berlin")
    again = Person(build_dispatcher(runtime), newcomer.bot, newcomer.telegram, OWNER, "de")
    await again.says("Tea")
    assert [name for name, _ in await names(runtime)] == ["Tea"]
    later = Person(build_dispatcher(runtime), newcomer.bot, newcomer.telegram, OWNER, "de")
    await later.says("/start")
    assert "What is “Tea”" in later.text
    await later.says("For those who wait")
    assert await names(runtime) == [("Tea", "For those who wait")]


async def test_an_installation_in_use_is_not_asked(
    owner: Person, second_owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await owner.says("/start")
    assert "Tea & Co" in owner.text
    await second_owner.says("/start")
    await second_owner.taps("Русский")
    assert "Tea & Co" in second_owner.text
    async with runtime.unit_of_work() as session:
        assert await first_run.stands_at(session, empty=False) is None


async def test_old_buttons_and_double_taps_do_no_harm(newcomer: Person, runtime: Runtime) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    zone = newcomer.screen
    await newcomer.taps("Berlin", on=zone)
    await newcomer.says("Tea")
    for label, data in buttons_of(zone.reply_markup):
        await newcomer.taps_data(data, zone)
        assert "Something broke" not in newcomer.text, label
        assert newcomer.labels, label
    assert [name for name, _ in await names(runtime)] == ["Tea"]
