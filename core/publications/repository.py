"""Which questions are asked of the publications tables? Guards live here, in SQL, so that two at once cannot both win."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Interval, Row, and_, case, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel, ChannelStatus
from core.content.models import Content
from core.db.base import UtcDateTime
from core.errors import NotFound
from core.platforms.base import Sent
from core.products.models import Product
from core.publications.models import (
    AttemptState,
    LatePolicy,
    Publication,
    PublicationAttempt,
    PublicationStatus,
)
from core.publications.slots import Taken

LIVE = (PublicationStatus.SCHEDULED, PublicationStatus.PUBLISHING, PublicationStatus.UNCERTAIN)
_OUT = (*LIVE, PublicationStatus.PUBLISHED)
_due = func.coalesce(Publication.next_attempt_at, Publication.scheduled_at)
_TOUCHED = (AttemptState.CONFIRMED, AttemptState.UNKNOWN, AttemptState.STARTED)


def is_open() -> ColumnElement[bool]:
    """Tell whether nothing holds the publication's queue: product and channel are in use and not paused."""
    return and_(
        Channel.status == ChannelStatus.ACTIVE, Product.paused_at.is_(None), Product.archived_at.is_(None)
    )


def is_late(now: datetime) -> ColumnElement[bool]:
    """Tell whether so much time has passed that the late policy decides.

    Counted from the due time, which a back-off or the owner's "publish all the same" moves. A post that is partly
    out, or may be out, is never late: it has to be finished or cleared up instead.
    """
    grace = func.make_interval(0, 0, 0, 0, 0, 0, Publication.late_after_seconds, type_=Interval)
    return and_(
        Publication.late_policy != LatePolicy.PUBLISH,
        func.greatest(_due, Publication.late_accepted_at) + grace < literal(now, UtcDateTime()),
        _untouched(),
    )


def _untouched() -> ColumnElement[bool]:
    """Tell whether no part of the publication is out or may be out.

    A subquery with a limit is answered for each row through the ledger's key. NOT EXISTS would be as right, but
    PostgreSQL may turn it into a hash of the whole ledger.
    """
    attempt = (
        select(PublicationAttempt.id)
        .where(PublicationAttempt.publication_id == Publication.id, PublicationAttempt.state.in_(_TOUCHED))
        .limit(1)
    )
    return attempt.scalar_subquery().is_(None)


async def get(session: AsyncSession, publication_id: uuid.UUID) -> Publication:
    """Return the publication. Raises ``NotFound``."""
    publication = await session.get(Publication, publication_id)
    if publication is None:
        raise NotFound("there is no such publication", publication_id=publication_id)
    return publication


async def lock_due(
    session: AsyncSession, publication_id: uuid.UUID, now: datetime
) -> Row[Publication, Content, Channel] | None:
    """Lock the publication if it may be sent now; None when it may not, or somebody else holds it."""
    query = (
        select(Publication, Content, Channel)
        .join(Content, Content.id == Publication.content_id)
        .join(Channel, Channel.id == Publication.channel_id)
        .join(Product, Product.id == Channel.product_id)
        .where(
            Publication.id == publication_id,
            Publication.status == PublicationStatus.SCHEDULED,
            _due <= now,
            is_open(),
            ~is_late(now),
        )
        .with_for_update(of=Publication, skip_locked=True)
    )
    return (await session.execute(query)).one_or_none()


async def channel_if_due(session: AsyncSession, publication_id: uuid.UUID, now: datetime) -> uuid.UUID | None:
    """Return the channel of a publication that waits and is due."""
    return await session.scalar(
        select(Publication.channel_id).where(
            Publication.id == publication_id,
            Publication.status == PublicationStatus.SCHEDULED,
            _due <= now,
        )
    )


async def lock_held(session: AsyncSession, publication_id: uuid.UUID, token: str) -> Publication | None:
    """Lock the publication if the claim called ``token`` still holds it."""
    query = select(Publication).where(
        Publication.id == publication_id,
        Publication.status == PublicationStatus.PUBLISHING,
        Publication.lease_owner == token,
    )
    return await session.scalar(query.with_for_update().execution_options(populate_existing=True))


async def lock_in(
    session: AsyncSession, publication_id: uuid.UUID, statuses: Collection[PublicationStatus]
) -> Publication | None:
    """Lock the publication if it is in one of ``statuses``; waits for whoever holds it."""
    query = select(Publication).where(Publication.id == publication_id, Publication.status.in_(statuses))
    return await session.scalar(query.with_for_update().execution_options(populate_existing=True))


