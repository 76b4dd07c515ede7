"""How did each product do in the last seven days, beside the seven before? Only what platforms told is summed."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import history
from core.analytics.history import PastPost
from core.analytics.models import DailyStat
from core.text.when import wall

DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """One product's week. None is "nobody said", never zero."""

    reach: int | None = None
    reach_before: int | None = None
    engagements: int | None = None
    engagements_before: int | None = None


async def weeks(
    session: AsyncSession, products: Collection[uuid.UUID], now: datetime, zone: tzinfo
) -> dict[uuid.UUID, Week]:
    """Return the week of each product: the last seven days of the owner's calendar, today among them."""
    if not products:
        return {}
    first = wall.today(now, zone) - timedelta(days=DAYS - 1)
    begins = wall.moved(first, time(0), zone)
    begins_before = wall.moved(first - timedelta(days=DAYS), time(0), zone)
    posts: dict[uuid.UUID, list[PastPost]] = defaultdict(list)
    for post in await history.published(session, since=begins_before):
        posts[post.product_id].append(post)
    reach = await _daily_reach(session, products, first)
    reach_before = await _daily_reach(session, products, first - timedelta(days=DAYS), first)
    found = {}
    for product in products:
        this = [post for post in posts[product] if post.published_at >= begins]
        before = [post for post in posts[product] if post.published_at < begins]
        found[product] = Week(
            reach=reach.get(product, _sum(post.metrics.impressions for post in this)),
            reach_before=reach_before.get(product, _sum(post.metrics.impressions for post in before)),
            engagements=_sum(post.metrics.engagements for post in this),
            engagements_before=_sum(post.metrics.engagements for post in before),
        )
    return found


async def _daily_reach(
    session: AsyncSession, products: Collection[uuid.UUID], since: date, before: date | None = None
) -> dict[uuid.UUID, int]:
    """Return the reach that daily numbers tell, of the products that have a day with any."""
    query = (
        select(DailyStat.product_id, func.sum(DailyStat.total_reach))
        .where(DailyStat.product_id.in_(products), DailyStat.date >= since, DailyStat.total_reach > 0)
        .group_by(DailyStat.product_id)
    )
    if before is not None:
        query = query.where(DailyStat.date < before)
    return {product: int(total) for product, total in await session.execute(query)}


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
