"""What waits in this installation, and which of its parts live? Asked of the database and Redis when somebody looks."""

from dataclasses import dataclass, field
from datetime import datetime

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel
from core.events.models import Event
from core.jobs.streams import STREAMS
from core.notifications.models import Notification, NotificationStatus
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus
from core.settings import heartbeats

log = structlog.get_logger(__name__)

_COUNTED = 100_000  # rows; whoever has more waiting need not know how many more
_REDIS_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database knows. ``oldest_due`` is when the longest waiting publication was due."""

    due: int
    oldest_due: datetime | None
    events: int
    news: int
    channels: dict[str, int] = field(default_factory=dict)
    beats: dict[str, datetime] = field(default_factory=dict)


async def look(session: AsyncSession, now: datetime) -> Standing:
    """Look at what waits. Everything is read from indexes that hold only what waits."""
    when = func.coalesce(Publication.next_attempt_at, Publication.scheduled_at)
    due = (
        select(when.label("at"))
        .where(Publication.status == PublicationStatus.SCHEDULED, when <= now)
        .limit(_COUNTED)
        .subquery()
    )
    count, oldest = (await session.execute(select(func.count(), func.min(due.c.at)).select_from(due))).one()
    events = select(Event.id).where(Event.processed.is_(False)).limit(_COUNTED).subquery()
    news = (
        select(Notification.id)
        .where(Notification.status == NotificationStatus.PENDING, Notification.not_before <= now)
        .limit(_COUNTED)
        .subquery()
    )
    channels = await session.execute(
        select(Channel.status, func.count())
        .join(Product, Product.id == Channel.product_id)
        .where(Product.archived_at.is_(None))
        .group_by(Channel.status)
    )
    return Standing(
        due=count,
        oldest_due=oldest,
        events=await session.scalar(select(func.count()).select_from(events)) or 0,
        news=await session.scalar(select(func.count()).select_from(news)) or 0,
        channels={str(row[0]): row[1] for row in channels},
        beats=await heartbeats.every(session),
    )


async def queue_depths(url: str) -> dict[str, int] | None:
    """Return how many jobs each stream holds, waiting or being done, by priority; None when Redis does not answer."""
    client = Redis.from_url(
        url, socket_connect_timeout=_REDIS_SECONDS, socket_timeout=_REDIS_SECONDS, retry=Retry(NoBackoff(), 0)
    )
    try:
        return {str(priority): int(await client.xlen(stream)) for priority, stream in STREAMS.items()}
    except (RedisError, OSError, TimeoutError, ValueError) as error:
        log.info("queue_depth_unknown", reason=type(error).__name__)
        return None
    finally:
        await client.aclose()
