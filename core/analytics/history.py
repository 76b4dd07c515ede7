"""Which posts are out, and what came of them? Own history, newest first, as everything that learns from it reads it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics.metrics import Metrics
from core.analytics.models import DailyStat
from core.channels.models import Channel
from core.content.models import Content, ContentVersion
from core.publications.models import Publication, PublicationStatus

LEARN_FROM = 300  # posts; older ones say little about today's readers
MATURE = timedelta(hours=24)  # before that a post is still being read, and its numbers say too little
_FOLLOWERS_KEEP = timedelta(days=45)  # a count of followers stands for so long when none is newer


@dataclass(frozen=True, slots=True)
class PastPost:
    """One publication that is out, with the text it went out with."""

    publication_id: uuid.UUID
    content_id: uuid.UUID
    number: int
    product_id: uuid.UUID
    channel_id: uuid.UUID
    platform: str
    channel_name: str
    published_at: datetime
    kind: str | None
    text: str  # neutral Markdown
    has_media: bool
    url: str | None
    metrics: Metrics
    predicted: dict[str, Any]  # what the card said before, empty when it said nothing


async def published(
    session: AsyncSession,
    *,
    product_id: uuid.UUID | None = None,
    platforms: Collection[str] | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
    limit: int | None = None,
) -> list[PastPost]:
    """Return what was published from ``since`` up to ``before``, newest first."""
    version = and_(
        ContentVersion.content_id == Publication.content_id,
        ContentVersion.version == Publication.content_version,
    )
    text = func.coalesce(
        func.jsonb_extract_path_text(ContentVersion.adapted, Channel.platform, "text"),
        ContentVersion.original_text,
        func.jsonb_extract_path_text(Content.adapted, Channel.platform, "text"),
        Content.original_text,
    )
    query = (
        select(
            Publication, Channel, Content.number, Content.product_id, Content.content_type,
            text.label("text"), func.coalesce(ContentVersion.media, Content.media).label("media"),
            func.jsonb_extract_path(Content.predictions, Channel.platform).label("predicted"),
        )
        .join(Content, Content.id == Publication.content_id)
        .join(Channel, Channel.id == Publication.channel_id)
        .outerjoin(ContentVersion, version)
        .where(Publication.status == PublicationStatus.PUBLISHED, Publication.published_at.is_not(None))
        .order_by(Publication.published_at.desc(), Publication.id)
    )  # fmt: skip
    if product_id is not None:
        query = query.where(Content.product_id == product_id)
    if platforms is not None:
        query = query.where(Channel.platform.in_(platforms))
    if since is not None:
        query = query.where(Publication.published_at >= since)
    if before is not None:
        query = query.where(Publication.published_at < before)
    rows = await session.execute(query.limit(limit) if limit is not None else query)
    return [_post(row) for row in rows]


async def lessons(
    session: AsyncSession, product_id: uuid.UUID, platforms: Collection[str], now: datetime
) -> list[PastPost]:
    """Return the posts to learn from: old enough for their numbers to have settled."""
    return await published(
        session, product_id=product_id, platforms=platforms, before=now - MATURE, limit=LEARN_FROM
    )


async def followers(session: AsyncSession, product_id: uuid.UUID, platform: str, today: date) -> int | None:
    """Return how many follow the product's channel, as last counted; None when nobody counted lately."""
    query = (
        select(DailyStat.followers_end)
        .join(Channel, Channel.id == DailyStat.channel_id)
        .where(
            DailyStat.product_id == product_id,
            Channel.platform == platform,
            DailyStat.followers_end.is_not(None),
            DailyStat.date >= today - _FOLLOWERS_KEEP,
        )
        .order_by(DailyStat.date.desc())
        .limit(1)
    )
    return await session.scalar(query)


def _post(row: Any) -> PastPost:
    publication: Publication = row.Publication
    channel: Channel = row.Channel
    if publication.published_at is None:
        raise RuntimeError("the query leaves out what has no time")
    return PastPost(
        publication_id=publication.id,
        content_id=publication.content_id,
        number=row.number,
        product_id=row.product_id,
        channel_id=channel.id,
        platform=channel.platform,
        channel_name=channel.platform_name or channel.platform,
        published_at=publication.published_at,
        kind=row.content_type,
        text=row.text,
        has_media=bool(row.media),
        url=publication.platform_url,
        metrics=Metrics.of(publication.metrics),
        predicted=row.predicted if isinstance(row.predicted, dict) else {},
    )
