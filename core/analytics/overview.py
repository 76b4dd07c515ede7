"""What came of the posts in a period, and how was it before? Totals, platforms, kinds, hours, the best ones."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import fmean, median
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import audience, history
from core.analytics.audience import Invite
from core.analytics.history import PastPost
from core.analytics.models import DailyStat
from core.analytics.predictions import Calibration, calibration
from core.channels.models import Channel, ChannelStatus
from core.text.when import wall

TOP = 10  # posts
COMPARABLE = 3  # posts with numbers that a kind or an hour needs before it is compared

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a period. None is "nobody said", never zero."""

    posts: int  # contents; one that went to three channels is one post
    publications: int
    without_numbers: int  # publications of which nothing is known yet
    reach: int | None
    engagements: int | None
    per_publication: float | None  # engagements of those that have numbers, on average


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """One channel in the period."""

    platform: str
    name: str
    publications: int
    impressions: int | None
    engagements: int | None
    followers: int | None
    followers_before: int | None  # at the beginning of the period


@dataclass(frozen=True, slots=True)
class Group:
    """Publications with something in common. ``index`` is 1 for what is usual on their platforms in this period."""

    n: int
    index: float | None  # None below ``COMPARABLE`` posts with numbers


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything about one product in one period."""

    product_id: uuid.UUID
    days: int
    now: Totals
    before: Totals
    platforms: tuple[PlatformLine, ...]
    kinds: tuple[tuple[str | None, Group], ...]  # the most frequent first
    hours: tuple[tuple[int, Group], ...]
    top: tuple[PastPost, ...]
    trend: tuple[int, ...]  # engagements in equal spans, oldest first
    span: int  # days of each
    blind: tuple[str, ...]  # platforms that told no impressions
    forecasts: Calibration
    invites: tuple[Invite, ...] = ()  # by which the most came, ever


async def overview(
    session: AsyncSession, product_id: uuid.UUID, days: int, now: datetime, zone: tzinfo
) -> Overview:
    """Return the last ``days`` days of the owner's calendar, today among them, beside as many before."""
    first = wall.today(now, zone) - timedelta(days=days - 1)
    start = first_moment(days, now, zone)
    start_before = wall.moved(first - timedelta(days=days), time(0), zone)
    posts = await history.published(session, product_id=product_id, since=start)
    earlier = await history.published(session, product_id=product_id, since=start_before, before=start)
    index = _index_of(posts)
    counted = [post for post in posts if post.metrics.engagements is not None]
    span = 1 if days <= 10 else 3 if days <= 30 else 7
    return Overview(
        product_id=product_id,
        days=days,
        now=_totals(posts, await _reach(session, product_id, first, None)),
        before=_totals(earlier, await _reach(session, product_id, first - timedelta(days=days), first)),
        platforms=await _platforms(session, product_id, posts, first),
        kinds=_grouped(posts, index, lambda post: post.kind, by_size=True),
        hours=_grouped(posts, index, lambda post: post.published_at.astimezone(zone).hour),
        top=tuple(sorted(counted, key=lambda post: -index.get(post.publication_id, 0.0))[:TOP]),
        trend=_trend(posts, first, days, span, zone),
        span=span,
        blind=tuple(sorted(_blind(posts))),
        forecasts=calibration(posts),
        invites=tuple(await audience.invites(session, product_id)),
    )


def first_moment(days: int, now: datetime, zone: tzinfo) -> datetime:
    """Return when the last ``days`` days of the owner's calendar began, today being one of them."""
    return wall.moved(wall.today(now, zone) - timedelta(days=days - 1), time(0), zone)


def _totals(posts: Sequence[PastPost], reach: int | None) -> Totals:
    known = [post.metrics.engagements for post in posts if post.metrics.engagements is not None]
    impressions = [post.metrics.impressions for post in posts if post.metrics.impressions is not None]
    return Totals(
        posts=len({post.content_id for post in posts}),
        publications=len(posts),
        without_numbers=len(posts) - len(known),
        reach=reach if reach is not None else sum(impressions) if impressions else None,
        engagements=sum(known) if known else None,
        per_publication=fmean(known) if known else None,
    )


