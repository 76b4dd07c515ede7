"""What should the owner know before a post is planned for a moment? Hints, never refusals."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel, ChannelStatus
from core.content.models import Content, ContentVersion
from core.content.rendering import ContentState, post_of
from core.publications import repository
from core.publications.models import Publication, PublicationStatus

_SAME_TEXT = timedelta(days=30)
_SAME_HOUR = timedelta(hours=1)
_LIVE_OR_OUT = (*repository.LIVE, PublicationStatus.PUBLISHED)


class WarningKind(StrEnum):
    """What is worth a second look."""

    SAME_TEXT = "same-text"  # the same words on the same platform within 30 days
    SAME_HOUR = "same-hour"  # another post of the product less than an hour away


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """One hint, with the post it is about."""

    kind: WarningKind
    number: int
    platform: str
    moment: datetime


async def of_content(session: AsyncSession, content_id: uuid.UUID, moment: datetime) -> list[PlanWarning]:
    """Return what stands beside the content's current text at ``moment``, on all channels of its product."""
    content = await session.get_one(Content, content_id)
    channels = await session.scalars(
        select(Channel).where(
            Channel.product_id == content.product_id, Channel.status != ChannelStatus.DISCONNECTED
        )
    )
    return await _warnings(session, content, list(channels), moment)


async def of_publication(
    session: AsyncSession, publication_id: uuid.UUID, moment: datetime
) -> list[PlanWarning]:
    """Return the same for one publication. Raises ``NotFound``."""
    publication = await repository.get(session, publication_id)
    content = await session.get_one(Content, publication.content_id)
    channel = await session.get_one(Channel, publication.channel_id)
    return await _warnings(session, content, [channel], moment)


async def _warnings(
    session: AsyncSession, content: Content, channels: Sequence[Channel], moment: datetime
) -> list[PlanWarning]:
    found: dict[tuple[WarningKind, int], PlanWarning] = {}
    words = {channel.platform: _words(content, channel.platform) for channel in channels}
    near = await _beside(session, content, [channel.id for channel in channels], moment)
    for number, platform, at, other in near:
        same = bool(words[platform]) and _words(other, platform) == words[platform]
        kinds = [WarningKind.SAME_TEXT] if same else []
        kinds += [WarningKind.SAME_HOUR] if abs(at - moment) < _SAME_HOUR else []
        for kind in kinds:
            found.setdefault((kind, number), PlanWarning(kind, number, platform, at))
    return sorted(found.values(), key=lambda warning: (warning.kind, abs(warning.moment - moment)))


async def _beside(
    session: AsyncSession, content: Content, channel_ids: Sequence[uuid.UUID], moment: datetime
) -> list[tuple[int, str, datetime, ContentState]]:
    at: ColumnElement[datetime] = func.coalesce(Publication.published_at, Publication.scheduled_at)
    pinned = and_(
        ContentVersion.content_id == Publication.content_id,
        ContentVersion.version == Publication.content_version,
    )
    query = (
        select(Content, ContentVersion, Channel.platform, at.label("at"))
        .select_from(Publication)
        .join(Content, Content.id == Publication.content_id)
        .join(Channel, Channel.id == Publication.channel_id)
        .outerjoin(ContentVersion, pinned)
        .where(
            Publication.channel_id.in_(channel_ids),
            Publication.content_id != content.id,
            Publication.status.in_(_LIVE_OR_OUT),
            at > moment - _SAME_TEXT,
            at < moment + _SAME_TEXT,
        )
        .order_by(at)
    )
    rows = await session.execute(query)
    return [(row.Content.number, row.platform, row.at, row.ContentVersion or row.Content) for row in rows]


def _words(state: ContentState, platform: str) -> str:
    """Return what the post says there, without what an eye does not see: case and white space."""
    post = post_of(state, platform)
    return " ".join(" ".join(post.thread or (post.text,)).casefold().split())
