"""Whose turn is it to be asked? Channels with something due, one process at a time for each, held by a lease."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics.models import ChannelCollection, PublicationCollection
from core.channels.models import Channel, ChannelStatus
from core.jobs import queue
from core.jobs.jobs import AnalyticsJob
from core.platforms.base import Platform, Sent
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus

_Columns = TypeVarTuple("_Columns")

LEASE = timedelta(minutes=3)  # longer than one call may take; renewed with each answer
AT_ONCE = 3  # channels: the lanes of a process belong to publishing first
POSTS = 20  # of one channel in one turn; what is left comes in the next
_NUDGE_AGAIN = timedelta(minutes=1)
_OVERLOOKED = timedelta(minutes=2)  # longer than a message that arrives takes


@dataclass(frozen=True, slots=True)
class Post:
    """One post that is due to be asked about."""

    publication_id: uuid.UUID
    published_at: datetime
    failures: int
    sent: Sent


@dataclass(frozen=True, slots=True)
class Turn:
    """What one process may ask for while its lease runs. ``fingerprint`` tells these credentials from others."""

    channel_id: uuid.UUID
    product_id: uuid.UUID
    token: str
    fingerprint: str
    posts: tuple[Post, ...]
    followers: bool

    @property
    def empty(self) -> bool:
        """True when nothing is due."""
        return not self.posts and not self.followers


async def nudge(session: AsyncSession, platforms: Mapping[str, Platform], now: datetime) -> int:
    """Ask for the jobs of channels whose posts are due; returns how many. Few at a time: nobody waits for numbers."""
    busy = or_(ChannelCollection.lease_until > now, ChannelCollection.nudged_at > now - _NUDGE_AGAIN)
    under_way = await session.scalar(select(func.count()).select_from(ChannelCollection).where(busy)) or 0
    if under_way >= AT_ONCE:
        return 0
    first = (
        select(PublicationCollection.publication_id)
        .join(Publication, Publication.id == PublicationCollection.publication_id)
        .where(_post_due(now))
        .order_by(PublicationCollection.due_at)
        .limit(1)
        .correlate(ChannelCollection)
        .scalar_subquery()
    )
    rows = await session.execute(
        _open(select(ChannelCollection, first.label("first")), platforms, now)
        .where(
            first.is_not(None),
            or_(ChannelCollection.nudged_at.is_(None), ChannelCollection.nudged_at <= now - _NUDGE_AGAIN),
            _posts_told(platforms),
        )
        .order_by(ChannelCollection.nudged_at.asc().nulls_first(), ChannelCollection.channel_id)
        .limit(AT_ONCE - under_way)
        .with_for_update(skip_locked=True, of=ChannelCollection)
    )
    asked = 0
    for row in rows:
        row.ChannelCollection.nudged_at = now
        queue.ask(session, AnalyticsJob(publication_id=row.first))
        asked += 1
    await session.flush()
    return asked


async def overlooked(
    session: AsyncSession, platforms: Mapping[str, Platform], now: datetime
) -> Sequence[uuid.UUID]:
    """Return channels whose followers are to be counted, or whose posts are overdue although they were asked for."""
    late = (
        select(PublicationCollection.publication_id)
        .join(Publication, Publication.id == PublicationCollection.publication_id)
        .where(_post_due(now - _OVERLOOKED))
        .correlate(ChannelCollection)
        .exists()
    )
    wanted = or_(_followers_due(platforms, now), and_(late, _posts_told(platforms)))
    query = _open(select(ChannelCollection.channel_id), platforms, now).where(wanted)
    return list(await session.scalars(query.order_by(ChannelCollection.followers_due_at).limit(AT_ONCE)))


async def take(
    session: AsyncSession, platforms: Mapping[str, Platform], channel_id: uuid.UUID, now: datetime
) -> Turn | None:
    """Take the channel's turn; None when nothing is due, it has to wait, or somebody else has it."""
    query = _open(
        select(
            ChannelCollection,
            Channel.product_id,
            _fingerprint().label("fingerprint"),
            _followers_due(platforms, now).label("followers"),
            _posts_told(platforms).label("posts_told"),
        ),
        platforms,
        now,
    ).where(ChannelCollection.channel_id == channel_id)
    row = (await session.execute(query.with_for_update(skip_locked=True, of=ChannelCollection))).one_or_none()
    if row is None:
        return None
    turn = Turn(
        channel_id=channel_id,
        product_id=row.product_id,
        token=uuid.uuid4().hex,
        fingerprint=row.fingerprint,
        posts=await _posts(session, channel_id, now) if row.posts_told else (),
        followers=row.followers,
    )
    row.ChannelCollection.nudged_at = None
    if not turn.empty:
        row.ChannelCollection.lease_until, row.ChannelCollection.lease_owner = now + LEASE, turn.token
    await session.flush()
    return None if turn.empty else turn


