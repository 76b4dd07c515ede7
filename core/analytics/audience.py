"""What do a Telegram channel's readers do? Reactions and joins come by themselves, while the bot is an administrator.

Nobody's name is kept: a reaction is a count, a join is one more by an invitation link.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import inviting, noting
from core.analytics.models import ChannelInvite
from core.channels import connecting
from core.channels.models import Channel, ChannelStatus
from core.content.models import Content
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime

TELEGRAM = "telegram"
# Counts may come by the minute; history keeps the newest of each such span.
_SPAN = timedelta(minutes=5)
_LINK = 255  # characters


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation link, the post it belongs to, and how many came by it."""

    link: str
    name: str | None
    number: int | None  # of the post
    joins: int


async def channels_of(
    session: AsyncSession, runtime: Runtime, chat_id: int, username: str | None
) -> list[uuid.UUID]:
    """Return the channels that stand in this chat; disconnected ones are not listened to."""
    names = [str(chat_id), *([f"@{username}"] if username else [])]
    found: dict[uuid.UUID, Channel] = {}
    for name in names:
        for channel in await connecting.known_as(session, runtime, TELEGRAM, name):
            found[channel.id] = channel
    return [channel.id for channel in found.values() if channel.status != ChannelStatus.DISCONNECTED]


async def reacted(
    session: AsyncSession,
    channel_ids: Sequence[uuid.UUID],
    message_id: int,
    reactions: Mapping[str, int],
    now: datetime,
) -> bool:
    """Keep how often a post was reacted to, by reaction. False when the message is no post of ours."""
    row = (
        await session.execute(
            select(Publication.id, Publication.channel_id)
            .where(
                Publication.channel_id.in_(channel_ids),
                Publication.platform_post_id == str(message_id),
                Publication.status == PublicationStatus.PUBLISHED,
            )
            .limit(1)
        )
    ).one_or_none()
    if row is None:
        return False
    total = sum(reactions.values())
    numbers = {"likes": total, "engagements": total, "raw": dict(reactions)}
    await noting.keep(session, row.id, numbers, now, taken_at=_begin(now))
    await noting.mark_stale(session, row.channel_id)
    return True


async def joined(
    session: AsyncSession, channel_ids: Sequence[uuid.UUID], link: str, name: str | None, now: datetime
) -> None:
    """Count somebody who came by an invitation link."""
    for channel_id in channel_ids:
        row = insert(ChannelInvite).values(
            channel_id=channel_id, link=link[:_LINK], name=name and name[:64], joins=1, created_at=now
        )
        await session.execute(
            row.on_conflict_do_update(
                index_elements=[ChannelInvite.channel_id, ChannelInvite.link],
                set_={"joins": ChannelInvite.joins + 1},
            )
        )


async def invites(session: AsyncSession, product_id: uuid.UUID, limit: int = 5) -> list[Invite]:
    """Return the invitations of a product's channels by which the most came, the newest first of equals."""
    rows = await session.execute(
        select(ChannelInvite, Content.number)
        .join(Channel, Channel.id == ChannelInvite.channel_id)
        .outerjoin(Publication, Publication.id == ChannelInvite.publication_id)
        .outerjoin(Content, Content.id == Publication.content_id)
        .where(Channel.product_id == product_id, ~ChannelInvite.link.startswith(inviting.PLACEHOLDER))
        .order_by(ChannelInvite.joins.desc(), ChannelInvite.created_at.desc())
        .limit(limit)
    )
    return [Invite(row.link, row.name, number, row.joins) for row, number in rows]


def _begin(now: datetime) -> datetime:
    return now - timedelta(seconds=now.timestamp() % _SPAN.total_seconds())
