"""Do scheduled automations fire at their times, once, also after a silence, and in their own zone?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.analytics.models import DailyStat
from core.automations import service
from core.automations.models import AutomationLog
from core.automations.ready_made import ready_made
from core.channels import service as channels
from core.content.models import Content, ContentStatus
from core.notifications.models import Notification
from core.settings import cron
from core.settings.zones import parse_zone
from tests.core.automations.conftest import Engine

NOTE = {"type": "notify", "message": "{date}"}


async def scheduled(engine: Engine, line: str, *actions: dict[str, Any], **config: Any) -> Any:
    rule = await engine.rule(
        *(actions or (NOTE,)), conditions=[], trigger_type="schedule", trigger_config={"cron": line} | config
    )
    await engine.sweep()
    return rule


async def test_the_seeds_schedule_fires_on_monday_at_ten_in_utc_plus_three(engine: Engine) -> None:
    await scheduled(engine, "0 10 * * 1", timezone="UTC+3")
    moments: list[datetime] = []
    for _ in range(24 * 15):
        engine.later(hours=1)
        await engine.sweep()
        moments += [run.started_at for run in await engine.all(AutomationLog)][len(moments) :]
    assert moments == [datetime(2026, 3, 9, 7, tzinfo=UTC), datetime(2026, 3, 16, 7, tzinfo=UTC)]


@pytest.mark.parametrize(("catch_up", "runs"), [("one", 1), ("none", 0)])
async def test_what_passed_meanwhile_is_made_up_for_once_or_not_at_all(
    engine: Engine, catch_up: str, runs: int
) -> None:
    await scheduled(engine, "0 * * * *", catch_up=catch_up)
    engine.later(hours=30, minutes=20)
    for _ in range(3):
        await engine.sweep()
    found = await engine.all(AutomationLog)
    assert len(found) == runs
    if runs:
        assert found[0].run_key == "at:20260303T150000"
    engine.later(minutes=40)
    await engine.sweep()
    assert len(await engine.all(AutomationLog)) == runs + 1


async def test_a_rule_that_was_off_does_not_make_up_for_that(engine: Engine) -> None:
    rule = await scheduled(engine, "0 * * * *")
    for on in (False, True):
        async with engine.runtime.unit_of_work() as session:
            await service.switch(session, rule, on=on)
        engine.later(hours=5)
        if on:
            break
    await engine.sweep()
    assert await engine.all(AutomationLog) == []


async def test_the_evening_look_knows_the_calendar(engine: Engine) -> None:
    (found,) = [one for one in ready_made("en") if one.key == "queue_empty"]
    await engine.rule(
        *found.text.actions, conditions=found.text.conditions, trigger_type="schedule",
        trigger_config=found.text.trigger_config,
    )  # fmt: skip
    await engine.sweep()
    engine.clock.set(datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    await engine.sweep()
    (told,) = await engine.all(Notification)
    assert told.payload["text"] == "Nothing is planned for tomorrow. Drafts waiting: 0."


async def test_a_weekly_recap_publishes_a_thread_from_the_weeks_numbers(engine: Engine) -> None:
    async with engine.runtime.unit_of_work() as session:
        (channel, _) = await channels.list_for_product(session, engine.product_id)
        for days in range(1, 15):
            day = (engine.clock.now() + timedelta(days=7 - days)).date()
            session.add(
                DailyStat(
                    product_id=engine.product_id,
                    channel_id=channel.id,
                    date=day,
                    posts_count=1,
                    total_reach=100 if days <= 7 else 1,
                    total_engagements=5,
                )
            )
    (found,) = [one for one in ready_made("en") if one.key == "weekly_recap"]
    await engine.rule(
        *({**action, "use_ai": False, "review": "auto", "scheduling": "now"} for action in found.text.actions),
        conditions=[], trigger_type="schedule", trigger_config=found.text.trigger_config,
    )  # fmt: skip
    await engine.sweep()
    engine.clock.set(datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    await engine.sweep()
    (draft,) = await engine.all(Content)
    assert draft.status == ContentStatus.READY
    await engine.publish()
    assert [post.text for post in engine.platforms[0].wall] == [
        "Our week in numbers", "Posts: 7", "Reach: 700\nReactions and comments: 35", "Thank you for being with us.",
    ]  # fmt: skip


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC+3"])
def test_looking_back_and_looking_ahead_find_the_same_times(zone: str) -> None:
    schedule = cron.read({"cron": "30 2 * * *", "timezone": zone}, parse_zone(zone))
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(400):
        following = schedule.next_run(moment)
        assert following is not None
        assert schedule.last_run(following) == following
        assert schedule.last_run(following - timedelta(seconds=1)) != following
        moment = following