async def renew(session: AsyncSession, publication_id: uuid.UUID, token: str, lease_until: datetime) -> bool:
    """Extend the lease; False when it was lost."""
    renewed = await session.scalar(
        update(Publication)
        .where(
            Publication.id == publication_id,
            Publication.status == PublicationStatus.PUBLISHING,
            Publication.lease_owner == token,
        )
        .values(lease_until=lease_until)
        .returning(Publication.id)
    )
    return renewed is not None


async def move(
    session: AsyncSession,
    publication_id: uuid.UUID,
    from_: Collection[PublicationStatus],
    *conditions: ColumnElement[bool],
    **values: Any,
) -> Publication | None:
    """Change the publication if it is still in one of ``from_``; None when it is not, and nothing was changed."""
    return await session.scalar(
        update(Publication)
        .where(Publication.id == publication_id, Publication.status.in_(from_), *conditions)
        .values(**values)
        .returning(Publication)
        .execution_options(populate_existing=True)
    )


async def attempts_of(session: AsyncSession, publication_id: uuid.UUID) -> list[PublicationAttempt]:
    """Return the ledger of a publication in order of part and attempt."""
    query = (
        select(PublicationAttempt)
        .where(PublicationAttempt.publication_id == publication_id)
        .order_by(PublicationAttempt.part, PublicationAttempt.attempt)
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query))


async def sent_parts(session: AsyncSession, publication_id: uuid.UUID) -> dict[int, Sent]:
    """Return what is confirmed, by part."""
    return {
        attempt.part: Sent(tuple(str(post_id) for post_id in attempt.post_ids or ()), attempt.post_url)
        for attempt in await attempts_of(session, publication_id)
        if attempt.state == AttemptState.CONFIRMED
    }


async def settle_attempts(
    session: AsyncSession,
    publication_id: uuid.UUID,
    from_: Collection[AttemptState],
    *conditions: ColumnElement[bool],
    **values: Any,
) -> int:
    """Record the outcome of the publication's attempts that are in one of ``from_``; return how many."""
    settled = await session.scalars(
        update(PublicationAttempt)
        .where(
            PublicationAttempt.publication_id == publication_id,
            PublicationAttempt.state.in_(from_),
            *conditions,
        )
        .values(**values)
        .returning(PublicationAttempt.id)
        .execution_options(synchronize_session=False)
    )
    return len(settled.all())


async def lock_product(session: AsyncSession, product_id: uuid.UUID) -> Product | None:
    """Lock a product's calendar: whoever plans a post for it waits here. Rows that refer to it are not held up."""
    query = select(Product).where(Product.id == product_id).with_for_update(key_share=True)
    return await session.scalar(query.execution_options(populate_existing=True))


async def product_of(session: AsyncSession, publication_id: uuid.UUID) -> uuid.UUID | None:
    """Return which product a publication belongs to."""
    return await session.scalar(
        select(Channel.product_id)
        .join(Publication, Publication.channel_id == Channel.id)
        .where(Publication.id == publication_id)
    )


