"""What do the product's own numbers say about some days? As plain facts a post can be written from."""

import uuid
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics.metrics import Metrics
from core.analytics.models import DailyStat
from core.automations.shapes.facts import Facts
from core.channels.models import Channel
from core.content.models import Content
from core.publications.models import Publication, PublicationStatus
from core.text.when import wall

_SUMS = (
    ("posts", DailyStat.posts_count), ("reach", DailyStat.total_reach), ("engagements", DailyStat.total_engagements),
    ("likes", DailyStat.total_likes), ("comments", DailyStat.total_comments), ("shares", DailyStat.total_shares),
    ("clicks", DailyStat.total_clicks), ("new_followers", DailyStat.followers_change),
)  # fmt: skip
_TOP = 3
_EXCERPT = 200  # characters of a post


async def gather(
    session: AsyncSession, product_id: uuid.UUID, wanted: Facts, now: datetime, zone: tzinfo
) -> dict[str, Any]:
    """Return the facts of the last whole days; what nobody has measured is left out, never zero."""
    until = wall.today(now, zone) - timedelta(days=1)
    since = until - timedelta(days=wanted.days - 1)
    told: dict[str, Any] = {"from": since.isoformat(), "to": until.isoformat(), "days": wanted.days}
    if wanted.source == "top_posts":
        return told | {"top_posts": await _top(session, product_id, now - timedelta(days=wanted.days), now)}
    told |= await _sums(session, product_id, DailyStat.date.between(since, until))
    before = DailyStat.date.between(since - timedelta(days=wanted.days), since - timedelta(days=1))
    earlier = await _sums(session, product_id, before)
    told |= {"before": earlier} if earlier else {}
    return told | {"top_posts": await _top(session, product_id, now - timedelta(days=wanted.days), now)}


async def _sums(session: AsyncSession, product_id: uuid.UUID, days: Any) -> dict[str, int]:
    query = select(*(func.sum(column).label(name) for name, column in _SUMS))
    row = (await session.execute(query.where(DailyStat.product_id == product_id, days))).one()
    found = {name: int(value) for name, value in row._mapping.items() if value is not None}
    return {name: value for name, value in found.items() if value or name == "posts"}


async def _top(
    session: AsyncSession, product_id: uuid.UUID, since: datetime, until: datetime
) -> list[dict[str, Any]]:
    """The posts with the most engagement, as far as platforms tell it."""
    rows = await session.execute(
        select(Content.original_text, Publication.metrics, Publication.platform_url, Channel.platform)
        .join(Content, Content.id == Publication.content_id)
        .join(Channel, Channel.id == Publication.channel_id)
        .where(
            Content.product_id == product_id,
            Publication.status == PublicationStatus.PUBLISHED,
            Publication.published_at >= since,
            Publication.published_at < until,
        )
        .limit(500)
    )
    known = [(Metrics.of(row.metrics), row) for row in rows]
    ranked = sorted(
        ((metrics, row) for metrics, row in known if metrics.engagements),
        key=lambda pair: -(pair[0].engagements or 0),
    )
    return [
        {
            "text": row.original_text[:_EXCERPT],
            "platform": row.platform,
            "engagements": metrics.engagements,
            **({"url": row.platform_url} if row.platform_url else {}),
        }
        for metrics, row in ranked[:_TOP]
    ]
