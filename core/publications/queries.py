"""What does the owner see of publications? The queue, and everything about one of them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel, ChannelStatus
from core.content.models import Content, ContentVersion
from core.errors import NotFound
from core.platforms.registry import title_of
from core.products.models import Product
from core.publications import repository
from core.publications.models import AttemptState, Publication, PublicationStatus
from core.settings import service as settings_service
from core.settings.service import General, Publishing
from core.text import markdown

_EXCERPT = 200  # characters
_OUT_AT: ColumnElement[datetime] = func.coalesce(Publication.published_at, Publication.scheduled_at)
_OPEN_MISSED = ("late", "quiet", "not_approved")  # the owner has not decided yet


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One call, as the ledger has it."""

    part: int
    attempt: int
    state: AttemptState
    started_at: datetime
    finished_at: datetime | None
    error_code: str | None
    error_message: str | None


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A publication with what surrounds it. Times are UTC, ``local_at`` is ``due_at`` in the owner's zone."""

    publication_id: uuid.UUID
    content_id: uuid.UUID
    content_number: int
    content_version: int | None
    excerpt: str  # the beginning of the text on that platform, without its formatting
    product_id: uuid.UUID
    product_name: str
    channel_id: uuid.UUID
    platform: str
    channel_name: str
    status: PublicationStatus
    mode: str
    priority: str
    scheduled_at: datetime
    due_at: datetime
    local_at: datetime
    published_at: datetime | None
    url: str | None
    error_code: str | None
    error_message: str | None
    tries: int
    parts: int | None  # None until the first claim
    held_by: str | None  # "paused", "product-paused", "channel-error": why a waiting post does not go out
    attempts: tuple[AttemptView, ...] = ()  # the ledger in the order of the calls; only in ``details``

    @property
    def outlet(self) -> str:
        """Return what tells the channel from others: many accounts of one owner have the same name."""
        title = title_of(self.platform)
        return title if self.channel_name == self.platform else f"{title} · {self.channel_name}"

    @property
    def parts_sent(self) -> int:
        """Return how many parts the ledger knows to be live."""
        return len({attempt.part for attempt in self.attempts if attempt.state == AttemptState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue in the order in which it is due."""

    items: tuple[PublicationView, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which publications are asked for. Without statuses: what waits, is on its way, in doubt, or wants a decision."""

    product_id: uuid.UUID | None = None
    platform: str | None = None
    statuses: Collection[PublicationStatus] | None = None
    since: datetime | None = None  # when it is or was out, or is to be
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return them for a query that has joined the channel."""
        wanted = [_waiting() if self.statuses is None else Publication.status.in_(self.statuses)]
        if self.product_id is not None:
            wanted.append(Channel.product_id == self.product_id)
        if self.platform is not None:
            wanted.append(Channel.platform == self.platform)
        if self.since is not None:
            wanted.append(self.since <= _OUT_AT)
        if self.until is not None:
            wanted.append(self.until > _OUT_AT)
        return wanted


async def queue(
    session: AsyncSession,
    *,
    product_id: uuid.UUID | None = None,
    platform: str | None = None,
    statuses: Collection[PublicationStatus] | None = None,
    offset: int = 0,
    limit: int = 10,
) -> QueuePage:
    """Return what waits, is on its way, is in doubt, or was missed and waits for a decision."""
    return await page(session, Wanted(product_id, platform, statuses), offset=offset, limit=limit)


async def page(
    session: AsyncSession, wanted: Wanted, *, offset: int = 0, limit: int = 10, newest_first: bool = False
) -> QueuePage:
    """Return a page of what is asked for, as it is due, or the newest first."""
    found = (
        select(Publication.id).join(Channel, Channel.id == Publication.channel_id).where(*wanted.conditions())
    )
    total = await session.scalar(found.with_only_columns(func.count())) or 0
    due = func.coalesce(Publication.next_attempt_at, Publication.scheduled_at)
    order: tuple[Any, ...] = (due, Publication.id)
    if newest_first:
        order = (_OUT_AT.desc(), Publication.id.desc())
    elif wanted.since is not None:
        order = (_OUT_AT, Publication.id)
    # The page is chosen before anything else is joined to it, so that its length decides the cost, not the history's.
    chosen = found.order_by(*order).offset(offset).limit(limit)
    rows = await session.execute(_select().where(Publication.id.in_(chosen)).order_by(*order))
    general, publishing = await _settings(session)
    items = tuple(_view(row, general, publishing) for row in rows)
    return QueuePage(items=items, total=total, offset=offset, limit=limit)


async def counts(
    session: AsyncSession, *, product_id: uuid.UUID | None = None, platform: str | None = None
) -> dict[PublicationStatus, int]:
    """Return how many publications there are by status."""
    wanted = Wanted(product_id, platform, list(PublicationStatus)).conditions()
    query = select(Publication.status, func.count().label("n")).join(
        Channel, Channel.id == Publication.channel_id
    )
    rows = await session.execute(query.where(*wanted).group_by(Publication.status))
    return {PublicationStatus(row.status): row.n for row in rows}


async def moments(session: AsyncSession, wanted: Wanted, limit: int = 2000) -> list[datetime]:
    """Return when the publications asked for are out, for a calendar; the earliest first."""
    query = select(_OUT_AT).join(Channel, Channel.id == Publication.channel_id).where(*wanted.conditions())
    return list(await session.scalars(query.order_by(_OUT_AT).limit(limit)))


async def of_contents(
    session: AsyncSession, contents: Collection[uuid.UUID], limit: int = 10
) -> list[PublicationView]:
    """Return the publications of some contents that were not called off, the earliest first."""
    wanted = (Publication.content_id.in_(contents), Publication.status != PublicationStatus.CANCELLED)
    rows = await session.execute(_select().where(*wanted).order_by(_OUT_AT, Publication.id).limit(limit))
    general, publishing = await _settings(session)
    return [_view(row, general, publishing) for row in rows]


async def details(session: AsyncSession, publication_id: uuid.UUID) -> PublicationView:
    """Return everything about one publication. Raises ``NotFound``."""
    row = (await session.execute(_select().where(Publication.id == publication_id))).one_or_none()
    if row is None:
        raise NotFound("there is no such publication", publication_id=publication_id)
    general, publishing = await _settings(session)
    attempts = sorted(
        await repository.attempts_of(session, publication_id), key=lambda a: (a.started_at, a.part, a.attempt)
    )
    return replace(
        _view(row, general, publishing),
        attempts=tuple(
            AttemptView(
                part=attempt.part,
                attempt=attempt.attempt,
                state=AttemptState(attempt.state),
                started_at=attempt.started_at,
                finished_at=attempt.finished_at,
                error_code=attempt.error_code,
                error_message=attempt.error_message,
            )
            for attempt in attempts
        ),
    )


def _waiting() -> Any:
    # One list of statuses, narrowed: asked as two alternatives, PostgreSQL misjudges it and reads the whole history.
    return and_(
        Publication.status.in_([*repository.LIVE, PublicationStatus.MISSED]),
        or_(Publication.status != PublicationStatus.MISSED, Publication.error_code.in_(_OPEN_MISSED)),
    )


def _select() -> Select[Any]:
    forms = func.coalesce(ContentVersion.adapted, Content.adapted)
    common = func.coalesce(ContentVersion.original_text, Content.original_text)
    # What the platform gets where it has words of its own: the owner looks for these in the channel.
    words = func.coalesce(func.jsonb_extract_path_text(forms, Channel.platform, "text"), common)
    return (
        select(Publication, Content.number, func.left(words, _EXCERPT).label("excerpt"), Channel, Product)
        .join(Content, Content.id == Publication.content_id)
        .join(Channel, Channel.id == Publication.channel_id)
        .join(Product, Product.id == Channel.product_id)
        .outerjoin(
            ContentVersion,
            and_(
                ContentVersion.content_id == Publication.content_id,
                ContentVersion.version == Publication.content_version,
            ),
        )
    )


async def _settings(session: AsyncSession) -> tuple[General, Publishing]:
    return await settings_service.get(session, General), await settings_service.get(session, Publishing)


def _view(row: Any, general: General, publishing: Publishing) -> PublicationView:
    publication: Publication = row.Publication
    channel: Channel = row.Channel
    product: Product = row.Product
    due = publication.next_attempt_at or publication.scheduled_at
    return PublicationView(
        publication_id=publication.id,
        content_id=publication.content_id,
        content_number=row.number,
        content_version=publication.content_version,
        excerpt=markdown.parse(row.excerpt).text,
        product_id=product.id,
        product_name=product.name,
        channel_id=channel.id,
        platform=channel.platform,
        channel_name=channel.platform_name or channel.platform,
        status=PublicationStatus(publication.status),
        mode=publication.mode,
        priority=publication.priority,
        scheduled_at=publication.scheduled_at,
        due_at=due,
        local_at=due.astimezone(general.zone),
        published_at=publication.published_at,
        url=publication.platform_url,
        error_code=publication.error_code,
        error_message=publication.error_message,
        tries=publication.retry_count,
        parts=publication.parts,
        held_by=_held_by(publication, channel, product, publishing),
    )


def _held_by(
    publication: Publication, channel: Channel, product: Product, publishing: Publishing
) -> str | None:
    if publication.status != PublicationStatus.SCHEDULED:
        return None
    if publishing.paused:
        return "paused"
    if product.paused_at is not None or product.archived_at is not None:
        return "product-paused"
    return None if channel.status == ChannelStatus.ACTIVE else "channel-error"
