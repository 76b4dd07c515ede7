"""Is what stands out told once, and only when it rests on enough?"""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from core.analytics import daily, enrolling, milestones, noting, remarkable
from core.analytics.models import ChannelCollection
from core.clock import ManualClock
from core.notifications.models import Notification
from core.products.models import Product
from core.publications.models import Publication
from tests.core.analytics.conftest import Past


@pytest.fixture(autouse=True)
async def noted(past: Past, clock: ManualClock) -> None:
    """The channel is one that numbers are collected of."""
    async with past.runtime.unit_of_work() as session:
        await enrolling.enrol(session, past.runtime.platforms, clock.now())


async def count(past: Past, *numbers: int) -> None:
    for number in numbers:
        async with past.runtime.unit_of_work() as session:
            await remarkable.after_count(session, past.channel_id, number, past.runtime.clock.now())
            await noting.count(session, past.channel_id, number, past.runtime.clock.now())
        past.runtime.clock.advance(timedelta(hours=6))  # type: ignore[attr-defined]


async def add_up(past: Past) -> None:
    async with past.runtime.unit_of_work() as session:
        await session.execute(update(ChannelCollection).values(stale=True))
        await daily.refresh(session, past.runtime.clock.now())


async def told(past: Past) -> list[tuple[str, dict[str, Any]]]:
    async with past.runtime.unit_of_work() as session:
        rows = await session.scalars(select(Notification).order_by(Notification.created_at, Notification.id))
        return [(row.kind, row.payload) for row in rows]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (99, 100, 100), (100, 199, None), (199, 200, 200), (90, 5100, 5000), (0, 99, None), (1000, 1000, None),
        (999_999, 1_000_000, 1_000_000), (499, 500, 500),
    ],
)  # fmt: skip
def test_round_numbers_are_passed_once_each(before: int, now: int, expected: int | None) -> None:
    assert milestones.passed("followers", before, now) == expected


@given(st.lists(st.integers(0, 30_000), min_size=2, max_size=30))
def test_going_up_step_by_step_passes_each_round_number_once(numbers: list[int]) -> None:
    numbers.sort()
    found = [milestones.passed("followers", a, b) for a, b in pairwise(numbers)]
    named = [number for number in found if number is not None]
    assert named == sorted(set(named))
    last = max((n for n in (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000) if n <= numbers[-1]), default=0)
    assert (last > numbers[0]) == bool(named and named[-1] == last)


def test_a_products_own_milestones_count_as_well_and_nonsense_does_not() -> None:
    settings = {"milestones": {"followers": [1500, "2000", True, -5, None], "reach": "many"}}
    assert milestones.wished(settings, "followers") == {1500}
    assert milestones.wished(settings, "reach") == frozenset()
    assert milestones.wished({"milestones": [1]}, "followers") == frozenset()
    assert milestones.passed("followers", 1400, 1600, frozenset({1500})) == 1500


async def test_a_milestone_of_followers_is_told_once_whatever_the_number_does(past: Past) -> None:
    await count(past, 5300, 5310, 4990, 5001, 10_020, 9000, 10_001)
    (only,) = await told(past)
    assert only == (
        "milestone",
        {"channel_id": str(past.channel_id), "what": "followers", "milestone": 10_000, "value": 10_020},
    )


async def test_a_milestone_that_a_product_names_itself(past: Past) -> None:
    async with past.runtime.unit_of_work() as session:
        product = await session.get_one(Product, past.product_id)
        product.settings = {"milestones": {"followers": [777]}}
    await count(past, 770, 780)
    assert [payload["milestone"] for _, payload in await told(past)] == [777]


async def test_a_milestone_of_views_counts_all_posts_and_begins_with_the_first_sum(
    past: Past, clock: ManualClock
) -> None:
    await past.post(clock.now(), {"impressions": 900})
    await add_up(past)
    assert await told(past) == []
    second = await past.post(clock.now(), {"impressions": 150})
    await past.post(clock.now(), {"impressions": "by hand"})
    await add_up(past)
    assert [payload["milestone"] for _, payload in await told(past)] == [1000]
    async with past.runtime.unit_of_work() as session:
        await session.execute(delete(Publication).where(Publication.content_id == second.id))
    await add_up(past)
    await past.post(clock.now(), {"impressions": 200})
    await add_up(past)
    assert len(await told(past)) == 1


async def test_a_post_far_above_the_usual_is_told_once_with_what_that_rests_on(
    past: Past, clock: ManualClock
) -> None:
    for day in range(4, 15):
        await past.post(clock.now() - timedelta(days=day), {"engagements": 10})
    await past.post(clock.now() - timedelta(hours=2), {"engagements": 31})
    await add_up(past)
    await add_up(past)
    ((kind, payload),) = await told(past)
    assert (kind, payload["value"], payload["average"], payload["sample"]) == ("spike", 31, 10, 11)


async def test_nine_posts_say_nothing_about_the_usual(past: Past, clock: ManualClock) -> None:
    for day in range(4, 13):
        await past.post(clock.now() - timedelta(days=day), {"engagements": 10})
    await past.post(clock.now() - timedelta(hours=2), {"engagements": 3000})
    await add_up(past)
    assert await told(past) == []


async def test_a_drop_is_told_once_while_it_lasts(past: Past, clock: ManualClock) -> None:
    for day in range(5, 20):
        await past.post(clock.now() - timedelta(days=day), {"engagements": 100})
    for day in (4, 3, 2):
        await past.post(clock.now() - timedelta(days=day), {"engagements": 20})
    await add_up(past)
    ((kind, payload),) = await told(past)
    assert (kind, payload["days"], payload["value"], payload["average"]) == ("drop", 3, 20, 100)
    for _ in range(3):
        await past.post(clock.now(), {"engagements": 10})
        clock.advance(timedelta(days=1))
        await add_up(past)
    assert len(await told(past)) == 1


async def test_last_years_spike_is_no_news(past: Past, clock: ManualClock) -> None:
    for day in range(10, 25):
        await past.post(clock.now() - timedelta(days=day), {"engagements": 10})
    await past.post(clock.now() - timedelta(days=4), {"engagements": 5000})
    await add_up(past)
    assert await told(past) == []
