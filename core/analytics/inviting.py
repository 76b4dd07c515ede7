"""Which invitation belongs to which post? One is made for each post of a channel that wants them, so that joins can be told apart."""

import uuid
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics.models import ChannelInvite
from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.content.models import Content
from core.errors import InvalidInput, PlatformError, RateLimited, Transient
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from core.security.keyring import CannotOpen

log = structlog.get_logger(__name__)

PLACEHOLDER = "post:"  # stands where the link will, while it is asked for
_RECENT = timedelta(days=1)
_AT_ONCE = 5


async def invite_due(runtime: Runtime) -> int:
    """Make the invitations that are missing; returns how many. Call it outside a unit of work.

    A link that was asked for and whose answer was lost is not asked for again: a second one would only confuse.
    """
    async with runtime.unit_of_work() as session:
        claimed = await _claim(session, runtime, runtime.clock.now())
    made = 0
    for channel_id, publication_id, number in claimed:
        made += await _make(runtime, channel_id, publication_id, f"#{number}")
    return made


async def _claim(
    session: AsyncSession, runtime: Runtime, now: datetime
) -> list[tuple[uuid.UUID, uuid.UUID, int]]:
    able = [slug for slug, platform in runtime.platforms.items() if platform.invite is not None]
    known = select(ChannelInvite.id).where(ChannelInvite.publication_id == Publication.id).exists()
    rows = await session.execute(
        select(Channel.id, Publication.id.label("publication_id"), Content.number)
        .join(Channel, Channel.id == Publication.channel_id)
        .join(Content, Content.id == Publication.content_id)
        .where(
            Channel.platform.in_(able) if able else ~true(),
            Channel.status == ChannelStatus.ACTIVE,
            Channel.settings.contains({"invites": True}),
            Publication.status == PublicationStatus.PUBLISHED,
            Publication.published_at > now - _RECENT,
            ~known,
        )
        .order_by(Publication.published_at)
        .limit(_AT_ONCE)
    )
    claimed = []
    for row in rows:
        values = {"channel_id": row.id, "publication_id": row.publication_id, "created_at": now}
        placeholder = insert(ChannelInvite).values(**values, link=f"{PLACEHOLDER}{row.publication_id}")
        if await session.scalar(placeholder.on_conflict_do_nothing().returning(ChannelInvite.id)):
            claimed.append((row.id, row.publication_id, row.number))
    return claimed


async def _make(runtime: Runtime, channel_id: uuid.UUID, publication_id: uuid.UUID, name: str) -> bool:
    async with runtime.unit_of_work() as session:
        channel = await channels.get(session, channel_id)
    invite = runtime.platforms[channel.platform].invite
    place = ChannelInvite.link == f"{PLACEHOLDER}{publication_id}"
    try:
        if invite is None:
            return False
        link = await invite(channels.target(runtime, channel), name)
    except (Transient, RateLimited) as error:
        log.info("invitation_later", channel=str(channel_id), reason=error.error_code)
        async with runtime.unit_of_work() as session:
            await session.execute(delete(ChannelInvite).where(place))
        return False
    except (PlatformError, CannotOpen, InvalidInput) as error:
        log.warning("invitation_refused", channel=str(channel_id), reason=str(error)[:200])
        return False
    async with runtime.unit_of_work() as session:
        await session.execute(update(ChannelInvite).where(place).values(link=link, name=name))
    return True
