"""What is counted of publications? How each came to rest, how late it was, and what became of every call."""

import re
import uuid
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel
from core.metrics import meters
from core.metrics.counting import once_committed
from core.publications.models import Publication
from core.publications.outcomes import Outcome

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def published(session: AsyncSession, platform: str, due: datetime | None, now: datetime) -> None:
    """Count one that is out, ``due`` then and out ``now``."""
    late = max((now - due).total_seconds(), 0.0) if due is not None else 0.0

    def count() -> None:
        meters.PUBLICATIONS.labels(platform, "published").inc()
        meters.LATENESS.labels(platform).observe(late)

    once_committed(session, count)


def call(platform: str, outcome: Outcome) -> None:
    """Count what became of one call: confirmed, refused, unknown, wait, …"""
    meters.ATTEMPTS.labels(platform, _WORD.sub("_", type(outcome).__name__).lower()).inc()


async def rested(session: AsyncSession, publication: Publication, outcome: str, now: datetime) -> None:
    """Count one that came to rest as ``outcome``, a ``PublicationStatus``."""
    platform = await _platform(session, publication.channel_id)
    if outcome == "published":
        published(session, platform, publication.scheduled_at, now)
    else:
        once_committed(session, partial(_add, platform, outcome))


def _add(platform: str, outcome: str) -> None:
    meters.PUBLICATIONS.labels(platform, outcome).inc()


async def _platform(session: AsyncSession, channel_id: uuid.UUID) -> str:
    return await session.scalar(select(Channel.platform).where(Channel.id == channel_id)) or "unknown"
