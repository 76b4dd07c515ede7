"""Are numbers asked for when they are due, once, and does trouble stay where it belongs?"""

import asyncio
import dataclasses
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.analytics import cadence, collecting, turns
from core.analytics.models import (
    ChannelFollowers,
    PublicationMetric,
)
from core.channels.models import Channel, ChannelStatus
from core.errors import AuthExpired, RateLimited, Rejected, Transient, Unsupported
from core.jobs.jobs import AnalyticsJob, Job, Priority
from core.platforms.base import PostMetrics
from core.products import service as products
from core.publications.models import Publication
from tests.core.analytics.shops import Shop
from tests.core.publications.conftest import add_channel


async def test_a_post_is_asked_about_ever_more_rarely_and_at_last_not_at_all(shop: Shop) -> None:
    post = await shop.post()
    start, asked = shop.clock.now(), []
    row = None
    while (shop.clock.now() - start) < timedelta(days=32):
        if "p1" in await shop.round():
            asked.append(shop.clock.now() - start)
        row = await shop.row(post)
        if row.ended:
            break
        assert row.due_at > shop.clock.now()
        shop.clock.set(row.due_at)
    assert tuple(asked) == cadence.LOOKS
    assert row is not None
    assert row.ended == "done"
    shop.clock.advance(timedelta(days=400))
    assert "p1" not in await shop.round()


async def test_what_is_told_is_history_and_the_newest_beside_what_else_the_row_holds(shop: Shop) -> None:
    post = await shop.post(metrics={"by": "hand", "likes": 1, "shares": 4})
    async with shop.runtime.unit_of_work() as session:
        before = (await session.get_one(Publication, post)).updated_at
    for likes, minutes in ((3, 5), (8, 25)):
        shop.numbers.posts["p1"] = PostMetrics(
            impressions=90, likes=likes, engagements=likes, raw={"heart": likes}
        )
        shop.clock.advance(timedelta(minutes=minutes))
        await shop.round()
    async with shop.runtime.unit_of_work() as session:
        row = await session.get_one(Publication, post)
        history = list(await session.scalars(select(PublicationMetric).order_by(PublicationMetric.taken_at)))
    assert row.metrics == {
        "by": "hand", "shares": 4, "impressions": 90, "likes": 8, "engagements": 8, "raw": {"heart": 8},
        "collected_at": shop.clock.now().isoformat(),
    }  # fmt: skip
    assert row.updated_at == before, "numbers are no change that a button would have to fear"
    assert [entry.numbers["likes"] for entry in history] == [3, 8]
    assert history[-1].taken_at == shop.clock.now()


async def test_looks_missed_while_nothing_ran_are_one_look(shop: Shop) -> None:
    post = await shop.post(at=shop.clock.now() - timedelta(days=2))
    assert await shop.round() == ["p1", "followers"]
    assert (await shop.row(post)).due_at == shop.clock.now() + timedelta(days=1)
    assert await shop.round() == []


async def test_the_scan_asks_with_low_priority_for_few_at_a_time_and_each_once(shop: Shop) -> None:
    async with shop.runtime.unit_of_work() as session:
        for number in range(turns.AT_ONCE + 2):
            other = await products.create(session, name=f"Shop {number}")
            channel = await add_channel(session, shop.runtime, other.id, shop.numbers.slug)
            shop.channel_id = channel.id
            await session.flush()
    async with shop.runtime.unit_of_work() as session:
        channels = list(await session.scalars(select(Channel.id)))
    for channel_id in channels:
        await shop.post(f"of {channel_id}", channel_id=channel_id)
    await shop.enrol()
    assert await shop.nudge() == [], "none is five minutes old"
    shop.clock.advance(timedelta(minutes=5))
    first = await shop.nudge()
    assert len(first) == len(set(first)) == turns.AT_ONCE
    assert {job.priority for job in shop.jobs.jobs} == {Priority.LOW}
    assert await shop.nudge() == [], "those are under way"
    shop.clock.advance(timedelta(minutes=1))
    second = await shop.nudge()
    assert not set(first) & set(second), "the others come before one whose job was lost comes again"
    for post in first + second:
        await collecting.collect_for(shop.runtime, post)
    assert len([call for call in shop.numbers.calls if call.startswith("of ")]) == len(first + second)