async def held(session: AsyncSession, turn: Turn, now: datetime) -> ChannelCollection | None:
    """Lock the turn's row and renew its lease; None when it was lost."""
    row = await session.scalar(
        select(ChannelCollection)
        .where(ChannelCollection.channel_id == turn.channel_id, ChannelCollection.lease_owner == turn.token)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is not None:
        row.lease_until = now + LEASE
    return row


async def give_back(session: AsyncSession, turn: Turn) -> None:
    """End the turn."""
    await session.execute(
        update(ChannelCollection)
        .where(ChannelCollection.channel_id == turn.channel_id, ChannelCollection.lease_owner == turn.token)
        .values(lease_until=None, lease_owner=None)
    )


async def _posts(session: AsyncSession, channel_id: uuid.UUID, now: datetime) -> tuple[Post, ...]:
    rows = await session.execute(
        select(PublicationCollection, Publication)
        .join(Publication, Publication.id == PublicationCollection.publication_id)
        .where(PublicationCollection.channel_id == channel_id, _due(now))
        .order_by(PublicationCollection.due_at)
        .limit(POSTS)
    )
    return tuple(
        Post(
            publication.id,
            publication.published_at or publication.scheduled_at,
            collection.failures,
            Sent((publication.platform_post_id or "",), publication.platform_url),
        )
        for collection, publication in rows
    )


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(
        PublicationCollection.ended.is_(None),
        PublicationCollection.due_at <= now,
        Publication.status == PublicationStatus.PUBLISHED,
        Publication.platform_post_id.is_not(None),
    )


def _post_due(now: datetime) -> ColumnElement[bool]:
    return and_(PublicationCollection.channel_id == ChannelCollection.channel_id, _due(now))


def _fingerprint() -> ColumnElement[str]:
    """What is sealed, as a short name: other credentials may be told more."""
    return func.md5(cast(Channel.credentials, Text))


def _posts_told(platforms: Mapping[str, Platform]) -> ColumnElement[bool]:
    able = [slug for slug, platform in platforms.items() if platform.metrics is not None]
    return and_(
        Channel.platform.in_(able), func.coalesce(ChannelCollection.posts_refused, "") != _fingerprint()
    )


def _followers_due(platforms: Mapping[str, Platform], now: datetime) -> ColumnElement[bool]:
    able = [slug for slug, platform in platforms.items() if platform.followers is not None]
    return and_(
        Channel.platform.in_(able),
        ChannelCollection.followers_due_at <= now,
        func.coalesce(ChannelCollection.followers_refused, "") != _fingerprint(),
    )


def _open(query: Select[*_Columns], platforms: Mapping[str, Platform], now: datetime) -> Select[*_Columns]:
    """Leave those channels that can be asked now: in use, not told to wait, and nobody at it."""
    free = or_(ChannelCollection.lease_until.is_(None), ChannelCollection.lease_until <= now)
    patient = or_(ChannelCollection.wait_until.is_(None), ChannelCollection.wait_until <= now)
    return (
        query.join(Channel, Channel.id == ChannelCollection.channel_id)
        .join(Product, Product.id == Channel.product_id)
        .where(
            free,
            patient,
            Channel.status == ChannelStatus.ACTIVE,
            Channel.platform.in_(list(platforms)) if platforms else ~true(),
            Product.archived_at.is_(None),
            # Where each answer is paid for, the owner may do without.
            ~Channel.settings.contains({"numbers": "off"}),
        )
    )
