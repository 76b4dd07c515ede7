"""How does the story of the trial run get into the database? Once, in one transaction, through the services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics.models import DailyStat
from core.channels import service as channels
from core.channels.models import Channel
from core.content import service as content_service
from core.content.models import ContentStatus
from core.demo import past, story
from core.ids import new_id
from core.products import service as products
from core.publications import scheduling
from core.publications.models import Publication, PublicationStatus
from core.security.keyring import Keyring
from core.templates.models import Template
from core.text.when import wall


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a post of the past stands in the channel."""

    post_id: int
    url: str
    at: datetime


async def seed(
    session: AsyncSession,
    keyring: Keyring,
    *,
    credentials: dict[str, Any],
    posted: Sequence[Posted],
    now: datetime,
) -> bool:
    """Add the demo product with its channel, template and posts. False when it is there already.

    ``posted`` says for each of ``past.PAST`` where it stands.
    """
    if await products.by_slug(session, story.SLUG) is not None:
        return False
    product = await products.create(
        session, name=story.NAME, slug=story.SLUG, description=story.DESCRIPTION, brand_voice=story.VOICE
    )
    channel = await channels.connect(
        session,
        keyring,
        product_id=product.id,
        platform="telegram",
        platform_name=f"@{story.CHANNEL_NAME}",
        credentials=credentials,
    )
    session.add(Template(id=new_id(), product_id=product.id, platforms=["telegram"], **story.TEMPLATE))
    for told, place in zip(past.PAST, posted, strict=True):
        content = await content_service.create_draft(
            session, product_id=product.id, text=told.text, content_type=told.kind
        )
        content.created_at = place.at - timedelta(hours=1)
        content.status, content.approved_version, content.approved_at = (
            ContentStatus.PUBLISHED, content.version, place.at - timedelta(minutes=30),
        )  # fmt: skip
        session.add(
            Publication(
                id=new_id(),
                content_id=content.id,
                channel_id=channel.id,
                status=PublicationStatus.PUBLISHED,
                content_version=content.version,
                scheduled_at=place.at,
                published_at=place.at,
                platform_post_id=str(place.post_id),
                platform_url=place.url,
                # Reactions are all that Telegram tells a bot about a channel's post; it gives no views.
                metrics={"likes": told.likes, "engagements": told.likes, "collected_at": now.isoformat()},
            )
        )
    channel.last_used_at = posted[-1].at
    _count_followers(session, channel, now)
    await _ahead(session, product.id, now)
    return True


def _count_followers(session: AsyncSession, channel: Channel, now: datetime) -> None:
    """Say how the channel grew, a row a day."""
    today = wall.today(now, past.ZONE)
    for ago in range(past.FOLLOWERS[0][0] - 1, 0, -1):
        start, end = past.followers(ago + 1), past.followers(ago)
        of_day = [told.likes for told in past.PAST if told.days == ago]
        session.add(
            DailyStat(
                id=new_id(), product_id=channel.product_id, channel_id=channel.id, date=today - timedelta(days=ago),
                posts_count=len(of_day), total_likes=sum(of_day), total_engagements=sum(of_day),
                followers_start=start, followers_end=end, followers_change=end - start,
            )
        )  # fmt: skip


async def _ahead(session: AsyncSession, product_id: Any, now: datetime) -> None:
    """One draft to look at, one approved post for tomorrow."""
    kind, text = story.DRAFT
    await content_service.create_draft(session, product_id=product_id, text=text, content_type=kind)
    kind, text = story.SCHEDULED
    tomorrow = await content_service.create_draft(
        session, product_id=product_id, text=text, content_type=kind
    )
    await content_service.approve(session, tomorrow.id, version=tomorrow.version, now=now)
    await scheduling.schedule(
        session,
        content_id=tomorrow.id,
        version=tomorrow.version,
        when=scheduling.At((now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)),
        now=now,
    )