async def test_ten_at_once_ask_once(shop: Shop) -> None:
    post = await shop.post()
    shop.clock.advance(timedelta(minutes=5))
    await shop.enrol()
    await asyncio.gather(*(collecting.collect_for(shop.runtime, post) for _ in range(10)))
    assert shop.numbers.calls == ["p1", "followers"]


async def test_ten_at_once_note_a_post_once(shop: Shop) -> None:
    await shop.post()
    assert sum(await asyncio.gather(*(shop.enrol() for _ in range(10)))) == 1


async def test_a_turn_whose_process_died_is_taken_by_another_later(shop: Shop) -> None:
    await shop.post()
    shop.clock.advance(timedelta(minutes=5))
    await shop.enrol()
    async with shop.runtime.unit_of_work() as session:
        assert await turns.take(session, shop.runtime.platforms, shop.channel_id, shop.clock.now())
    await collecting.collect(shop.runtime, shop.channel_id)
    assert shop.numbers.calls == []
    shop.clock.advance(turns.LEASE)
    await collecting.collect(shop.runtime, shop.channel_id)
    assert shop.numbers.calls == ["p1", "followers"]


async def test_a_rate_limit_makes_the_channel_wait_as_long_as_told(shop: Shop) -> None:
    for number in ("p1", "p2", "p3"):
        await shop.post(number)
    shop.clock.advance(timedelta(minutes=5))
    retry_at = shop.clock.now() + timedelta(minutes=12)
    shop.numbers.then(None, lambda: RateLimited("slow down", retry_at=retry_at))
    assert await shop.round() == ["p1", "p2"]
    shop.clock.advance(timedelta(minutes=11))
    assert await shop.round() == []
    assert await shop.nudge() == []
    shop.clock.set(retry_at)
    assert await shop.round() == ["p2", "p3", "followers"]


async def test_refused_credentials_mark_the_channel_and_are_told_once(shop: Shop) -> None:
    await shop.post()
    shop.clock.advance(timedelta(minutes=5))
    shop.numbers.then(lambda: AuthExpired("revoked", error_code="bad-token"))
    await shop.round()
    channel, _ = await shop.channel()
    assert (channel.status, channel.error_message) == (ChannelStatus.ERROR, "revoked")
    assert await shop.told() == ["channel_error"]
    shop.clock.advance(timedelta(days=1))
    assert await shop.round() == []
    assert await shop.told() == ["channel_error"]


@pytest.mark.parametrize(
    "trouble",
    [
        lambda: Unsupported("not of a person"),
        lambda: AuthExpired("no insights", error_code="rights-missing"),
        lambda: AuthExpired("no insights", error_code="forbidden"),
    ],
)
async def test_what_is_never_told_is_said_once_and_not_asked_until_the_credentials_are_others(
    shop: Shop, trouble: Callable[[], BaseException]
) -> None:
    await shop.post("p1")
    await shop.post("p2")
    shop.clock.advance(timedelta(minutes=5))
    shop.numbers.then(trouble, trouble)
    assert await shop.round() == ["p1", "followers"]
    shop.clock.advance(timedelta(days=2))
    assert await shop.round() == []
    assert await shop.told() == ["numbers_untold"] * 2  # of followers, of posts
    channel, _ = await shop.channel()
    assert channel.status == ChannelStatus.ACTIVE, "it publishes as before"
    async with shop.runtime.unit_of_work() as session:
        row = await session.get_one(Channel, shop.channel_id)
        sealed = shop.runtime.keyring.seal_json({"token": "new"}, "channels", str(row.id), "credentials")
        row.credentials = dict(sealed)
    assert await shop.round() == ["p1", "p2", "followers"]
    assert await shop.told() == ["numbers_untold"] * 2


async def test_a_post_that_is_gone_is_noted_and_no_more_asked_about(shop: Shop) -> None:
    post = await shop.post("p1")
    await shop.post("p2")
    shop.clock.advance(timedelta(minutes=5))
    shop.numbers.then(lambda: Rejected("no such post", error_code="http-404"))
    assert await shop.round() == ["p1", "p2", "followers"]
    row = await shop.row(post)
    assert (row.ended, row.error) == ("gone", "no such post")
    shop.clock.advance(timedelta(days=1))
    assert await shop.round() == ["p2", "followers"]


async def test_a_post_that_is_refused_thrice_is_left_alone(shop: Shop) -> None:
    post = await shop.post()
    asked = 0
    for _ in range(6):
        shop.clock.advance(timedelta(hours=30))
        shop.numbers.then(lambda: Rejected("too young", error_code="meta-100"))
        asked += "p1" in await shop.round()
        shop.numbers.troubles.clear()
    assert asked == 3
    assert (await shop.row(post)).ended == "refused"


