"""What does a draft's card show? One read model, loaded in one place."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel, ChannelStatus
from core.content import service
from core.content.models import ContentStatus
from core.content.rendering import media_of, render
from core.platforms.base import MediaItem, Platform, Rendering
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus


@dataclass(frozen=True, slots=True)
class CardChannel:
    """One channel on the card: how the content looks there, and what became of it."""

    channel_id: uuid.UUID
    platform: str
    platform_title: str
    name: str
    usable: bool  # active, not waiting for Reconnect
    rendering: Rendering
    publication_id: uuid.UUID | None = None
    publication_status: PublicationStatus | None = None
    publication_mode: str | None = None  # now, at, optimal
    scheduled_at: datetime | None = None
    published_at: datetime | None = None
    url: str | None = None
    error_message: str | None = None


@dataclass(frozen=True, slots=True)
class CardView:
    """Everything a card needs, free of the database."""

    content_id: uuid.UUID
    number: int
    product_id: uuid.UUID
    product_name: str
    status: ContentStatus
    version: int
    approved_version: int | None
    made_by: str  # owner, ai, template
    ai_model: str | None
    text: str
    idea: str | None
    media: tuple[MediaItem, ...]
    channels: tuple[CardChannel, ...]

    @property
    def approved(self) -> bool:
        """True when the version shown is the one that was approved."""
        return self.approved_version == self.version

    @property
    def blocked(self) -> bool:
        """True when some channel would refuse the post as it is."""
        return any(channel.rendering.blocked for channel in self.channels)


async def card(session: AsyncSession, content_id: uuid.UUID, platforms: Mapping[str, Platform]) -> CardView:
    """Load the card of a content. Raises ``NotFound``."""
    content = await service.get(session, content_id)
    product = await session.get_one(Product, content.product_id)
    channels = await session.scalars(
        select(Channel)
        .where(Channel.product_id == product.id, Channel.status != ChannelStatus.DISCONNECTED)
        .order_by(Channel.platform)
    )
    newest: dict[uuid.UUID, Publication] = {}
    rows = await session.scalars(
        select(Publication)
        .where(Publication.content_id == content_id)
        .order_by(Publication.created_at, Publication.id)
    )
    for publication in rows:
        newest[publication.channel_id] = publication
    return CardView(
        content_id=content.id,
        number=content.number,
        product_id=product.id,
        product_name=product.name,
        status=ContentStatus(content.status),
        version=content.version,
        approved_version=content.approved_version,
        made_by=content.made_by,
        ai_model=content.ai_model,
        text=content.original_text,
        idea=content.idea,
        media=media_of(content),
        channels=tuple(
            _channel(
                channel,
                platforms[channel.platform],
                render(content, platforms[channel.platform], channel.settings),
                newest,
            )
            for channel in channels
            if channel.platform in platforms
        ),
    )


def _channel(
    channel: Channel, platform: Platform, rendering: Rendering, newest: Mapping[uuid.UUID, Publication]
) -> CardChannel:
    bare = CardChannel(
        channel_id=channel.id,
        platform=channel.platform,
        platform_title=platform.title,
        name=channel.platform_name or platform.title,
        usable=channel.status == ChannelStatus.ACTIVE,
        rendering=rendering,
    )
    publication = newest.get(channel.id)
    if publication is None:
        return bare
    return replace(
        bare,
        publication_id=publication.id,
        publication_status=PublicationStatus(publication.status),
        publication_mode=publication.mode,
        scheduled_at=publication.scheduled_at,
        published_at=publication.published_at,
        url=publication.platform_url,
        error_message=publication.error_message,
    )