async def in_product_order(session: AsyncSession, ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Return those of ``ids`` that exist, in the order in which several of them are to be locked."""
    query = (
        select(Publication.id)
        .join(Channel, Channel.id == Publication.channel_id)
        .where(Publication.id.in_(ids))
        .order_by(Channel.product_id, Publication.content_id, Publication.id)
    )
    return list(await session.scalars(query))


async def live_of(
    session: AsyncSession, content_id: uuid.UUID, channel_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Publication]:
    """Return the live publications of a content by channel, those made by NEXUS before those written by hand."""
    query = (
        select(Publication)
        .where(
            Publication.content_id == content_id,
            Publication.channel_id.in_(channel_ids),
            Publication.status.in_(LIVE),
        )
        .order_by(Publication.content_version.is_(None).desc(), (Publication.mode == "hand").desc())
        .execution_options(populate_existing=True)
    )
    # Later rows win, so hand-written ones come first in the order.
    return {publication.channel_id: publication for publication in await session.scalars(query)}


async def is_touched(session: AsyncSession, publication_id: uuid.UUID) -> bool:
    """Tell whether a part of the publication is out or may be out."""
    found = await session.scalar(
        select(PublicationAttempt.id)
        .where(PublicationAttempt.publication_id == publication_id, PublicationAttempt.state.in_(_TOUCHED))
        .limit(1)
    )
    return found is not None


async def has_live(session: AsyncSession, publication: Publication) -> bool:
    """Tell whether another publication of the same content on the same channel is live."""
    found = await session.scalar(
        select(Publication.id)
        .where(
            Publication.content_id == publication.content_id,
            Publication.channel_id == publication.channel_id,
            Publication.id != publication.id,
            Publication.status.in_(LIVE),
            Publication.content_version.is_not(None),
            Publication.mode != "hand",
        )
        .limit(1)
    )
    return found is not None


async def taken(
    session: AsyncSession, product_id: uuid.UUID, since: datetime, *, but: uuid.UUID | None = None
) -> list[Taken]:
    """Return when the product's contents (all but ``but``) are or will be out, from ``since`` on."""
    moment = func.coalesce(Publication.published_at, Publication.scheduled_at)
    query = (
        select(Publication.content_id, moment.label("moment"))
        .join(Channel, Channel.id == Publication.channel_id)
        .where(Channel.product_id == product_id, Publication.status.in_(_OUT), moment >= since)
        .distinct()
    )
    if but is not None:
        query = query.where(Publication.content_id != but)
    return [Taken(row.content_id, row.moment) for row in await session.execute(query)]


def _priority() -> ColumnElement[int]:
    return case({"high": 0, "low": 2}, value=Publication.priority, else_=1)


async def lock_to_nudge(
    session: AsyncSession, now: datetime, nudged_before: datetime, limit: int
) -> list[Publication]:
    """Lock the due publications that nobody was lately asked to send, the most urgent first."""
    query = (
        select(Publication)
        .join(Channel, Channel.id == Publication.channel_id)
        .join(Product, Product.id == Channel.product_id)
        .where(
            Publication.status == PublicationStatus.SCHEDULED,
            _due <= now,
            or_(Publication.nudged_at.is_(None), Publication.nudged_at <= nudged_before),
            is_open(),
            ~is_late(now),
        )
        .order_by(_priority(), _due, Publication.id)
        .limit(limit)
        .with_for_update(of=Publication, skip_locked=True)
    )
    return list(await session.scalars(query))


async def overdue(session: AsyncSession, due_before: datetime, now: datetime, limit: int) -> list[uuid.UUID]:
    """Return the publications that nobody has sent though they were due before ``due_before``, the most urgent first."""
    query = (
        select(Publication.id)
        .join(Channel, Channel.id == Publication.channel_id)
        .join(Product, Product.id == Channel.product_id)
        .where(
            Publication.status == PublicationStatus.SCHEDULED,
            _due <= due_before,
            is_open(),
            ~is_late(now),
        )
        .order_by(_priority(), _due, Publication.id)
        .limit(limit)
    )
    return list(await session.scalars(query))


async def lock_late(session: AsyncSession, now: datetime, limit: int) -> list[Publication]:
    """Lock the publications whose late policy now decides, in the order they were due."""
    query = (
        select(Publication)
        .join(Channel, Channel.id == Publication.channel_id)
        .join(Product, Product.id == Channel.product_id)
        .where(Publication.status == PublicationStatus.SCHEDULED, _due <= now, is_open(), is_late(now))
        .order_by(_due, Publication.id)
        .limit(limit)
        .with_for_update(of=Publication, skip_locked=True)
    )
    return list(await session.scalars(query))


async def lock_expired(session: AsyncSession, now: datetime, limit: int) -> list[Publication]:
    """Lock the publications whose worker has not renewed its lease."""
    query = (
        select(Publication)
        .where(
            Publication.status == PublicationStatus.PUBLISHING,
            or_(Publication.lease_until.is_(None), Publication.lease_until < now),
        )
        .order_by(Publication.lease_until)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(await session.scalars(query))


async def repin(session: AsyncSession, content_id: uuid.UUID, version: int) -> int:
    """Let the content's waiting, untouched publications made by NEXUS carry ``version``; return how many."""
    repinned = await session.scalars(
        update(Publication)
        .where(
            Publication.content_id == content_id,
            Publication.status == PublicationStatus.SCHEDULED,
            Publication.content_version.is_not(None),
            Publication.content_version != version,
            Publication.mode != "hand",
            _untouched(),
        )
        .values(content_version=version, parts=None)
        .returning(Publication.id)
        .execution_options(synchronize_session=False)
    )
    return len(repinned.all())