async def test_an_answer_that_cannot_be_used_is_tried_again_until_the_next_look_takes_its_place(
    shop: Shop,
) -> None:
    post = await shop.post()
    start = shop.clock.now()
    shop.clock.advance(timedelta(minutes=5))
    await shop.enrol()
    tried = []
    for _ in range(5):
        shop.numbers.then(lambda: ZeroDivisionError(), lambda: Transient("no network"))
        if "p1" in await shop.round():
            tried.append(shop.clock.now() - start)
        shop.numbers.troubles.clear()
        row, (_, channel) = await shop.row(post), await shop.channel()
        shop.clock.set(max(row.due_at, channel.wait_until or row.due_at))
    minutes = [moment.total_seconds() / 60 for moment in tried]
    assert minutes == sorted(minutes)
    assert 3 <= len(minutes) <= 5
    assert all(minute <= 60 for minute in minutes), "the second look was not put off"
    assert (await shop.row(post)).error


async def test_two_failures_in_a_row_are_the_channels_trouble_and_the_rest_waits(shop: Shop) -> None:
    for number in ("p1", "p2", "p3", "p4"):
        await shop.post(number)
    shop.clock.advance(timedelta(minutes=5))
    shop.numbers.then(*([lambda: Transient("no network")] * 2))
    assert await shop.round() == ["p1", "p2"]
    assert await shop.round() == []
    shop.clock.advance(timedelta(minutes=2))
    assert sorted(await shop.round()) == ["followers", "p1", "p2", "p3", "p4"]
    _, row = await shop.channel()
    assert row.failures == 0


async def test_one_channels_trouble_touches_no_other(shop: Shop) -> None:
    async with shop.runtime.unit_of_work() as session:
        other = await products.create(session, name="Other")
        channel = await add_channel(session, shop.runtime, other.id, shop.numbers.slug)
    await shop.post("p1")
    await shop.post("q1", channel_id=channel.id)
    shop.clock.advance(timedelta(minutes=5))
    shop.numbers.then(lambda: AuthExpired("revoked"))
    await shop.round()
    await collecting.collect(shop.runtime, channel.id)
    assert shop.numbers.calls == ["p1", "q1", "followers"]


async def test_followers_are_counted_every_six_hours_by_the_sweep_alone(shop: Shop) -> None:
    counts = []
    for count in (100, 104, 99):
        shop.numbers.followers = count
        await shop.enrol()
        await collecting.sweep(shop.runtime)
        await collecting.sweep(shop.runtime)
        shop.clock.advance(cadence.FOLLOWERS_EVERY)
    async with shop.runtime.unit_of_work() as session:
        query = select(ChannelFollowers.count).order_by(ChannelFollowers.taken_at)
        counts = list(await session.scalars(query))
    assert counts == [100, 104, 99]


async def test_lost_jobs_are_made_up_for_by_the_sweep(shop: Shop) -> None:
    await shop.post()
    await shop.round()
    shop.clock.advance(timedelta(minutes=5))
    await collecting.sweep(shop.runtime)
    assert "p1" not in shop.numbers.calls, "its job may still come"
    shop.clock.advance(timedelta(minutes=2))
    await collecting.sweep(shop.runtime)
    assert shop.numbers.calls.count("p1") == 1


async def test_a_platform_without_numbers_is_not_asked(shop: Shop) -> None:
    shop.numbers.tells_posts = False
    shop.runtime = dataclasses.replace(shop.runtime, platforms=shop.numbers.platforms())
    post = await shop.post()
    shop.clock.advance(timedelta(minutes=5))
    assert await shop.round() == ["followers"]
    assert (await shop.row(post)).ended == "unsupported"


async def test_nobody_asks_about_an_archived_product(shop: Shop) -> None:
    await shop.post()
    shop.clock.advance(timedelta(minutes=5))
    async with shop.runtime.unit_of_work() as session:
        await products.archive(session, shop.product_id, now=shop.clock.now())
    assert await shop.round() == []


def test_jobs_carry_an_id_and_nothing_else() -> None:
    job: Job = AnalyticsJob(publication_id=uuid.UUID(int=1))
    assert set(job.model_dump()) == {"type", "publication_id", "priority"}
