"""Which questions are asked of the publications tables? Guards live here, in SQL, so that two at once cannot both win."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
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

LIVE = (PublicationStatus.SCHEDULED, PublicationStatus.PUBLISHING, PublicationStatus.UNCERTAIN)
_due = func.coalesce(Publication.next_attempt_at, Publication.scheduled_at)
# A post due at the last moment before quiet hours begin may take this long to be picked up.
QUIET_SLACK = timedelta(minutes=2)
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
        untouched(),
    )


def is_hushed(now: datetime, quiet_since: datetime) -> ColumnElement[bool]:
    """Tell whether the quiet hours that began at ``quiet_since`` hold the publication back at ``now``.

    What was due just before them still goes out; so does what the owner wants all the same, and a post that is partly
    out or may be out has to be finished or cleared up.
    """
    in_time = and_(_due < quiet_since, _due > now - QUIET_SLACK)
    return and_(Publication.quiet_accepted.is_(False), ~in_time, untouched())


def untouched() -> ColumnElement[bool]:
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


def of_products(product_ids: Sequence[uuid.UUID]) -> ColumnElement[bool]:
    """Tell whether a publication's channel belongs to one of the products."""
    return Channel.product_id.in_(product_ids)


async def get(session: AsyncSession, publication_id: uuid.UUID) -> Publication:
    """Return the publication. Raises ``NotFound``."""
    publication = await session.get(Publication, publication_id)
    if publication is None:
        raise NotFound("there is no such publication", publication_id=publication_id)
    return publication


async def lock_due(
    session: AsyncSession, ids: Collection[uuid.UUID], now: datetime, *conditions: ColumnElement[bool]
) -> Sequence[Row[Publication, Content, Channel]]:
    """Lock those publications that may be sent now and that nobody else holds."""
    query = (
        select(Publication, Content, Channel)
        .join(Content, Content.id == Publication.content_id)
        .join(Channel, Channel.id == Publication.channel_id)
        .join(Product, Product.id == Channel.product_id)
        .where(
            Publication.id.in_(ids),
            Publication.status == PublicationStatus.SCHEDULED,
            _due <= now,
            is_open(),
            ~is_late(now),
            *conditions,
        )
        .with_for_update(of=Publication, skip_locked=True)
    )
    return (await session.execute(query)).all()


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


async def attempts_of(session: AsyncSession, *publication_ids: uuid.UUID) -> list[PublicationAttempt]:
    """Return the ledger of a publication, or of several, in order of part and attempt."""
    query = (
        select(PublicationAttempt)
        .where(PublicationAttempt.publication_id.in_(publication_ids))
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


async def channels_of(
    session: AsyncSession, publications: Sequence[Publication]
) -> dict[uuid.UUID, tuple[uuid.UUID, str]]:
    """Return product and platform by channel, for the channels of ``publications``."""
    ids = {publication.channel_id for publication in publications}
    rows = await session.execute(
        select(Channel.id, Channel.product_id, Channel.platform).where(Channel.id.in_(ids))
    )
    return {row.id: (row.product_id, row.platform) for row in rows}


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


def _priority() -> ColumnElement[int]:
    return case({"high": 0, "low": 2}, value=Publication.priority, else_=1)


async def lock_to_nudge(
    session: AsyncSession,
    now: datetime,
    nudged_before: datetime,
    limit: int,
    *conditions: ColumnElement[bool],
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
            *conditions,
        )
        .order_by(_priority(), _due, Publication.id)
        .limit(limit)
        .with_for_update(of=Publication, skip_locked=True)
    )
    return list(await session.scalars(query))


async def overdue(
    session: AsyncSession, due_before: datetime, now: datetime, limit: int, *conditions: ColumnElement[bool]
) -> list[uuid.UUID]:
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
            *conditions,
        )
        .order_by(_priority(), _due, Publication.id)
        .limit(limit)
    )
    return list(await session.scalars(query))


async def lock_waiting(
    session: AsyncSession, now: datetime, limit: int, *conditions: ColumnElement[bool]
) -> list[Publication]:
    """Lock the publications that are due, that nothing holds, and for which ``conditions`` hold, as they were due."""
    query = (
        select(Publication)
        .join(Channel, Channel.id == Publication.channel_id)
        .join(Product, Product.id == Channel.product_id)
        .where(Publication.status == PublicationStatus.SCHEDULED, _due <= now, is_open(), *conditions)
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
            untouched(),
        )
        .values(content_version=version, parts=None)
        .returning(Publication.id)
        .execution_options(synchronize_session=False)
    )
    return len(repinned.all())
