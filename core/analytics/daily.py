"""What does a channel's day add up to? Its posts with their newest numbers, and how many came to follow.

A day is the owner's, from midnight to midnight on the wall: 23 or 25 hours where clocks change. Everything is reckoned
from what is stored, so that doing it again, late or twice, gives the same rows; numbers that come late correct their day.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric, case, cast, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import remarkable
from core.analytics.metrics import Metrics
from core.analytics.models import ChannelCollection, ChannelFollowers, DailyStat
from core.channels.models import Channel
from core.publications.models import Publication, PublicationStatus
from core.settings import service as settings_service
from core.settings.service import General
from core.text.when import wall

DAYS = 35  # kept up to date: a post is asked about for the last time when it is 30 days old
_CHANNELS = 20  # in one transaction
_COUNT_HOLDS = timedelta(days=7)  # so long a count of followers says how many there were when a day began
_LARGEST_RATE = Decimal("999.99")
_FOLLOWERS = ("followers_start", "followers_end", "followers_change")


@dataclass(frozen=True, slots=True)
class Day:
    """A row of `daily_stats` without its keys."""

    posts_count: int = 0
    total_reach: int = 0
    total_engagements: int = 0
    total_likes: int = 0
    total_comments: int = 0
    total_shares: int = 0
    total_clicks: int = 0
    avg_engagement_rate: Decimal | None = None
    followers_start: int | None = None
    followers_end: int | None = None
    followers_change: int | None = None


async def refresh(session: AsyncSession, now: datetime) -> list[uuid.UUID]:
    """Add up the channels whose numbers have changed, and each of them once a day; returns which."""
    zone, named = await _zone(session)
    current = f"{wall.today(now, zone).isoformat()} {named}"
    rows = (
        await session.execute(
            select(ChannelCollection, Channel.product_id)
            .join(Channel, Channel.id == ChannelCollection.channel_id)
            .where(
                or_(
                    ChannelCollection.stale,
                    ChannelCollection.added_up_for.is_(None),
                    ChannelCollection.added_up_for != current,
                )
            )
            .order_by(ChannelCollection.channel_id)
            .limit(_CHANNELS)
            # Whoever notes a number waits for this transaction, and marks the channel anew.
            .with_for_update(skip_locked=True, of=ChannelCollection)
        )
    ).all()
    for row in rows:
        channel: ChannelCollection = row.ChannelCollection
        await add_up(session, row.product_id, channel.channel_id, now, zone)
        reach = await _reach(session, channel.channel_id)
        await remarkable.after_adding_up(session, channel.channel_id, channel.total_reach, reach, now, zone)
        channel.stale, channel.added_up_for = False, current
        # Posts that are deleted take their reach along; what was passed stays passed.
        channel.total_reach = max(reach, channel.total_reach or 0)
    await session.flush()
    return [row.ChannelCollection.channel_id for row in rows]


async def add_up(
    session: AsyncSession, product_id: uuid.UUID, channel_id: uuid.UUID, now: datetime, zone: tzinfo
) -> None:
    """Reckon the channel's last days anew, and write those that are others than the stored ones."""
    first = wall.today(now, zone) - timedelta(days=DAYS - 1)
    begins = wall.moved(first, time(0), zone)
    posts = await session.execute(
        select(Publication.published_at, Publication.metrics).where(
            Publication.channel_id == channel_id,
            Publication.status == PublicationStatus.PUBLISHED,
            Publication.published_at >= begins,
        )
    )
    counts = await session.execute(
        select(ChannelFollowers.taken_at, ChannelFollowers.count)
        .where(ChannelFollowers.channel_id == channel_id, ChannelFollowers.taken_at >= begins - _COUNT_HOLDS)
        .order_by(ChannelFollowers.taken_at)
    )
    days = reckon(
        [(row.published_at, Metrics.of(row.metrics)) for row in posts],
        [(row.taken_at, row[1]) for row in counts],
        zone,
    )
    stored = {
        row.date: row
        for row in await session.scalars(
            select(DailyStat).where(DailyStat.channel_id == channel_id, DailyStat.date >= first)
        )
    }
    # A day whose posts are gone has none any more.
    wanted = {day: Day() for day, row in stored.items() if row.posts_count} | {
        day: found for day, found in days.items() if day >= first
    }
    for day, found in wanted.items():
        values = _values(found)
        row = stored.get(day)
        if row is None or any(getattr(row, name) != value for name, value in values.items()):
            await _write(session, product_id, channel_id, day, values)


