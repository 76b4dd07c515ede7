"""Has a number done what a metric trigger waits for? What it has seen once, it never sees again.

A trigger counts from the moment it is first looked at: what holds already by then is remembered and not told, so that a
rule switched on today does not answer for last week's posts.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import history, watched_posts, watched_totals
from core.analytics.conditions import MIN_SAMPLE, Firing, Look, MetricCondition, Standing
from core.analytics.models import ChannelFollowers, MetricFiring
from core.channels.models import Channel
from core.content.models import Content
from core.publications.models import Publication, PublicationStatus
from core.settings import service as settings_service
from core.settings.service import General

__all__ = [
    "MIN_SAMPLE", "Firing", "Look", "MetricCondition", "Standing", "due_firings", "evaluate", "look", "rearm",
]  # fmt: skip

_POSTS = 1000  # looked at; more of them in two windows is nobody's
_START = "start"


async def evaluate(
    session: AsyncSession, product_id: uuid.UUID, condition: MetricCondition, now: datetime
) -> list[Firing]:
    """Return everything that holds now, whether it was seen before or not. Changes nothing."""
    return (await look(session, product_id, condition, now)).firings


async def look(
    session: AsyncSession, product_id: uuid.UUID, condition: MetricCondition, now: datetime
) -> Look:
    """Return what holds now and how many posts each average rests on. Changes nothing."""
    zone = (await settings_service.get(session, General)).zone
    platforms = list(condition.platforms) or None
    crossing = str(condition.comparison.kind) == "crossing"
    if condition.metric == "followers":
        counts = await _counts(session, product_id, platforms)
        return watched_totals.followers(counts, condition, now, zone)
    if condition.metric == "posts" and crossing:
        return watched_totals.crossed(await _published(session, product_id, platforms), condition, {})
    posts = await history.published(
        session, product_id=product_id, platforms=platforms, since=now - 2 * condition.window, limit=_POSTS
    )
    if condition.metric == "posts":
        return watched_totals.posts(posts, condition, now, zone)
    return watched_posts.look(posts, condition, now, zone)


async def due_firings(
    session: AsyncSession,
    automation_id: uuid.UUID,
    product_id: uuid.UUID,
    condition: MetricCondition,
    now: datetime,
) -> list[Firing]:
    """Return what this automation has not seen yet, and remember it: with the caller's commit it is seen for good.

    Any number of processes may ask at once: each firing is given to one of them. The first look only remembers.
    """
    started = await _remember(session, automation_id, [f"{_START}:{condition.digest}"], now)
    found = await evaluate(session, product_id, condition, now)
    passed = await _passed(session, automation_id, condition)
    fresh = [f for f in found if f.level is None or f.level > passed.get(f.key, -1.0)]
    new = await _remember(session, automation_id, sorted(firing.once for firing in fresh), now)
    return [] if started else [firing for firing in fresh if firing.once in new]


async def _passed(
    session: AsyncSession, automation_id: uuid.UUID, condition: MetricCondition
) -> dict[str, float]:
    """Return the highest milestone that was seen, by what has passed it."""
    if str(condition.comparison.kind) != "crossing":
        return {}
    keys = await session.scalars(
        select(MetricFiring.key).where(
            MetricFiring.automation_id == automation_id,
            MetricFiring.key.contains(f":{condition.digest}:"),
        )
    )
    highest: dict[str, float] = {}
    for key in keys:
        name, _, level = key.rpartition(":")
        highest[name] = max(highest.get(name, -1.0), float(level))
    return highest


async def rearm(session: AsyncSession, automation_id: uuid.UUID) -> None:
    """Start watching anew: what holds at the next look is remembered only. For a rule that is switched on again."""
    await session.execute(
        delete(MetricFiring).where(
            MetricFiring.automation_id == automation_id, MetricFiring.key.startswith(f"{_START}:")
        )
    )


async def _remember(
    session: AsyncSession, automation_id: uuid.UUID, keys: Sequence[str], now: datetime
) -> set[str]:
    """Write the keys down; returns those that nobody had written before."""
    if not keys:
        return set()
    rows = insert(MetricFiring).values(
        [{"automation_id": automation_id, "key": key, "seen_at": now} for key in keys]
    )
    return set(await session.scalars(rows.on_conflict_do_nothing().returning(MetricFiring.key)))


async def _counts(
    session: AsyncSession, product_id: uuid.UUID, platforms: Sequence[str] | None
) -> dict[uuid.UUID, list[tuple[datetime, int]]]:
    """Return every count of followers, oldest first, by channel."""
    query = (
        select(ChannelFollowers)
        .join(Channel, Channel.id == ChannelFollowers.channel_id)
        .where(Channel.product_id == product_id)
        .order_by(ChannelFollowers.taken_at)
    )
    if platforms is not None:
        query = query.where(Channel.platform.in_(platforms))
    counts: dict[uuid.UUID, list[tuple[datetime, int]]] = {}
    for row in await session.scalars(query):
        counts.setdefault(row.channel_id, []).append((row.taken_at, row.count))
    return counts


async def _published(session: AsyncSession, product_id: uuid.UUID, platforms: Sequence[str] | None) -> int:
    """Return how many posts are out; one that went to three channels is one."""
    query = (
        select(func.count(func.distinct(Publication.content_id)))
        .join(Content, Content.id == Publication.content_id)
        .join(Channel, Channel.id == Publication.channel_id)
        .where(Content.product_id == product_id, Publication.status == PublicationStatus.PUBLISHED)
    )
    if platforms is not None:
        query = query.where(Channel.platform.in_(platforms))
    return await session.scalar(query) or 0
