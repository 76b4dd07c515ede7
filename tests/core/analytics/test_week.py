"""Is a week what platforms told of it, and nothing more?"""

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.analytics import week
from core.analytics.models import DailyStat
from core.analytics.week import Week
from core.channels import service as channels
from core.content import service as content
from core.ids import new_id
from core.products import service as products
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime

NOW = datetime(2026, 3, 10, 20, 30, tzinfo=UTC)  # 23:30 in Moscow
MOSCOW = ZoneInfo("Europe/Moscow")


async def _channel(runtime: Runtime, name: str) -> tuple[uuid.UUID, uuid.UUID]:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name=name)
        channel = await channels.connect(
            session, runtime.keyring, product_id=product.id, platform="telegram", platform_name="@tea",
            credentials={"bot_token": "1:A", "chat_id": "@tea"},
        )  # fmt: skip
    return product.id, channel.id


async def _post(
    runtime: Runtime, product: uuid.UUID, channel: uuid.UUID, at: datetime, **metrics: int
) -> None:
    async with runtime.unit_of_work() as session:
        draft = await content.create_draft(session, product_id=product, text="A text")
        session.add(
            Publication(
                id=new_id(), content_id=draft.id, channel_id=channel, status=PublicationStatus.PUBLISHED,
                scheduled_at=at, published_at=at, metrics=metrics,
            )
        )  # fmt: skip


async def _week(runtime: Runtime, *ids: uuid.UUID) -> list[Week]:
    async with runtime.unit_of_work() as session:
        found = await week.weeks(session, ids, NOW, MOSCOW)
    return [found[identifier] for identifier in ids]


async def test_nothing_is_none_and_never_zero(runtime: Runtime) -> None:
    product, channel = await _channel(runtime, "Tea")
    await _post(runtime, product, channel, NOW - timedelta(days=1))
    assert await _week(runtime, product) == [Week()]
    assert await _week(runtime) == []


async def test_weeks_begin_at_the_owner_s_midnight_and_products_are_kept_apart(runtime: Runtime) -> None:
    tea, tea_channel = await _channel(runtime, "Tea")
    coffee, coffee_channel = await _channel(runtime, "Coffee")
    midnight = datetime(2026, 3, 3, 21, 0, tzinfo=UTC)  # 4 March in Moscow: the first of seven days
    await _post(runtime, tea, tea_channel, midnight, engagements=5, impressions=100)
    await _post(runtime, tea, tea_channel, midnight - timedelta(minutes=1), engagements=70, impressions=900)
    await _post(runtime, tea, tea_channel, midnight - timedelta(days=7, minutes=1), engagements=10_000)
    await _post(runtime, coffee, coffee_channel, NOW, likes=3)
    assert await _week(runtime, tea, coffee) == [
        Week(reach=100, reach_before=900, engagements=5, engagements_before=70), Week(engagements=3),
    ]  # fmt: skip


async def test_daily_numbers_tell_the_reach_where_there_are_any(runtime: Runtime) -> None:
    product, channel = await _channel(runtime, "Tea")
    await _post(runtime, product, channel, NOW, impressions=1, engagements=2)
    async with runtime.unit_of_work() as session:
        for day, reach in (
            (date(2026, 3, 10), 40),
            (date(2026, 3, 4), 2),
            (date(2026, 3, 3), 500),
            (date(2026, 3, 9), 0),
        ):
            session.add(
                DailyStat(id=new_id(), product_id=product, channel_id=channel, date=day, total_reach=reach)
            )
    assert await _week(runtime, product) == [Week(reach=42, reach_before=500, engagements=2)]
