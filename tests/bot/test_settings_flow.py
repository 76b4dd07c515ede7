"""Settings: every one can be changed, is saved at once and shown; bad input is asked again; old buttons are harmless."""

import asyncio
import json

import pytest
from sqlalchemy import text

from bot.screens.settings import callbacks as cb
from bot.screens.settings.fields import SPECS, Code, Section
from core.ai import models_map
from core.notifications.models import NotificationKind
from core.products.voice_fields import mark_of
from core.runtime import Runtime
from core.settings import service
from core.settings.service import Ai, General, Publishing
from tests.bot.person import Person
from tests.bot.telegram import buttons_of


async def _kept(runtime: Runtime) -> tuple[General, Publishing, Ai]:
    async with runtime.unit_of_work() as session:
        return (
            await service.get(session, General),
            await service.get(session, Publishing),
            await service.get(session, Ai),
        )


async def _type(owner: Person, code: Code, *said: str) -> None:
    await owner.taps_data(cb.AskSetting(code=code).pack(), owner.screen)
    for words in said:
        await owner.says(words)


async def test_a_value_is_two_taps_away_and_said_back(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    for words in ("UTC+3", "Gap: 2 hours", "Cap a day: no limit"):
        assert words in owner.text, words
    await owner.taps("Publishing")
    await owner.taps("Gap")
    assert any(label.startswith("• 2 hours") for label in owner.labels)
    question = owner.screen
    await asyncio.gather(*(owner.taps("4 hours", on=question) for _ in range(2)))
    assert "✅ Gap: 4 hours" in owner.text
    assert (await _kept(runtime))[1].min_gap_hours == 4
    await owner.taps("Back")
    assert "Gap: 4 hours" in owner.text


@pytest.mark.parametrize("code", [code for code, spec in SPECS.items() if spec.offered])
async def test_every_offered_value_can_be_taken(owner: Person, runtime: Runtime, code: Code) -> None:
    await owner.says("/settings")
    spec = SPECS[code]
    for number, value in enumerate(spec.offered):
        await owner.taps_data(cb.SetSetting(code=code, number=number).pack(), owner.screen)
        assert "✅" in owner.text
        group = next(group for group in await _kept(runtime) if isinstance(group, spec.group))
        assert spec.value(group) == value
        assert owner.labels


async def test_numbers_are_typed_and_bad_ones_asked_again(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await _type(owner, Code.GAP, "a while")
    assert "from 0 to 168" in owner.text
    assert "Cancel" in owner.labels
    await owner.says("200")
    assert "from 0 to 168" in owner.text
    await owner.says("1,5 ч")
    assert "Gap: 1.5 hours" in owner.text
    await _type(owner, Code.DAY, "2.5")
    assert "whole number from 1 to 1000" in owner.text
    await owner.says("7")
    publishing = (await _kept(runtime))[1]
    assert (publishing.min_gap_hours, publishing.max_posts_per_day) == (1.5, 7)
    await owner.sends_photo()
    assert "Something broke" not in owner.text


async def test_money_is_typed_and_taken_away(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await _type(owner, Code.CAP_DAY, "-5")
    assert "does not look like an amount" in owner.text
    await owner.says("$0,50")
    assert "Cap a day: $0.50" in owner.text
    assert (await _kept(runtime))[2].daily_cap_usd == 0.5
    await _type(owner, Code.CAP_DAY, "0")
    assert "spend nothing" in owner.text
    await _type(owner, Code.CAP_DAY, "None")
    assert (await _kept(runtime))[2].daily_cap_usd is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("23:00–8:00", ("23:00", "08:00")),
        ("с 23 до 8", ("23:00", "08:00")),
        ("from 11pm to 7:30 am", ("23:00", "07:30")),
        ("22.30 - 24", ("22:30", "00:00")),
        ("нет", None),
    ],
)
async def test_hours_are_typed_as_people_write_them(
    owner: Person, runtime: Runtime, said: str, kept: tuple[str, str] | None
) -> None:
    await owner.says("/settings")
    await _type(owner, Code.QUIET, "at night")
    assert "two times" in owner.text
    await owner.says("25:00-8:00")
    assert "two times" in owner.text
    await owner.says("8-8")
    assert "are the same" in owner.text
    await owner.says(said)
    publishing = (await _kept(runtime))[1]
    assert SPECS[Code.QUIET].value(publishing) == kept


async def test_a_zone_is_found_from_a_city_and_chosen_among_several(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await _type(owner, Code.ZONE, "Qwertyville")
    assert "I do not know that place" in owner.text
    await owner.says("Владивосток")
    assert "Vladivostok (19:00)" in owner.text
    assert (await _kept(runtime))[0].timezone == "Asia/Vladivostok"
    await _type(owner, Code.ZONE, "UTC+1")
    assert "Which of these" in owner.text
    choice = owner.screen
    await asyncio.gather(*(owner.taps("Berlin (", on=choice) for _ in range(2)))
    assert (await _kept(runtime))[0].timezone == "Europe/Berlin"


async def test_the_language_changes_at_once(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await owner.taps("Language")
    await owner.taps("русский")
    assert "✅ 🌐 Язык: русский" in owner.text
    assert (await _kept(runtime))[0].language == "ru"
    menus = owner.telegram.named("setMyCommands")
    assert any(command.description.startswith("Настройки") for command in menus[-1].commands)


async def test_models_are_offered_with_their_prices_and_retired_ones_said(
    owner: Person, runtime: Runtime
) -> None:
    await owner.says("/settings")
    await owner.taps("AI")
    assert "claude-sonnet-5-5" in owner.text
    assert "instead of" not in owner.text, "nobody has chosen the data model's own defaults"
    async with runtime.unit_of_work() as session:
        await service.change(session, Ai, default_model="claude-3-7-sonnet")
    await owner.says("/settings")
    await owner.taps("AI")
    assert "claude-sonnet-5-5 (instead of claude-3-7-sonnet" in owner.text
    await owner.taps("Model")
    labels = [label for label in owner.labels if "claude" in label]
    assert labels[0] == "• claude-sonnet-5-5 · $2.00 / $10.00"
    assert "Price: $2.00 / $10.00" in owner.text
    assert len(labels) == len(models_map.SERVED)
    await owner.taps("claude-opus-5-5")
    assert (await _kept(runtime))[2].default_model == "claude-opus-5-5"
    await _type(owner, Code.FALLBACK, "two words")
    assert "no spaces" in owner.text
    await owner.says("my-own-model")
    await owner.taps("Fallback")
    assert "price unknown" in owner.text
    stale = cb.SetModel(code=Code.MODEL, mark=mark_of("claude-opus-5-5"))
    await owner.taps_data(cb.SetSetting(code=Code.PROVIDER, number=1).pack(), owner.screen)
    await owner.taps_data(stale.pack(), owner.screen)
    assert "nothing was done" in owner.text
    ai = (await _kept(runtime))[2]
    assert (ai.default_model, ai.fallback_model, ai.openai_model) == ("claude-opus-5-5", "my-own-model", "")


async def test_the_other_provider_has_models_of_its_own_by_pages(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await owner.taps_data(cb.SetSetting(code=Code.PROVIDER, number=1).pack(), owner.screen)
    await owner.taps("Model")
    assert "not chosen" in owner.text
    await owner.taps("›")
    page = owner.screen
    name = next(label for label, _ in buttons_of(page.reply_markup) if "$" in label)
    await owner.taps(name, on=page)
    assert (await _kept(runtime))[2].openai_model == name.partition(" · ")[0]


async def test_platforms_have_limits_of_their_own(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await owner.taps("Publishing")
    assert "No platform has a limit" in owner.text
    await owner.taps("Limits by platform")
    await owner.taps("Telegram")
    await owner.taps("up to 3")
    assert "Telegram: up to 3" in owner.text
    await owner.taps("Telegram")
    await owner.taps("Another value")
    await owner.says("0")
    assert "from 1 to 1000" in owner.text
    await owner.says("12")
    assert (await _kept(runtime))[1].max_per_platform_per_day == {"telegram": 12}
    await owner.taps("Telegram")
    await owner.taps("no limit")
    assert (await _kept(runtime))[1].max_per_platform_per_day == {}
    await owner.taps_data(cb.OpenPlatform(platform=1).pack(), owner.screen)
    assert "nothing was done" in owner.text


async def test_news_is_switched_off_and_trouble_is_not(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await owner.taps("Notifications")
    screen = owner.screen
    await asyncio.gather(*(owner.taps("A post is out", on=screen) for _ in range(2)))
    assert (await _kept(runtime))[0].notifications.off == ["published"]
    assert any(label.startswith("🔕 A post is out") for label in owner.labels)
    await owner.taps_data(cb.SwitchKind(kind=NotificationKind.FAILED, on=False).pack(), owner.screen)
    assert "nothing was done" in owner.text
    assert (await _kept(runtime))[0].notifications.off == ["published"]


async def test_what_is_set_elsewhere_is_named_and_no_secret_shown(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await owner.taps("Owners")
    for words in (
        "TELEGRAM_OWNER_IDS",
        "Somebody · 1001",
        "1002, has not written",
        "ANTHROPIC_API_KEY",
        ".env",
    ):
        assert words in owner.text, words


async def test_every_screen_s_buttons_lead_somewhere(owner: Person) -> None:
    await owner.says("/settings")
    overview = owner.screen
    for section in Section:
        await owner.taps_data(cb.OpenSection(section=section).pack(), overview)
        screen = owner.screen
        for label, data in buttons_of(screen.reply_markup):
            await owner.taps_data(data, screen)
            assert "Something broke" not in owner.text, label
            assert owner.labels, label


async def test_unreadable_settings_are_in_the_status_and_put_right_there(
    owner: Person, runtime: Runtime
) -> None:
    await owner.says("/status")
    old = owner.screen
    assert "cannot be read" not in owner.text
    async with runtime.unit_of_work() as session:
        await session.execute(
            text("UPDATE settings SET value = CAST(:value AS jsonb) WHERE key = 'publishing'"),
            {"value": json.dumps({"max_posts_per_day": "many", "paused": "perhaps"})},
        )
    await owner.taps("Refresh", on=old)
    assert "publishing.paused, publishing.max_posts_per_day" in owner.text
    broken = owner.screen
    await asyncio.gather(*(owner.taps("Store the defaults", on=broken) for _ in range(2)))
    assert "cannot be read" not in owner.text
    publishing = (await _kept(runtime))[1]
    assert (publishing.max_posts_per_day, publishing.paused) == (30, False)
