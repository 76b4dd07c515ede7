"""What does a draft's card show? One read model, loaded in one place."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel, ChannelStatus
from core.content import forms, service
from core.content.models import Content, ContentStatus, ContentVersion
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
    off: bool = False  # the post is not meant for it
    own_text: bool = False  # says something else than the common text
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
    approval_expires_at: datetime | None = None
    origin: Mapping[str, str] | None = None  # of a forwarded post: name, url
    wanted_on: date | None = None

    @property
    def approved(self) -> bool:
        """True when the version shown is the one that was approved."""
        return self.approved_version == self.version

    @property
    def outlets(self) -> tuple[CardChannel, ...]:
        """The channels the post is meant for."""
        return tuple(channel for channel in self.channels if not channel.off)

    @property
    def blocked(self) -> bool:
        """True when some channel it is meant for would refuse the post as it is."""
        return any(channel.rendering.blocked for channel in self.outlets)


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
                content,
                newest,
            )
            for channel in channels
            if channel.platform in platforms
        ),
        approval_expires_at=content.approval_expires_at,
        origin=content.origin,
        wanted_on=content.wanted_on,
    )


async def as_it_was(
    session: AsyncSession, content: Content, version: ContentVersion, platforms: Mapping[str, Platform]
) -> Rendering | None:
    """Render an earlier version as the first channel it was meant for would have shown it; None without a platform."""
    off = forms.switched_off(version.adapted)
    channels = await session.scalars(
        select(Channel)
        .where(Channel.product_id == content.product_id, Channel.status != ChannelStatus.DISCONNECTED)
        .order_by(Channel.platform)
    )
    for channel in channels:
        if channel.platform in platforms and channel.platform not in off:
            return render(version, platforms[channel.platform], channel.settings)
    stand_in = platforms.get("telegram")
    return render(version, stand_in, {}) if stand_in else None


def _channel(
    channel: Channel, platform: Platform, content: Content, newest: Mapping[uuid.UUID, Publication]
) -> CardChannel:
    bare = CardChannel(
        channel_id=channel.id,
        platform=channel.platform,
        platform_title=platform.title,
        name=channel.platform_name or platform.title,
        usable=channel.status == ChannelStatus.ACTIVE,
        rendering=render(content, platform, channel.settings),
        off=platform.slug in forms.switched_off(content.adapted),
        own_text=forms.has_own_text(content.adapted, platform.slug, content.original_text),
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
