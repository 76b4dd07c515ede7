"""Can two posts change places? Those that wait on the same channel, untouched and still ahead."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.content.models import Content
from core.errors import Stale
from core.publications import calendar, repository, scheduling
from core.publications.models import Publication, PublicationStatus

_EXCERPT = 120  # characters


@dataclass(frozen=True, slots=True)
class Place:
    """A post to change places with."""

    number: int
    excerpt: str
    scheduled_at: datetime


async def candidates(
    session: AsyncSession, publication_id: uuid.UUID, *, now: datetime, offset: int = 0, limit: int = 8
) -> tuple[list[Place], int]:
    """Return a page of the posts that ``publication_id`` may change places with, as they are due, and how many."""
    publication = await repository.get(session, publication_id)
    found = (
        select(Content.number, func.left(Content.original_text, _EXCERPT).label("excerpt"), Publication.scheduled_at)
        .join(Publication, Publication.content_id == Content.id)
        .where(
            Publication.channel_id == publication.channel_id,
            Publication.content_id != publication.content_id,
            *_movable(now),
        )
    )  # fmt: skip
    total = await session.scalar(found.with_only_columns(func.count())) or 0
    page = found.order_by(Publication.scheduled_at, Publication.id).offset(offset).limit(limit)
    rows = await session.execute(page)
    return [Place(row.number, row.excerpt, row.scheduled_at) for row in rows], total


async def swap(
    session: AsyncSession, publication_id: uuid.UUID, number: int, *, shown_at: datetime, now: datetime
) -> Publication:
    """Exchange the times with the post called ``number``; ``shown_at`` is the time that was shown, to the second.

    Both times are taken already, so no rule is asked. Raises ``Stale`` when either has moved on: two taps are one
    exchange.
    """
    await scheduling.lock_content_of(session, publication_id)
    one = await repository.lock_in(session, publication_id, [PublicationStatus.SCHEDULED])
    if one is None or one.scheduled_at.replace(microsecond=0) != shown_at:
        raise Stale("this publication has been moved since", publication_id=publication_id)
    query = (
        select(Publication)
        .join(Content, Content.id == Publication.content_id)
        .where(Publication.channel_id == one.channel_id, Publication.id != one.id, Content.number == number)
        .where(*_movable(now))
        .with_for_update(of=Publication)
        .execution_options(populate_existing=True)
    )
    other = (await session.scalars(query.limit(1))).first()
    touched = await repository.is_touched(session, one.id)
    if other is None or touched or one.scheduled_at <= now:
        raise Stale("these two cannot change places any more", publication_id=publication_id)
    book = await calendar.load(session, await _product(session, one), now)
    for publication, moment in ((one, other.scheduled_at), (other, one.scheduled_at)):
        await repository.move(
            session, publication.id, [PublicationStatus.SCHEDULED],
            scheduled_at=moment, next_attempt_at=None, nudged_at=None, retry_count=0, mode=_mode(publication),
            quiet_accepted=book.is_quiet(moment), error_code=None, error_message=None,
        )  # fmt: skip
    return one


def _mode(publication: Publication) -> str:
    return "hand" if publication.mode == "hand" else "at"


async def _product(session: AsyncSession, publication: Publication) -> uuid.UUID:
    owners = await repository.channels_of(session, [publication])
    return owners[publication.channel_id][0]


def _movable(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Publication.status == PublicationStatus.SCHEDULED,
        Publication.scheduled_at > now,
        repository.untouched(),
    )
