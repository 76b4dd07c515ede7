"""What does the owner see of channels? The list, and one with its product and what waits for it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel, ChannelStatus
from core.errors import NotFound
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel with what surrounds it; ``changed_at`` guards the buttons that may count once."""

    channel_id: uuid.UUID
    product_id: uuid.UUID
    product_name: str
    platform: str
    name: str
    status: ChannelStatus
    last_used_at: datetime | None
    error: str | None
    settings: dict[str, Any]
    waiting: int
    changed_at: datetime
    product_archived: bool = False


async def list_page(
    session: AsyncSession, *, product_id: uuid.UUID | None = None, offset: int = 0, limit: int = 8
) -> tuple[list[ChannelView], int]:
    """Return a page of the channels of all products in use (or of one), by product and platform, and their number."""
    wanted: list[ColumnElement[bool]] = [Product.archived_at.is_(None)]
    if product_id is not None:
        wanted.append(Channel.product_id == product_id)
    base = select(Channel.id).join(Product, Product.id == Channel.product_id).where(*wanted)
    total = await session.scalar(base.with_only_columns(func.count())) or 0
    order = (Product.created_at, Product.id, Channel.platform)
    rows = await session.execute(_select().where(*wanted).order_by(*order).offset(offset).limit(limit))
    return [_view(row) for row in rows], total


async def details(session: AsyncSession, channel_id: uuid.UUID) -> ChannelView:
    """Return one channel. Raises ``NotFound``."""
    row = (await session.execute(_select().where(Channel.id == channel_id))).one_or_none()
    if row is None:
        raise NotFound("there is no such channel", channel_id=channel_id)
    return _view(row)


async def waiting(session: AsyncSession, channel_id: uuid.UUID) -> int:
    """Return how many publications wait for the channel."""
    query = select(func.count()).where(
        Publication.channel_id == channel_id, Publication.status == PublicationStatus.SCHEDULED
    )
    return await session.scalar(query) or 0


def _select() -> Select[Any]:
    waiting = (
        select(func.count())
        .select_from(Publication)
        .where(Publication.channel_id == Channel.id, Publication.status == PublicationStatus.SCHEDULED)
        .correlate(Channel)
        .scalar_subquery()
    )
    return select(Channel, Product, waiting.label("waiting")).join(Product, Product.id == Channel.product_id)


def _view(row: Any) -> ChannelView:
    channel: Channel = row.Channel
    product: Product = row.Product
    return ChannelView(
        channel_id=channel.id,
        product_id=product.id,
        product_name=product.name,
        platform=channel.platform,
        name=channel.platform_name or channel.platform,
        status=ChannelStatus(channel.status),
        last_used_at=channel.last_used_at,
        error=channel.error_message,
        settings=dict(channel.settings),
        waiting=row.waiting,
        changed_at=channel.updated_at,
        product_archived=product.archived_at is not None,
    )
