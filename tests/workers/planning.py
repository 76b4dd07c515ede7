"""How do tests get due posts without planning them one by one? Rows as the services would leave them."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel
from core.content.models import Content
from core.ids import new_id
from core.products import service as products
from core.publications.models import Publication
from core.security.keyring import Keyring


async def add_channel(
    session: AsyncSession, keyring: Keyring, platform: str, credentials: Mapping[str, Any]
) -> Channel:
    """Add a product with one channel."""
    product = await products.create(session, name="Shop")
    channel_id = new_id()
    channel = Channel(
        id=channel_id,
        product_id=product.id,
        platform=platform,
        credentials=dict(keyring.seal_json(credentials, "channels", str(channel_id), "credentials")),
        settings={},
    )
    session.add(channel)
    await session.flush()
    return channel


async def add_posts(
    session: AsyncSession, channel: Channel, texts: Iterable[str], due: datetime
) -> dict[uuid.UUID, str]:
    """Add approved posts that are due at ``due``; return their publications' ids and texts."""
    planned: dict[uuid.UUID, str] = {}
    for text in texts:
        content = Content(
            id=new_id(),
            product_id=channel.product_id,
            original_text=text,
            status="ready",
            version=1,
            approved_version=1,
            approved_at=due,
            approval_expires_at=due + timedelta(days=7),
        )
        session.add(content)
        await session.flush()
        publication = Publication(
            id=new_id(), content_id=content.id, channel_id=channel.id, scheduled_at=due, content_version=1
        )
        session.add(publication)
        planned[publication.id] = text
    await session.flush()
    return planned
