"""Do the owner's days add up, however late, often and in whatever order the numbers come?"""

import asyncio
import dataclasses
import uuid
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from core.analytics import daily, enrolling, noting
from core.analytics.daily import Day, reckon
from core.analytics.metrics import Metrics
from core.analytics.models import ChannelCollection, ChannelFollowers, DailyStat
from core.clock import ManualClock
from core.publications.models import Publication
from core.runtime import Runtime
from core.settings import service as settings_service
from core.settings.service import General
from tests.core.analytics.conftest import Past

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = [field.name for field in dataclasses.fields(Day)]


async def stored(past: Past) -> dict[date, dict[str, Any]]:
    async with past.runtime.unit_of_work() as session:
        rows = await session.scalars(select(DailyStat).where(DailyStat.channel_id == past.channel_id))
        return {row.date: {name: getattr(row, name) for name in NAMES} for row in rows}


async def add_up(past: Past) -> None:
    runtime = past.runtime
    async with runtime.unit_of_work() as session:
        await enrolling.enrol(session, runtime.platforms, runtime.clock.now())
    async with runtime.unit_of_work() as session:
        await daily.refresh(session, runtime.clock.now())


async def live_in(runtime: Runtime, zone: str) -> None:
    async with runtime.unit_of_work() as session:
        await settings_service.change(session, General, timezone=zone)


async def test_a_day_is_the_owners_and_late_numbers_correct_it(past: Past, clock: ManualClock) -> None:
    await live_in(past.runtime, "Asia/Tokyo")
    clock.set(datetime(2026, 3, 10, 3, 0, tzinfo=UTC))
    await past.post(datetime(2026, 3, 8, 14, 59, tzinfo=UTC), {"impressions": 200, "likes": 3, "comments": 1})
    late = await past.post(datetime(2026, 3, 8, 15, 0, tzinfo=UTC), {})  # midnight in Tokyo
    await add_up(past)
    first, second = date(2026, 3, 8), date(2026, 3, 9)
    rows = await stored(past)
    assert set(rows) == {first, second}
    assert rows[first] == dataclasses.asdict(
        Day(1, 200, 4, total_likes=3, total_comments=1, avg_engagement_rate=Decimal("2.00"))
    )
    assert (rows[second]["posts_count"], rows[second]["total_reach"]) == (1, 0)
    async with past.runtime.unit_of_work() as session:
        found = await session.scalar(select(Publication.id).where(Publication.content_id == late.id))
        assert found is not None
        await noting.keep(session, found, {"impressions": 50, "engagements": 9}, clock.now())
        await noting.mark_stale(session, past.channel_id)
    await add_up(past)
    rows = await stored(past)
    assert (rows[second]["total_reach"], rows[second]["total_engagements"]) == (50, 9)
    assert rows[second]["avg_engagement_rate"] == Decimal("18.00")


async def test_adding_up_twice_writes_nothing_and_a_new_day_or_zone_adds_up_anew(
    past: Past, clock: ManualClock
) -> None:
    await past.post(clock.now() - timedelta(hours=14), {"likes": 2})

    async def refreshed() -> int:
        async with past.runtime.unit_of_work() as session:
            return len(await daily.refresh(session, clock.now()))

    await add_up(past)
    before = await stored(past)
    assert await refreshed() == 0
    async with past.runtime.unit_of_work() as session:
        moments = list(await session.scalars(select(DailyStat.updated_at)))
        await noting.mark_stale(session, past.channel_id)
    assert await refreshed() == 1
    async with past.runtime.unit_of_work() as session:
        assert list(await session.scalars(select(DailyStat.updated_at))) == moments
    await live_in(past.runtime, "Pacific/Auckland")
    assert await refreshed() == 1
    assert await stored(past) != before
    clock.advance(timedelta(days=1))
    assert await refreshed() == 1


async def test_a_day_whose_posts_are_gone_has_none_and_old_days_stay(past: Past, clock: ManualClock) -> None:
    await past.post(clock.now() - timedelta(days=3), {"likes": 2})
    async with past.runtime.unit_of_work() as session:
        old = clock.now().date() - timedelta(days=80)
        session.add(
            DailyStat(product_id=past.product_id, channel_id=past.channel_id, date=old, posts_count=9)
        )
    await add_up(past)
    async with past.runtime.unit_of_work() as session:
        await session.execute(delete(Publication))
        await noting.mark_stale(session, past.channel_id)
    await add_up(past)
    rows = await stored(past)
    assert {day: row["posts_count"] for day, row in rows.items()} == {
        old: 9, clock.now().date() - timedelta(days=3): 0,
    }  # fmt: skip


async def test_followers_that_somebody_else_has_counted_are_not_forgotten(
    past: Past, clock: ManualClock
) -> None:
    day = clock.now().date() - timedelta(days=1)
    async with past.runtime.unit_of_work() as session:
        session.add(
            DailyStat(
                product_id=past.product_id, channel_id=past.channel_id, date=day, followers_start=10,
                followers_end=14, followers_change=4,
            )
        )  # fmt: skip
    await past.post(clock.now() - timedelta(days=1), {"likes": 2})
    await add_up(past)
    row = (await stored(past))[day]
    assert (row["posts_count"], row["followers_start"], row["followers_change"]) == (1, 10, 4)


async def test_followers_of_a_day_are_counted_from_the_last_count_before_it(
    past: Past, clock: ManualClock
) -> None:
    await add_up(past)
    for hours, count in ((-49, 95), (-26, 100), (-12, 110), (-1, 108)):
        async with past.runtime.unit_of_work() as session:
            await noting.count(session, past.channel_id, count, clock.now() + timedelta(hours=hours))
            await noting.mark_stale(session, past.channel_id)
    await live_in(past.runtime, "UTC")
    await add_up(past)
    rows = await stored(past)
    told = {day.day: tuple(row[name] for name in NAMES if "followers" in name) for day, row in rows.items()}
    # 9:00 on 2 March; -49 h is 28 February 8:00, -26 h is 1 March 7:00, -12 h is 21:00 the same day.
    assert told == {28: (95, 95, 0), 1: (95, 110, 15), 2: (110, 108, -2)}


