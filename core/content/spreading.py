"""When do drafts that were approved together go out? One after another in the next free slots, each on its day."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import batch
from core.content.models import Content, ContentMark
from core.errors import NexusError, Stale
from core.publications import scheduling
from core.publications.models import Publication, PublicationStatus
from core.publications.scheduling import NextFree, Optimal
from core.publications.slots import DEFAULT_HOURS, wall_clock

_DAYS_LATER = 14  # how far a post may move from a day that is full


@dataclass(frozen=True, slots=True)
class Planned:
    """A draft that got a time, or why it got none."""

    content_id: uuid.UUID
    number: int
    at: datetime | None = None
    refusal: NexusError | None = None


async def spread(
    session: AsyncSession, chat_id: int, *, digest: int, now: datetime, zone: tzinfo
) -> list[Planned]:
    """Plan what was approved together, in the order the days want, then by number. Raises ``Stale`` on a second tap.

    What has a time already keeps it; what cannot be planned is returned with the reason and keeps nothing from others.
    """
    marks = await batch.ticked(session, chat_id, approved=True)
    if not marks.versions or marks.digest != digest:
        raise Stale("these drafts have been planned already")
    rows = await session.scalars(select(Content).where(Content.id.in_(marks.versions)))
    ordered = sorted(rows, key=lambda row: (row.wanted_on or date.max, row.number))
    planned = [await _plan(session, row, marks.versions[row.id], now, zone) for row in ordered]
    await session.execute(
        delete(ContentMark).where(ContentMark.chat_id == chat_id, ContentMark.approved.is_(True))
    )
    return planned


async def _plan(session: AsyncSession, row: Content, version: int, now: datetime, zone: tzinfo) -> Planned:
    waiting = await session.scalars(
        select(Publication.scheduled_at).where(
            Publication.content_id == row.id, Publication.status == PublicationStatus.SCHEDULED
        )
    )
    times: Sequence[datetime] = waiting.all()
    if times:
        return Planned(row.id, row.number, min(times))
    wished = _wished(row.wanted_on, zone) if row.wanted_on else ()
    try:
        publications = await scheduling.schedule(
            session,
            content_id=row.id,
            version=version,
            when=Optimal(wished) if wished else NextFree(),
            now=now,
        )
    except NexusError as refusal:
        # Raised before anything is written for this draft; the others are planned all the same.
        return Planned(row.id, row.number, refusal=refusal)
    return Planned(row.id, row.number, min(item.scheduled_at for item in publications))


def _wished(day: date, zone: tzinfo) -> tuple[datetime, ...]:
    """The default hours of the wanted day, then of the days after it: never before the day it was meant for."""
    return tuple(
        wall_clock(day + timedelta(days=later), hour, zone)
        for later in range(_DAYS_LATER)
        for hour in DEFAULT_HOURS
    )
