"""Who is to be asked about? Channels, and posts that are out, get the rows by which they are collected.

They are found by looking, not told by the publisher: publishing does not wait for statistics, and a row that was
written by hand or brought in from elsewhere is found as well.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Interval, case, cast, exists, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import cadence
from core.analytics.models import ChannelCollection, Ended, PublicationCollection
from core.channels.models import Channel, ChannelStatus
from core.platforms.base import Platform
from core.publications.models import Publication, PublicationStatus

# Posts older than the last look have nothing to be asked.
_OLDEST = cadence.LOOKS[-1]
# The whole span is only looked through from time to time; what has just gone out is in this one.
RECENT = timedelta(hours=2)


async def enrol(
    session: AsyncSession,
    platforms: Mapping[str, Platform],
    now: datetime,
    *,
    within: timedelta = _OLDEST,
) -> int:
    """Note channels and posts of the last ``within`` that are not noted yet; returns how many posts."""
    await _channels(session, now)
    asked = [slug for slug, platform in platforms.items() if platform.metrics is not None]
    known = exists().where(PublicationCollection.publication_id == Publication.id)
    moment = func.coalesce(Publication.published_at, Publication.scheduled_at)
    found = (
        select(
            Publication.id,
            Publication.channel_id,
            moment + cast(literal(cadence.LOOKS[0]), Interval),
            case((Channel.platform.in_(asked), None), else_=Ended.UNSUPPORTED.value),
        )
        .join(Channel, Channel.id == Publication.channel_id)
        .where(
            Publication.status == PublicationStatus.PUBLISHED,
            moment > now - min(within, _OLDEST),
            ~known,
        )
    )
    rows = upsert(PublicationCollection).from_select(
        ["publication_id", "channel_id", "due_at", "ended"], found
    )
    channels = list(
        await session.scalars(rows.on_conflict_do_nothing().returning(PublicationCollection.channel_id))
    )
    if channels:
        await session.execute(
            update(ChannelCollection)
            .where(ChannelCollection.channel_id.in_(set(channels)))
            .values(stale=True)
        )
    return len(channels)


async def _channels(session: AsyncSession, now: datetime) -> None:
    known = exists().where(ChannelCollection.channel_id == Channel.id)
    found = select(Channel.id, literal(now)).where(~known, Channel.status != ChannelStatus.DISCONNECTED)
    rows = upsert(ChannelCollection).from_select(["channel_id", "followers_due_at"], found)
    await session.execute(rows.on_conflict_do_nothing())
