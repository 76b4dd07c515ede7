"""Does a metric trigger see what it asks for, exactly once, and nothing that rests on too little?"""

import asyncio
import random
import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from core.analytics import noting, watched_posts, watching
from core.analytics.conditions import Firing, MetricCondition
from core.analytics.history import PastPost
from core.analytics.metrics import Metrics
from core.analytics.models import MetricFiring
from core.analytics.streaks import began
from core.automations.models import Automation
from core.automations.shapes.comparisons import parse_comparison
from core.clock import ManualClock
from core.ids import new_id
from core.publications.models import Publication
from tests.core.analytics.conftest import Past

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
CHANNEL = uuid.UUID(int=5)


def condition(said: str, metric: str = "engagement", **more: Any) -> MetricCondition:
    comparison = parse_comparison(said)
    assert comparison is not None
    return MetricCondition(metric, comparison, **more)


def past_post(hours: float, engagements: int | None, **more: Any) -> PastPost:
    """A post that went out so many hours ago."""
    return PastPost(
        publication_id=uuid.uuid4(), content_id=uuid.uuid4(), number=1, product_id=uuid.UUID(int=1),
        channel_id=more.pop("channel", CHANNEL), platform="vk", channel_name="Shop", kind=None, text="**Bold** text",
        published_at=NOW - timedelta(hours=hours), has_media=False, url=None, predicted={},
        metrics=Metrics(engagements=engagements, **more),
    )  # fmt: skip


def look(posts: Sequence[PastPost], asked: MetricCondition) -> watching.Look:
    newest_first = sorted(posts, key=lambda post: post.published_at, reverse=True)
    return watched_posts.look(newest_first, asked, NOW, ZONE)


USUAL = [past_post(48 + 20 * number, 10) for number in range(10)]


# -- one post beside the usual ---------------------------------------------------------------------------------------


def test_a_post_with_twice_the_usual_stands_out_and_says_on_how_many_that_rests() -> None:
    hot = past_post(1, 21)
    (firing,) = look([*USUAL, hot], condition("> 2x average")).firings
    assert firing.data["publication_id"] == str(hot.publication_id)
    assert {name: firing.data[name] for name in ("value", "average", "times", "sample", "text")} == {
        "value": 21, "average": 10, "times": 2.1, "sample": 10, "text": "Bold text",
    }  # fmt: skip
    assert look([*USUAL, past_post(1, 20)], condition("> 2x average")).firings == []
    assert len(look([*USUAL, past_post(1, 20)], condition(">= 2x average")).firings) == 1


def test_nine_posts_are_not_enough_to_say_what_is_usual() -> None:
    found = look([*USUAL[:9], past_post(1, 500)], condition("> 2x average"))
    assert found.firings == []
    (standing,) = found.standings
    assert (standing.n, standing.needed, standing.average) == (9, 10, None)
    assert len(look([*USUAL[:9], past_post(1, 500)], condition("> 2x", min_sample=9)).firings) == 1


def test_what_is_usual_is_so_on_the_posts_own_channel_and_of_posts_that_had_their_time() -> None:
    elsewhere = [past_post(48 + 20 * number, 1000, channel=uuid.UUID(int=6)) for number in range(10)]
    fresh = [past_post(2 + number / 10, 0) for number in range(30)]
    (firing,) = look([*USUAL, *elsewhere, *fresh, past_post(1, 25)], condition("> 2x average")).firings
    assert (firing.data["average"], firing.data["sample"]) == (10, 10)


def test_a_fall_is_told_of_a_post_only_when_it_had_its_time() -> None:
    asked = condition("< 0.5x average")
    assert look([*USUAL, past_post(23, 1)], asked).firings == []
    assert len(look([*USUAL, past_post(24, 1)], asked).firings) == 1


def test_without_a_usual_number_nothing_is_unusual() -> None:
    silent = [past_post(48 + number, 0) for number in range(12)]
    assert look([*silent, past_post(1, 50)], condition("> 2x average")).firings == []
    assert look([*silent, past_post(30, 0)], condition("< 0.5x average")).firings == []


def test_a_number_that_is_not_told_is_not_zero() -> None:
    untold = [past_post(48 + number, None) for number in range(12)]
    found = look([*untold, *USUAL, past_post(25, None)], condition("< 0.5x average"))
    assert found.firings == []
    assert found.standings[0].n == 10


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("reach", 900),
        ("impressions", 900),
        ("views", 900),
        ("likes", 4),
        ("engagement", 45),
        ("engagement_rate", 5),
    ],
)
def test_the_metrics_are_called_as_the_triggers_call_them(metric: str, expected: int) -> None:
    post = past_post(1, 45, impressions=900, likes=4)
    (firing,) = look([post], condition("> 0", metric)).firings
    assert firing.data["value"] == expected


def test_of_milestones_passed_at_once_the_highest_is_told() -> None:
    (firing,) = look([past_post(1, 5300)], condition("crosses every 1000")).firings
    assert firing.data["milestone"] == 5000
    assert firing.once.endswith(":5000")
    assert look([past_post(1, 999)], condition("crosses 1000")).firings == []


