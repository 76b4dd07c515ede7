"""The overview: the owner's days, the period before beside it, and nothing unknown taken for zero."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.analytics import export, history
from core.analytics.models import DailyStat
from core.analytics.overview import Overview, first_moment, overview
from core.content.models import Content
from core.publications.models import PublicationStatus
from tests.conftest import START
from tests.core.analytics.conftest import Past

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")


async def seen(past: Past, days: int = 7, now: datetime = START) -> Overview:
    async with past.runtime.unit_of_work() as session:
        return await overview(session, past.product_id, days, now, MOSCOW)


async def test_nothing_published_is_nothing_known(past: Past) -> None:
    await past.post(START, status=PublicationStatus.SCHEDULED)
    found = await seen(past)
    assert (found.now.posts, found.now.engagements, found.now.reach, found.now.per_publication) == (
        0, None, None, None,
    )  # fmt: skip
    assert (found.top, found.kinds, found.trend) == ((), (), (0,) * 7)
    assert [line.followers for line in found.platforms] == [None]


async def test_the_period_ends_today_and_the_one_before_is_as_long(past: Past) -> None:
    # 22:30 UTC on 23 February is 01:30 on the 24th in Moscow: the first of seven days up to 2 March.
    await past.post(datetime(2026, 2, 23, 22, 30, tzinfo=UTC), {"likes": 10})
    await past.post(datetime(2026, 2, 23, 20, 30, tzinfo=UTC), {"likes": 4})
    await past.post(datetime(2026, 2, 16, 21, 30, tzinfo=UTC), {"likes": 3})
    await past.post(datetime(2026, 2, 16, 20, 30, tzinfo=UTC), {"likes": 1000})
    await past.post(START, {"likes": 20})
    found = await seen(past)
    assert (found.now.posts, found.now.engagements, found.now.per_publication) == (2, 30, 15)
    assert (found.before.posts, found.before.engagements) == (2, 7)
    assert found.trend == (10, 0, 0, 0, 0, 0, 20)


@pytest.mark.parametrize(("days", "bars", "span"), [(7, 7, 1), (30, 10, 3), (90, 13, 7)])
async def test_the_trend_ends_with_a_whole_span(past: Past, days: int, bars: int, span: int) -> None:
    for ago in range(days):
        await past.post(START - timedelta(days=ago), {"likes": 1})
    found = await seen(past, days)
    assert (len(found.trend), found.span, sum(found.trend)) == (bars, span, days)
    assert found.trend[-1] == span


async def test_kinds_and_hours_are_compared_only_with_enough_posts(past: Past) -> None:
    for n in range(3):
        await past.post(START - timedelta(days=1, minutes=n), {"likes": 30}, kind="milestone")
        await past.post(START - timedelta(days=2, hours=3, minutes=n), {"likes": 10})
    await past.post(START - timedelta(days=3, hours=5), {"likes": 900}, kind="recap")
    await past.post(START - timedelta(days=3, hours=6), kind="recap")
    found = await seen(past)
    kinds = dict(found.kinds)
    assert [kind for kind, _ in found.kinds][:2] == [None, "milestone"]
    assert kinds["milestone"].index == 1.0
    assert kinds[None].index == pytest.approx(1 / 3)
    assert (kinds["recap"].n, kinds["recap"].index) == (2, None)
    assert [hour for hour, _ in found.hours] == [6, 7, 8, 9, 11, 12]
    assert found.now.without_numbers == 1
    assert [post.metrics.engagements for post in found.top][:2] == [900, 30]
    assert len(found.top) == 7


async def test_reach_and_followers_come_from_the_days(past: Past) -> None:
    async with past.runtime.unit_of_work() as session:
        for day, reach, start, end in (
            (22, 900, 90, 95),
            (24, 100, 95, 99),
            (28, 50, None, None),
            (27, 0, 99, 120),
        ):
            session.add(
                DailyStat(
                    product_id=past.product_id, channel_id=past.channel_id, date=date(2026, 2, day),
                    total_reach=reach, followers_start=start, followers_end=end,
                )
            )  # fmt: skip
    await past.post(START, {"likes": 5, "impressions": 70})
    found = await seen(past)
    assert (found.now.reach, found.before.reach) == (150, 900)
    (line,) = found.platforms
    assert (line.followers, line.followers_before, line.impressions) == (120, 95, 70)
    assert found.blind == ()


async def test_a_platform_without_views_is_named(past: Past) -> None:
    await past.post(START, {"likes": 5})
    found = await seen(past)
    assert found.blind == ("telegram",)
    assert found.now.reach is None


def test_a_period_begins_at_the_owners_midnight_also_when_clocks_change() -> None:
    monday = datetime(2026, 3, 30, 12, tzinfo=UTC)
    assert first_moment(1, monday, BERLIN) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert first_moment(3, monday, BERLIN) == datetime(2026, 3, 27, 23, tzinfo=UTC)


async def test_what_was_forecast_is_held_against_what_came(past: Past) -> None:
    for likes, low, high in ((10, 5, 15), (20, 5, 15), (None, 5, 15), (7, "?", 15)):
        content = await past.post(START, {} if likes is None else {"likes": likes})
        async with past.runtime.unit_of_work() as session:
            kept = await session.get_one(Content, content.id)
            kept.predictions = {"telegram": {"engagement": 9, "unit": "count", "low": low, "high": high}}
    found = await seen(past)
    assert (found.forecasts.n, found.forecasts.inside) == (2, 1)


async def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(past: Past) -> None:
    await past.post(
        START,
        {"likes": 5, "impressions": 200},
        text='=HYPERLINK("x"),\n"два" **слова**',
        kind="@own",
        media=True,
    )
    await past.post(START - timedelta(days=1), text="Тихо")
    async with past.runtime.unit_of_work() as session:
        posts = await history.published(session, product_id=past.product_id)
    made = export.csv_of(posts, MOSCOW)
    assert made.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    assert first["text"] == '\'=HYPERLINK("x"), "два" слова'
    assert (first["kind"], first["channel"], first["media"]) == ("'@own", "'@shop", "yes")
    assert first["published_at"] == "2026-03-02T12:00+03:00"
    assert (first["engagements"], first["engagement_rate"], first["comments"]) == ("5", "2.5", "")
    assert (second["text"], second["engagements"]) == ("Тихо", "")