async def test_many_refreshing_at_once_leave_one_row_a_day(past: Past, clock: ManualClock) -> None:
    for hours in range(1, 50, 7):
        await past.post(clock.now() - timedelta(hours=hours), {"likes": hours})
    await asyncio.gather(*(add_up(past) for _ in range(8)))
    assert sum(row["posts_count"] for row in (await stored(past)).values()) == 7


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 5, 1), 24)]
)
def test_a_day_on_which_clocks_change_has_all_its_hours(day: date, hours: int) -> None:
    begins = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
    posts = [
        (begins + timedelta(minutes=30 * half), Metrics(likes=1, engagements=1)) for half in range(2 * hours)
    ]
    assert reckon(posts, [], BERLIN)[day].posts_count == 2 * hours
    before, after = (begins - timedelta(seconds=1), begins + timedelta(hours=hours))
    days = reckon([(before, Metrics()), (after, Metrics())], [], BERLIN)
    assert day not in days
    assert set(days) == {day - timedelta(days=1), day + timedelta(days=1)}


# -- against a plain reference ---------------------------------------------------------------------------------------

_FROM = datetime(2026, 3, 26, tzinfo=UTC)  # clocks change in this week
_MOMENTS = st.integers(0, 8 * 24 * 3600).map(lambda seconds: _FROM + timedelta(seconds=seconds))
_COUNTS = st.integers(0, 10**6)
_TOLD = ("impressions", "likes", "comments", "shares", "clicks", "engagements")
_POSTS = st.lists(
    st.tuples(_MOMENTS, st.fixed_dictionaries({}, optional=dict.fromkeys(_TOLD, _COUNTS))), max_size=6
)
_FOLLOWERS = st.lists(st.tuples(_MOMENTS, st.integers(0, 5000)), max_size=6, unique_by=lambda item: item[0])
_ZONES = st.sampled_from(["Europe/Berlin", "UTC+3", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"])


def plain(
    posts: list[tuple[datetime, dict[str, int]]], counts: list[tuple[datetime, int]], zone: tzinfo
) -> Any:
    """Say it again, one day after the other, as one would on paper."""
    found = {}
    for number in range(-2, 12):
        day = date(2026, 3, 25) + timedelta(days=number)
        own = [numbers for at, numbers in posts if at.astimezone(zone).date() == day]
        counted = sorted((at, n) for at, n in counts if at.astimezone(zone).date() == day)
        if not own and not counted:
            continue
        engaged, rates = [], []
        for numbers in own:
            parts = [numbers[name] for name in ("likes", "comments", "shares", "clicks") if name in numbers]
            total = numbers.get("engagements", sum(parts) if parts else None)
            engaged.append(total or 0)
            if numbers.get("impressions") and total is not None:
                rates.append(100 * total / numbers["impressions"])
        row: dict[str, Any] = {
            "posts_count": len(own),
            "total_reach": sum(n.get("impressions", 0) for n in own),
            "total_engagements": sum(engaged),
            "avg_engagement_rate": min(Decimal(str(round(sum(rates) / len(rates), 2))), Decimal("999.99"))
            if rates else None,
            "followers_start": None, "followers_end": None, "followers_change": None,
        }  # fmt: skip
        for name in ("likes", "comments", "shares", "clicks"):
            row[f"total_{name}"] = sum(n.get(name, 0) for n in own)
        if counted:
            earlier = sorted((at, n) for at, n in counts if at.astimezone(zone).date() < day)
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
            recent = earlier and earlier[-1][0] >= midnight - timedelta(days=7)
            start, end = (earlier[-1][1] if recent else counted[0][1]), counted[-1][1]
            row |= {"followers_start": start, "followers_end": end, "followers_change": end - start}
        found[day] = row
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posts=_POSTS, counts=_FOLLOWERS, zone=_ZONES, order=st.randoms(use_true_random=False))
async def test_any_order_and_any_repetition_gives_the_rows_of_a_plain_reference(
    past: Past, clock: ManualClock, posts: Any, counts: Any, zone: str, order: Any
) -> None:
    """Numbers come one by one, and days are added up in between as often as it happens."""
    runtime = past.runtime
    clock.set(datetime(2026, 4, 5, 12, tzinfo=UTC))
    await live_in(runtime, zone)
    async with runtime.unit_of_work() as session:
        await session.execute(delete(Publication))
        await session.execute(delete(ChannelFollowers))
        await session.execute(delete(DailyStat))
        await session.execute(update(ChannelCollection).values(stale=True))
    events: list[Any] = [("post", item) for item in posts] + [("count", item) for item in counts]
    order.shuffle(events)
    for kind, (at, value) in events:
        if kind == "post":
            content = await past.post(at, {})
            async with runtime.unit_of_work() as session:
                row = await session.scalar(select(Publication.id).where(Publication.content_id == content.id))
                assert isinstance(row, uuid.UUID)
                await noting.keep(session, row, value, clock.now())
                await noting.mark_stale(session, past.channel_id)
        else:
            async with runtime.unit_of_work() as session:
                await noting.count(session, past.channel_id, value, at)
                await noting.mark_stale(session, past.channel_id)
        for _ in range(order.randrange(3)):
            await add_up(past)
    await add_up(past)
    async with runtime.unit_of_work() as session:
        general = await settings_service.get(session, General)
    assert await stored(past) == plain(posts, counts, general.zone)
