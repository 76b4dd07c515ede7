"""What should the owner know before a post is planned for a moment? Hints, never refusals."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, Text, and_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel, ChannelStatus
from core.content.models import Content, ContentVersion, text_key
from core.content.rendering import ContentState, post_of
from core.publications import repository
from core.publications.models import Publication, PublicationStatus

_SAME_TEXT = timedelta(days=30)
_SAME_HOUR = timedelta(hours=1)
_ENOUGH = 20  # posts looked at for each question
_LIVE_OR_OUT = (*repository.LIVE, PublicationStatus.PUBLISHED)
_AT: ColumnElement[datetime] = func.coalesce(Publication.published_at, Publication.scheduled_at)


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
    beside = select(Publication.id).where(
        Publication.channel_id.in_([channel.id for channel in channels]),
        Publication.content_id != content.id,
        Publication.status.in_(_LIVE_OR_OUT),
    )
    same_text = await _posts(
        session,
        beside.join(Content, Content.id == Publication.content_id)
        .where(text_key(Content.original_text) == text_key(literal(content.original_text, Text)))
        .where(moment - _SAME_TEXT < _AT, moment + _SAME_TEXT > _AT),
    )
    near = await _posts(session, beside.where(moment - _SAME_HOUR < _AT, moment + _SAME_HOUR > _AT))
    found: dict[tuple[WarningKind, int], PlanWarning] = {}
    for kind, posts in ((WarningKind.SAME_TEXT, same_text), (WarningKind.SAME_HOUR, near)):
        for number, platform, at, state in posts:
            words = _words(content, platform)
            if kind is WarningKind.SAME_HOUR or (words and words == _words(state, platform)):
                found.setdefault((kind, number), PlanWarning(kind, number, platform, at))
    return sorted(found.values(), key=lambda warning: (warning.kind, abs(warning.moment - moment)))


async def _posts(
    session: AsyncSession, which: Select[uuid.UUID]
) -> list[tuple[int, str, datetime, ContentState]]:
    """Load at most ``_ENOUGH`` publications with what they say: the pinned version where it is kept."""
    pinned = and_(
        ContentVersion.content_id == Publication.content_id,
        ContentVersion.version == Publication.content_version,
    )
    query = (
        select(Content, ContentVersion, Channel.platform, _AT.label("at"))
        .select_from(Publication)
        .join(Content, Content.id == Publication.content_id)
        .join(Channel, Channel.id == Publication.channel_id)
        .outerjoin(ContentVersion, pinned)
        .where(Publication.id.in_(which.order_by(_AT.desc()).limit(_ENOUGH)))
        .order_by(_AT)
    )
    rows = await session.execute(query)
    return [(row.Content.number, row.platform, row.at, row.ContentVersion or row.Content) for row in rows]


def _words(state: ContentState, platform: str) -> str:
    """Return what the post says there, without what an eye does not see: case and white space."""
    post = post_of(state, platform)
    return " ".join(" ".join(post.thread or (post.text,)).casefold().split())
