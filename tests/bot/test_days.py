"""A quiet product, an empty tomorrow and a day too full are each told once, and their buttons act."""

import asyncio
import uuid
from datetime import timedelta
from typing import Any

from aiogram import Bot
from sqlalchemy import select, update

from bot import notifier
from core.channels.models import Channel
from core.clock import ManualClock
from core.notifications.models import Notification
from core.products import service as products
from core.products.models import Product
from core.publications import days
from core.publications.models import Publication
from core.runtime import Runtime
from core.settings import service as settings
from tests.bot.person import Person
from tests.bot.test_notifier import planned


async def _look(runtime: Runtime, times: int = 1) -> list[str]:
    """Look as several schedulers do; return the kinds that would be told of."""

    async def look() -> None:
        async with runtime.unit_of_work() as session:
            await days.look(session, runtime.clock.now())

    await asyncio.gather(*(look() for _ in range(times)))
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Notification.kind).order_by(Notification.created_at)))


async def _published(owner: Person, runtime: Runtime, ago: timedelta, **values: Any) -> uuid.UUID:
    moment = runtime.clock.now() - ago
    return await planned(
        owner, runtime, **({"status": "published", "published_at": moment, "scheduled_at": moment} | values)
    )


async def _moscow(owner: Person, runtime: Runtime) -> None:
    await owner.says("/start")
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.General, timezone="Europe/Moscow")  # the clock: 12:00 there


async def test_silence_is_told_once_for_as_many_days(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel, clock: ManualClock
) -> None:
    await _moscow(owner, runtime)
    await _published(owner, runtime, timedelta(days=2))
    assert await _look(runtime) == []
    clock.advance(timedelta(days=1))
    assert await _look(runtime, 3) == ["silence"]
    await notifier.drain(runtime, bot)
    assert "no posts for a while" in owner.text
    told = owner.screen
    clock.advance(timedelta(days=2))
    assert await _look(runtime) == ["silence"], "not every day"
    clock.advance(timedelta(days=1))
    assert await _look(runtime) == ["silence"] * 2
    await owner.taps("New post", on=told)
    await owner.taps("Plan a week", on=told)
    await owner.taps("Do not tell me", on=told)
    async with runtime.unit_of_work() as session:
        general = await settings.get(session, settings.General)
    assert general.notifications.off == ["silence"]


async def test_silence_is_not_told_at_night_nor_when_a_post_is_about_to_go_out(
    owner: Person, runtime: Runtime, channel: Channel, clock: ManualClock
) -> None:
    await _moscow(owner, runtime)
    await _published(owner, runtime, timedelta(days=5))
    clock.advance(timedelta(hours=-3))
    assert await _look(runtime) == [], "nine in the morning"
    clock.advance(timedelta(hours=3))
    await planned(owner, runtime, scheduled_at=clock.now() + timedelta(hours=5))
    assert await _look(runtime) == []


async def test_an_empty_tomorrow_is_told_in_the_afternoon_once_and_not_when_it_is_filled_meanwhile(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel, clock: ManualClock
) -> None:
    await _moscow(owner, runtime)
    await _published(owner, runtime, timedelta(hours=2))
    assert await _look(runtime) == [], "noon"
    clock.advance(timedelta(hours=5))
    assert await _look(runtime, 3) == ["empty_tomorrow"]
    found = await planned(owner, runtime, scheduled_at=clock.now() + timedelta(hours=20))
    before = len(owner.messages)
    await notifier.drain(runtime, bot)
    assert len(owner.messages) == before, "a post is planned by now"
    async with runtime.unit_of_work() as session:
        await session.execute(update(Publication).where(Publication.id == found).values(status="cancelled"))
    clock.advance(timedelta(days=1))
    assert await _look(runtime) == ["empty_tomorrow"] * 2
    await notifier.drain(runtime, bot)
    assert "nothing planned for tomorrow" in owner.text
    await owner.taps("Plan a week")


async def test_a_product_that_is_paused_or_new_is_left_alone(
    owner: Person, runtime: Runtime, product: Product, channel: Channel, clock: ManualClock
) -> None:
    await _moscow(owner, runtime)
    clock.advance(timedelta(hours=5))
    assert await _look(runtime) == [], "it has never published"
    await _published(owner, runtime, timedelta(days=4))
    async with runtime.unit_of_work() as session:
        await products.pause(session, product.id, now=clock.now())
    assert await _look(runtime) == []


async def test_too_many_posts_of_a_day_are_told_once(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    await _moscow(owner, runtime)
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Publishing, max_posts_per_day=2, min_gap_hours=0)
    for hours in (1, 2):
        await _published(owner, runtime, timedelta(hours=hours))
    assert await _look(runtime) == []
    await _published(owner, runtime, timedelta(hours=3))
    assert await _look(runtime, 3) == ["too_many"]
    await notifier.drain(runtime, bot)
    assert "Published and planned: 3, and the limit is 2" in owner.text
    await owner.taps("Show this day")
    assert "#1" in owner.text


async def test_the_limit_of_a_platform_counts_too(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    await _moscow(owner, runtime)
    async with runtime.unit_of_work() as session:
        await settings.limit_platform(session, "telegram", 1)
    for hours in (1, 2):
        await _published(owner, runtime, timedelta(hours=hours))
    assert await _look(runtime) == ["too_many"]
    await notifier.drain(runtime, bot)
    assert "on Telegram: 2, and the limit is 1" in owner.text


async def test_how_long_silence_may_last_is_a_setting(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await owner.taps("Notifications")
    await owner.taps("Silence")
    await owner.taps("7 days")
    async with runtime.unit_of_work() as session:
        assert (await settings.get(session, settings.General)).notifications.silent_days == 7
    await owner.taps("Silence")
    await owner.taps("Another value")
    await owner.says("0")
    assert "1" in owner.text
    assert "90" in owner.text