def _blind(posts: Sequence[PastPost]) -> set[str]:
    told = {post.platform for post in posts if post.metrics.impressions is not None}
    return {post.platform for post in posts} - told


def _index_of(posts: Sequence[PastPost]) -> dict[uuid.UUID, float]:
    """Return each publication's engagements over the median of its platform: what can be compared across platforms."""
    by_platform: dict[str, list[PastPost]] = defaultdict(list)
    for post in posts:
        if post.metrics.engagements is not None:
            by_platform[post.platform].append(post)
    found: dict[uuid.UUID, float] = {}
    for own in by_platform.values():
        usual = median(post.metrics.engagements or 0 for post in own)
        for post in own:
            found[post.publication_id] = (post.metrics.engagements or 0) / max(usual, 1.0)
    return found


def _grouped(
    posts: Sequence[PastPost],
    index: dict[uuid.UUID, float],
    key: Callable[[PastPost], _Key],
    *,
    by_size: bool = False,
) -> tuple[tuple[_Key, Group], ...]:
    members: dict[_Key, list[PastPost]] = defaultdict(list)
    for post in posts:
        members[key(post)].append(post)
    made = []
    for name, own in members.items():
        known = [index[post.publication_id] for post in own if post.publication_id in index]
        made.append((name, Group(len(own), fmean(known) if len(known) >= COMPARABLE else None)))
    if by_size:
        return tuple(sorted(made, key=lambda item: (-item[1].n, str(item[0]))))
    return tuple(sorted(made, key=lambda item: str(item[0]).zfill(2)))


def _trend(posts: Sequence[PastPost], first: date, days: int, span: int, zone: tzinfo) -> tuple[int, ...]:
    sums = [0] * (-(-days // span))
    for post in posts:
        # Counted from today backwards, so that the last span is a whole one.
        ago = (first + timedelta(days=days - 1) - post.published_at.astimezone(zone).date()).days
        sums[-1 - min(max(ago, 0) // span, len(sums) - 1)] += post.metrics.engagements or 0
    return tuple(sums)


async def _reach(
    session: AsyncSession, product_id: uuid.UUID, since: date, before: date | None
) -> int | None:
    """Return the reach that daily numbers tell; None when there is not a day with any."""
    query = select(func.sum(DailyStat.total_reach)).where(
        DailyStat.product_id == product_id, DailyStat.date >= since, DailyStat.total_reach > 0
    )
    if before is not None:
        query = query.where(DailyStat.date < before)
    total = await session.scalar(query)
    return int(total) if total is not None else None


async def _platforms(
    session: AsyncSession, product_id: uuid.UUID, posts: Sequence[PastPost], first: date
) -> tuple[PlatformLine, ...]:
    channels = await session.scalars(
        select(Channel).where(Channel.product_id == product_id).order_by(Channel.platform)
    )
    found = []
    for channel in channels:
        own = [post for post in posts if post.channel_id == channel.id]
        if not own and channel.status == ChannelStatus.DISCONNECTED:
            continue
        engagements = [p.metrics.engagements for p in own if p.metrics.engagements is not None]
        impressions = [p.metrics.impressions for p in own if p.metrics.impressions is not None]
        last, start = await _followers(session, channel.id, first)
        found.append(
            PlatformLine(
                platform=channel.platform,
                name=channel.platform_name or channel.platform,
                publications=len(own),
                impressions=sum(impressions) if impressions else None,
                engagements=sum(engagements) if engagements else None,
                followers=last,
                followers_before=start,
            )
        )
    return tuple(found)


async def _followers(
    session: AsyncSession, channel_id: uuid.UUID, first: date
) -> tuple[int | None, int | None]:
    """Return the followers as last counted, and as the first day of the period began."""
    rows = (
        await session.execute(
            select(DailyStat.followers_start, DailyStat.followers_end)
            .where(DailyStat.channel_id == channel_id, DailyStat.date >= first)
            .order_by(DailyStat.date)
        )
    ).all()
    ends = [row.followers_end for row in rows if row.followers_end is not None]
    starts = [row.followers_start for row in rows if row.followers_start is not None]
    return (ends[-1] if ends else None), (starts[0] if starts else None)