@given(
    numbers=st.lists(st.integers(0, 500), min_size=1, max_size=40),
    factor=st.sampled_from([0.5, 1, 1.5, 2, 3]),
    operator=st.sampled_from([">", ">=", "<", "<="]),
    sample=st.integers(1, 12),
)
def test_posts_stand_out_as_in_a_plain_reference(
    numbers: list[int], factor: float, operator: str, sample: int
) -> None:
    posts = [past_post(25 + 6 * (len(numbers) - place), n) for place, n in enumerate(numbers)]
    asked = condition(f"{operator} {factor}x average", min_sample=sample, window=timedelta(days=30))
    expected = set()
    for place, post in enumerate(posts):
        before = numbers[:place]
        if len(before) < sample or not sum(before):
            continue
        bound = factor * fmean(before)
        if {
            ">": numbers[place] > bound, ">=": numbers[place] >= bound,
            "<": numbers[place] < bound, "<=": numbers[place] <= bound,
        }[operator]:  # fmt: skip
            expected.add(str(post.publication_id))
    assert {firing.data["publication_id"] for firing in look(posts, asked).firings} == expected


# -- days in a row ---------------------------------------------------------------------------------------------------


def daily(values: Sequence[int], *, first: int) -> list[PastPost]:
    """A post a day at noon in Moscow, the first one ``first`` days ago."""
    return [past_post(24 * (first - place), value) for place, value in enumerate(values)]


def test_a_drop_is_told_when_it_has_lasted_as_many_days_as_asked() -> None:
    asked = condition("< 0.5x for 3 days")
    assert look(daily([10] * 12 + [4, 4], first=16), asked).firings == []
    (firing,) = look(daily([10] * 12 + [4, 4, 3], first=16), asked).firings
    assert firing.data["since"] == date(2026, 2, 26).isoformat()
    assert firing.data["sample"] == 12
    assert look(daily([10] * 12 + [4, 6, 3], first=16), asked).firings == []


def test_a_drop_that_goes_on_keeps_its_name_and_a_second_one_has_another() -> None:
    asked = condition("< 0.5x for 3 days")

    def key(values: Sequence[int]) -> str:
        (firing,) = look(daily(values, first=25), asked).firings
        return firing.key

    first = key([10] * 12 + [2, 2, 2])
    assert key([10] * 12 + [2, 2, 2, 2]) == first
    assert key([10] * 12 + [2, 2, 2, 2, 2, 2]) == first
    assert key([10] * 12 + [2, 2, 2, 9, 9, 2, 2, 2]) != first


def test_a_day_without_posts_says_nothing() -> None:
    with_gaps = [past_post(24 * day, 10) for day in range(30, 14, -1)]
    with_gaps += [past_post(24 * day, 1) for day in (9, 6, 2)]
    assert len(look(with_gaps, condition("< 0.5x for 3 days")).firings) == 1


@given(st.lists(st.booleans(), max_size=30), st.integers(1, 5))
def test_a_streak_begins_once(days: list[bool], length: int) -> None:
    def holds(last: int) -> bool:
        return all(days[last - length + 1 : last + 1])

    place = began(len(days), length, holds)
    run = 0
    for day in reversed(days):
        if not day:
            break
        run += 1
    assert place == (len(days) - run + length - 1 if run >= length else None)


# -- totals, and being told once -------------------------------------------------------------------------------------


async def rule(past: Past) -> uuid.UUID:
    row = Automation(
        id=new_id(),
        product_id=past.product_id,
        name="r",
        trigger_type="metric",
        trigger_config={},
        actions=[],
    )
    async with past.runtime.unit_of_work() as session:
        session.add(row)
    return row.id


async def due(past: Past, automation: uuid.UUID, asked: MetricCondition) -> list[Firing]:
    async with past.runtime.unit_of_work() as session:
        return await watching.due_firings(
            session, automation, past.product_id, asked, past.runtime.clock.now()
        )


async def count(past: Past, number: int, hours: float = 0) -> None:
    async with past.runtime.unit_of_work() as session:
        at = past.runtime.clock.now() + timedelta(hours=hours)
        await noting.count(session, past.channel_id, number, at)


async def test_a_crossing_is_told_exactly_once_whatever_the_number_does_afterwards(
    past: Past, clock: ManualClock
) -> None:
    asked, automation = condition("crosses 500, 1000", "followers"), await rule(past)
    told = []
    for number in (990, 1001, 999, 480, 501, 1200, 1100, 1300):
        await count(past, number)
        told += [firing.data["milestone"] for firing in await due(past, automation, asked)]
        clock.advance(timedelta(hours=6))
    assert told == [1000]


async def test_who_was_there_when_counting_began_has_not_crossed_anything(
    past: Past, clock: ManualClock
) -> None:
    asked, automation = condition("crosses every 1000", "followers"), await rule(past)
    assert await due(past, automation, asked) == []  # nobody has counted yet
    await count(past, 5400)
    assert await due(past, automation, asked) == []
    clock.advance(timedelta(hours=6))
    await count(past, 6001)
    assert [firing.data["milestone"] for firing in await due(past, automation, asked)] == [6000]


