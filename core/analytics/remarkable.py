"""What about a channel's numbers is worth telling the owner? Milestones, a post far above the usual, days far below it.

Each is told once: the key of its notification names the channel and the milestone, the post, or the day a drop began.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import history, milestones, watched_posts
from core.analytics.conditions import Firing, MetricCondition
from core.analytics.models import ChannelFollowers
from core.channels.models import Channel
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.products.models import Product

SPIKE_TIMES = 3  # the usual engagements of the channel
DROP_SHARE = 0.5  # of them, on
DROP_DAYS = 3  # days with posts in a row
_WINDOW = timedelta(days=30)
_FRESH = timedelta(days=3)  # an older post that rises slowly is no news
_POSTS = 500


@dataclass(frozen=True, slots=True)
class _Threshold:
    """A comparison with the channel's own average."""

    operator: str
    number: float
    days: int = 1
    kind: str = "average"
    milestones: tuple[float, ...] = ()
    every: float | None = None


_SPIKE = MetricCondition("engagement", _Threshold(">", SPIKE_TIMES), window=_WINDOW)
_DROP = MetricCondition("engagement", _Threshold("<", DROP_SHARE, DROP_DAYS), window=_WINDOW)


async def after_count(session: AsyncSession, channel_id: uuid.UUID, count: int, now: datetime) -> None:
    """Tell of a milestone that a new count of followers has passed. Call it before the count is kept."""
    most = await session.scalar(
        select(func.max(ChannelFollowers.count)).where(ChannelFollowers.channel_id == channel_id)
    )
    # The first count of all passes nothing: nobody knows when the milestones before it were passed.
    if most is not None and most < count:
        await _milestone(session, channel_id, "followers", (most, count), now)


async def after_adding_up(
    session: AsyncSession, channel_id: uuid.UUID, before: int | None, reach: int, now: datetime, zone: tzinfo
) -> None:
    """Tell what stands out after a channel's days were added up. ``before`` is its total reach until then."""
    if before is not None and before < reach:
        await _milestone(session, channel_id, "reach", (before, reach), now)
    channel = await session.get_one(Channel, channel_id)
    posts = await history.published(
        session,
        product_id=channel.product_id,
        platforms=[channel.platform],
        since=now - 2 * _WINDOW,
        limit=_POSTS,
    )
    for firing in watched_posts.look(posts, _SPIKE, now, zone).firings:
        if datetime.fromisoformat(firing.data["published_at"]) >= now - _FRESH:
            await _tell(session, NotificationKind.SPIKE, channel, firing, now)
    for firing in watched_posts.look(posts, _DROP, now, zone).firings:
        if datetime.fromisoformat(firing.data["published_at"]) >= now - 2 * _FRESH:
            await _tell(session, NotificationKind.DROP, channel, firing, now)


async def _tell(
    session: AsyncSession, kind: NotificationKind, channel: Channel, firing: Firing, now: datetime
) -> None:
    payload: Mapping[str, Any] = {
        "channel_id": str(channel.id),
        "publication_id": firing.data["publication_id"],
        **{name: firing.data[name] for name in ("value", "average", "sample")},
        **({"days": firing.data["days"]} if kind is NotificationKind.DROP else {}),
    }
    await notifications.notify(
        session,
        kind,
        payload=payload,
        product_id=channel.product_id,
        dedupe_key=f"{kind.value}/{firing.once}",
        not_before=now,
    )


async def _milestone(
    session: AsyncSession, channel_id: uuid.UUID, what: str, numbers: tuple[int, int], now: datetime
) -> None:
    row = (
        await session.execute(
            select(Channel.product_id, Product.settings)
            .join(Product, Product.id == Channel.product_id)
            .where(Channel.id == channel_id)
        )
    ).one()
    before, value = numbers
    milestone = milestones.passed(what, before, value, milestones.wished(row.settings, what))
    if milestone is None:
        return
    await notifications.notify(
        session,
        NotificationKind.MILESTONE,
        payload={"channel_id": str(channel_id), "what": what, "milestone": milestone, "value": value},
        product_id=row.product_id,
        dedupe_key=f"milestone/{channel_id}/{what}/{milestone}",
        not_before=now,
    )