def reckon(
    posts: Iterable[tuple[datetime, Metrics]], counts: Sequence[tuple[datetime, int]], zone: tzinfo
) -> dict[date, Day]:
    """Return every day with a post or a count. ``counts`` are in the order of time. Pure."""
    by_day: dict[date, list[Metrics]] = defaultdict(list)
    for at, metrics in posts:
        by_day[wall.today(at, zone)].append(metrics)
    followers = _followers(counts, zone)
    return {
        day: Day(**(_sums(by_day.get(day, ())) | followers.get(day, {})))
        for day in by_day.keys() | followers.keys()
    }


def _sums(posts: Sequence[Metrics]) -> dict[str, Any]:
    def total(name: str) -> int:
        return sum(getattr(post, name) or 0 for post in posts)

    rates = [post.rate for post in posts if post.rate is not None]
    average = Decimal(str(round(sum(rates) / len(rates), 2))) if rates else None
    return {
        "posts_count": len(posts),
        "total_reach": total("impressions"),
        "total_engagements": total("engagements"),
        "total_likes": total("likes"),
        "total_comments": total("comments"),
        "total_shares": total("shares"),
        "total_clicks": total("clicks"),
        "avg_engagement_rate": None if average is None else min(average, _LARGEST_RATE),
    }


def _followers(counts: Sequence[tuple[datetime, int]], zone: tzinfo) -> dict[date, dict[str, int]]:
    """Return how many followed as each day began and ended: the last count before it, and the last one in it."""
    found: dict[date, dict[str, int]] = {}
    before: tuple[datetime, int] | None = None
    for at, count in counts:
        day = wall.today(at, zone)
        if day not in found:
            begins = wall.moved(day, time(0), zone)
            known = before is not None and before[0] >= begins - _COUNT_HOLDS
            found[day] = {"followers_start": before[1] if before is not None and known else count}
        found[day]["followers_end"] = count
        found[day]["followers_change"] = count - found[day]["followers_start"]
        before = (at, count)
    return found


def _values(day: Day) -> dict[str, Any]:
    """Return what is to be written: without counts of our own, what a row says of followers stays as it is."""
    values = asdict(day)
    return values if day.followers_end is not None else _without(values, _FOLLOWERS)


def _without(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


async def _write(
    session: AsyncSession, product_id: uuid.UUID, channel_id: uuid.UUID, day: date, values: dict[str, Any]
) -> None:
    row = insert(DailyStat).values(product_id=product_id, channel_id=channel_id, date=day, **values)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[DailyStat.product_id, DailyStat.channel_id, DailyStat.date],
            set_={name: getattr(row.excluded, name) for name in values},
        ).execution_options(synchronize_session=False)
    )


async def _reach(session: AsyncSession, channel_id: uuid.UUID) -> int:
    """Return how often all posts of the channel together were seen, as far as the platform tells."""
    told = Publication.metrics["impressions"]
    number = case((func.jsonb_typeof(told) == "number", cast(told.astext, Numeric)), else_=0)
    query = select(func.coalesce(func.sum(number), 0)).where(
        Publication.channel_id == channel_id, Publication.status == PublicationStatus.PUBLISHED
    )
    return int(await session.scalar(query) or 0)


async def _zone(session: AsyncSession) -> tuple[tzinfo, str]:
    general = await settings_service.get(session, General)
    return general.zone, general.timezone