async def test_what_held_before_the_rule_was_there_is_not_told_and_what_comes_after_is(
    past: Past, clock: ManualClock
) -> None:
    asked, automation = condition("> 2x average"), await rule(past)
    for day in range(3, 14):
        await past.post(clock.now() - timedelta(days=day), {"engagements": 10})
    await past.post(clock.now() - timedelta(days=1), {"engagements": 90})
    assert await due(past, automation, asked) == []
    await past.post(clock.now() - timedelta(hours=1), {"engagements": 80})
    (firing,) = await due(past, automation, asked)
    assert (firing.data["value"], firing.data["sample"]) == (80, 12)
    assert await due(past, automation, asked) == []
    # Late numbers of an older post count as well.
    async with past.runtime.unit_of_work() as session:
        oldest = await session.scalar(select(Publication.id).order_by(Publication.published_at).limit(1))
        await session.execute(
            update(Publication).where(Publication.id != oldest).values(metrics={"engagements": 10})
        )
    await past.post(clock.now() - timedelta(minutes=5), {"engagements": 70})
    assert [firing.data["value"] for firing in await due(past, automation, asked)] == [70]


async def test_two_rules_see_the_same_post_each_once_and_ten_processes_see_it_once(
    past: Past, clock: ManualClock
) -> None:
    asked, first, second = condition("> 50"), await rule(past), await rule(past)
    for automation in (first, second):
        assert await due(past, automation, asked) == []
    await past.post(clock.now(), {"engagements": 51})
    found = await asyncio.gather(*(due(past, automation, asked) for automation in [first, second] * 5))
    assert sorted(len(firings) for firings in found) == [0] * 8 + [1, 1]


async def test_a_first_look_by_many_at_once_tells_nothing(past: Past, clock: ManualClock) -> None:
    await past.post(clock.now(), {"engagements": 51})
    automation = await rule(past)
    found = await asyncio.gather(*(due(past, automation, condition("> 50")) for _ in range(8)))
    assert [firing for firings in found for firing in firings] == []


async def test_what_is_rolled_back_was_not_seen(past: Past, clock: ManualClock) -> None:
    asked, automation = condition("> 50"), await rule(past)
    await due(past, automation, asked)
    await past.post(clock.now(), {"engagements": 51})

    async def failing() -> None:
        async with past.runtime.unit_of_work() as session:
            assert await watching.due_firings(session, automation, past.product_id, asked, clock.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    assert len(await due(past, automation, asked)) == 1


async def test_a_rule_that_is_switched_on_again_or_asks_for_something_else_starts_anew(
    past: Past, clock: ManualClock
) -> None:
    automation = await rule(past)
    await due(past, automation, condition("> 50"))
    await past.post(clock.now(), {"engagements": 51})
    assert await due(past, automation, condition("> 40")) == []
    async with past.runtime.unit_of_work() as session:
        await watching.rearm(session, automation)
    assert await due(past, automation, condition("> 50")) == []
    async with past.runtime.unit_of_work() as session:
        assert await session.scalar(select(MetricFiring.key).where(MetricFiring.key.startswith("start:")))


async def test_no_posts_for_three_days_is_told_once_and_today_is_not_over(
    past: Past, clock: ManualClock
) -> None:
    asked, automation = condition("< 1 for 3 days", "posts"), await rule(past)
    told = []
    await past.post(clock.now(), {})
    for day in range(8):
        told += [(day, firing.data["since"]) for firing in await due(past, automation, asked)]
        clock.advance(timedelta(days=1))
    assert told == [(4, "2026-03-03")]


async def test_more_posts_a_day_than_usual(past: Past, clock: ManualClock) -> None:
    for day in range(1, 15):
        await past.post(clock.now() - timedelta(days=day), {})
    asked, automation = condition("> 2x average", "posts"), await rule(past)
    assert await due(past, automation, asked) == []
    for _ in range(3):
        await past.post(clock.now(), {})
    (firing,) = await due(past, automation, asked)
    assert (firing.data["value"], firing.data["average"]) == (3, 1)


async def test_followers_below_a_number_for_days(past: Past, clock: ManualClock) -> None:
    asked, automation = condition("< 100 for 2 days", "followers"), await rule(past)
    told = []
    for number in (120, 110, 99, 98, 97, 140):
        await count(past, number)
        told += [firing.data["since"] for firing in await due(past, automation, asked)]
        clock.advance(timedelta(days=1))
    assert told == ["2026-03-04"]


def test_any_history_gives_each_post_at_most_one_firing() -> None:
    dice = random.Random(4)  # noqa: S311 - made-up history
    posts = [past_post(dice.random() * 700, dice.randrange(1000)) for _ in range(200)]
    keys = [firing.key for firing in look(posts, condition("> 1.2x average")).firings]
    assert len(keys) == len(set(keys)) > 10
