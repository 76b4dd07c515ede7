"""The demo's past is plausible: in order, at its hours whenever the demo starts, and there is something to find in it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from core.analytics import best_times, daily, enrolling, forecasting, suggestions
from core.analytics.forecasting import Forecast
from core.analytics.models import DailyStat
from core.analytics.traits import traits_of
from core.channels.models import Channel
from core.demo import past, story
from core.demo.seeding import Posted, seed
from core.notifications.models import Notification
from core.products import service as products
from core.runtime import Runtime
from core.settings import service as settings_service
from core.templates.kinds import PostKind
from tests.conftest import START


def posted(now: datetime) -> Sequence[Posted]:
    return [Posted(n, f"https://t.me/x/{n}", told.at(now)) for n, told in enumerate(past.PAST)]


@pytest.mark.parametrize("hour", [0, 7, 20, 23])
def test_posts_are_in_order_and_at_their_hours(hour: int) -> None:
    now = START.replace(hour=hour, minute=59)
    moments = [told.at(now) for told in past.PAST]
    assert moments == sorted(moments)
    assert moments[-1] < now
    assert {moment.astimezone(past.ZONE).hour for moment in moments} == {10, 13, 19}


def test_texts_differ_and_kinds_are_known() -> None:
    assert len({told.text for told in past.PAST}) == len(past.PAST)
    assert {told.kind for told in past.PAST} <= set(PostKind)


def test_followers_only_grow() -> None:
    counted = [past.followers(ago) for ago in range(62, -1, -1)]
    assert counted == sorted(counted)
    assert counted[-1] == story.MEMBERS


async def test_there_is_something_to_find_in_it(runtime: Runtime) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    async with runtime.unit_of_work() as session:
        credentials = {"bot_token": "1:x", "chat_id": "1"}
        await seed(session, runtime.keyring, credentials=credentials, posted=posted(now), now=now)
    async with runtime.unit_of_work() as session:
        product = await products.by_slug(session, story.SLUG)
        assert product is not None
        times = await best_times.suggest(session, product.id, ["telegram"], now, 3, past.ZONE)
        learned = (await forecasting.models(session, product.id, ["telegram"], now, past.ZONE))["telegram"]
        hints = await suggestions.for_product(session, product.id, now)
        days = await session.scalar(select(func.count()).select_from(DailyStat))
        used = await session.scalar(select(Channel.last_used_at))
    assert used == past.PAST[-1].at(now)  # not "no posts from here yet"
    assert {item.moment.astimezone(past.ZONE).hour for item in times} == {19}
    assert times[0].reason is best_times.Reason.OWN
    traits = traits_of(
        "Текст", kind="milestone", has_media=False, at=now + timedelta(hours=7), zone=past.ZONE
    )
    said = forecasting.forecast(learned, "telegram", traits)
    assert isinstance(said, Forecast)
    assert said.factors
    assert 80 < said.expected < 260
    assert suggestions.SuggestionKind.WORKS in {hint.kind for hint in hints}
    assert days == 61


async def test_adding_up_finds_the_days_as_they_are_told_and_nothing_to_alarm_the_owner(
    runtime: Runtime,
) -> None:
    now = START + timedelta(hours=11)

    async def days() -> list[tuple[object, ...]]:
        async with runtime.unit_of_work() as session:
            rows = await session.scalars(select(DailyStat).order_by(DailyStat.date))
            return [
                (row.date, row.posts_count, row.total_likes, row.total_engagements, row.followers_end)
                for row in rows
            ]

    async with runtime.unit_of_work() as session:
        await seed(
            session, runtime.keyring, credentials={"bot_token": "123456:TEST", "chat_id": "@past"},
            posted=posted(now), now=now,
        )  # fmt: skip
        await settings_service.change(session, settings_service.General, timezone="UTC+3")
    before = await days()
    async with runtime.unit_of_work() as session:
        assert await enrolling.enrol(session, runtime.platforms, now) > 10
    async with runtime.unit_of_work() as session:
        assert len(await daily.refresh(session, now)) == 1
    assert await days() == before
    async with runtime.unit_of_work() as session:
        assert await session.scalar(select(func.count()).select_from(Notification)) == 0
