"""What could be done next for a product? At most five hints, the urgent ones first; each can be put away for a week."""

import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import forecasting, history
from core.analytics.model import Effect, Model
from core.analytics.models import SuggestionPutAway
from core.analytics.traits import YES, Trait
from core.channels.models import Channel, ChannelStatus
from core.content.models import Content, ContentStatus
from core.errors import Stale
from core.publications.models import Publication, PublicationStatus
from core.settings import service as settings_service
from core.settings.service import General
from core.templates.kinds import PostKind
from core.text.when import wall

MOST = 5
PUT_AWAY_FOR = timedelta(days=7)
_GAP = timedelta(days=21)
_GAP_WINDOW = timedelta(days=180)  # kinds that were used within it are missed
_GAPS = 2  # named at once
_WAITING = timedelta(days=3)
_EXPIRES_SOON = timedelta(hours=24)
_WORKS = 1.15  # times the other posts; less is not worth a change of habit
_ROUND = (100, 250, 500)
_NEAR_FOLLOWERS = 0.05  # of the target
_NEAR_POSTS = 3
_FIRST_POSTS = 10


class SuggestionKind(StrEnum):
    """What a hint is about, in the order of urgency."""

    APPROVALS_EXPIRING = "approvals_expiring"
    EMPTY_TOMORROW = "empty_tomorrow"
    DRAFTS_WAITING = "drafts_waiting"
    MILESTONE_FOLLOWERS = "milestone_followers"
    MILESTONE_POSTS = "milestone_posts"
    WORKS = "works"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One hint. Which fields are set depends on the kind."""

    kind: SuggestionKind
    key: str  # what is put away: the same hint keeps its key
    product_id: uuid.UUID
    n: int = 0  # how many drafts or posts it is about; followers or posts there are
    target: int = 0  # of a milestone
    days: int = 0  # since the kind was last posted; that the oldest draft has waited
    post_kind: str | None = None  # the kind of post that would do it
    platform: str | None = None
    effect: Effect | None = None
    content_id: uuid.UUID | None = None  # the first draft it is about

    @property
    def mark(self) -> int:
        """A number that names the hint on a button."""
        return zlib.crc32(self.key.encode())


async def for_product(session: AsyncSession, product_id: uuid.UUID, now: datetime) -> list[Suggestion]:
    """Return the product's hints, the most urgent first, without those that were put away."""
    zone = (await settings_service.get(session, General)).zone
    channels = list(
        await session.scalars(
            select(Channel)
            .where(Channel.product_id == product_id, Channel.status != ChannelStatus.DISCONNECTED)
            .order_by(Channel.platform)
        )
    )
    found = [
        *await _approvals(session, product_id, now),
        *await _tomorrow(session, product_id, channels, now, zone),
        *await _waiting(session, product_id, now),
        *await _followers(session, product_id, channels, now, zone),
        *await _posts(session, product_id),
        *await _works(session, product_id, channels, now, zone),
        *await _gaps(session, product_id, now),
    ]
    away = set(
        await session.scalars(
            select(SuggestionPutAway.key).where(
                SuggestionPutAway.product_id == product_id, SuggestionPutAway.until > now
            )
        )
    )
    return [item for item in found if item.key not in away][:MOST]


async def put_away(session: AsyncSession, product_id: uuid.UUID, mark: int, now: datetime) -> None:
    """Keep the hint a button names silent for a week. Raises ``Stale`` when it is not given any more."""
    for item in await for_product(session, product_id, now):
        if item.mark == mark:
            break
    else:
        raise Stale("this suggestion is not given any more", product_id=product_id)
    await session.execute(delete(SuggestionPutAway).where(SuggestionPutAway.until <= now))
    row = insert(SuggestionPutAway).values(product_id=product_id, key=item.key, until=now + PUT_AWAY_FOR)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[SuggestionPutAway.product_id, SuggestionPutAway.key],
            set_={"until": row.excluded.until},
        )
    )


async def _approvals(session: AsyncSession, product_id: uuid.UUID, now: datetime) -> list[Suggestion]:
    ids = list(
        await session.scalars(
            select(Content.id)
            .where(
                Content.product_id == product_id,
                Content.status == ContentStatus.READY,
                Content.approval_expires_at > now,
                Content.approval_expires_at <= now + _EXPIRES_SOON,
            )
            .order_by(Content.approval_expires_at)
        )
    )
    if not ids:
        return []
    kind = SuggestionKind.APPROVALS_EXPIRING
    return [Suggestion(kind, kind.value, product_id, n=len(ids), content_id=ids[0])]


async def _tomorrow(
    session: AsyncSession, product_id: uuid.UUID, channels: Sequence[Channel], now: datetime, zone: tzinfo
) -> list[Suggestion]:
    """Say that nothing goes out tomorrow, to somebody who has a channel and has published before."""
    if not channels:
        return []
    day = wall.today(now, zone) + timedelta(days=1)
    start, end = wall.moved(day, time(0), zone), wall.moved(day + timedelta(days=1), time(0), zone)
    of_product = (
        select(func.count()).select_from(Publication).join(Content).where(Content.product_id == product_id)
    )
    planned = await session.scalar(
        of_product.where(
            Publication.status.in_([PublicationStatus.SCHEDULED, PublicationStatus.PUBLISHING]),
            Publication.scheduled_at >= start,
            Publication.scheduled_at < end,
        )
    )
    if planned or not await session.scalar(
        of_product.where(Publication.status == PublicationStatus.PUBLISHED)
    ):
        return []
    drafts = await session.scalar(
        select(func.count()).where(Content.product_id == product_id, Content.status == ContentStatus.DRAFT)
    )
    kind = SuggestionKind.EMPTY_TOMORROW
    return [Suggestion(kind, f"{kind.value}:{day.isoformat()}", product_id, n=drafts or 0)]


async def _waiting(session: AsyncSession, product_id: uuid.UUID, now: datetime) -> list[Suggestion]:
    rows = (
        await session.execute(
            select(Content.id, Content.updated_at)
            .where(
                Content.product_id == product_id,
                Content.status == ContentStatus.DRAFT,
                Content.updated_at <= now - _WAITING,
            )
            .order_by(Content.updated_at)
        )
    ).all()
    if not rows:
        return []
    kind = SuggestionKind.DRAFTS_WAITING
    days = (now - rows[0].updated_at).days
    return [Suggestion(kind, kind.value, product_id, n=len(rows), days=days, content_id=rows[0].id)]


async def _followers(
    session: AsyncSession, product_id: uuid.UUID, channels: Sequence[Channel], now: datetime, zone: tzinfo
) -> list[Suggestion]:
    kind = SuggestionKind.MILESTONE_FOLLOWERS
    found = []
    for channel in channels:
        n = await history.followers(session, product_id, channel.platform, wall.today(now, zone))
        target = _next_round(n) if n else 0
        if n and target - n <= target * _NEAR_FOLLOWERS:
            found.append(
                Suggestion(
                    kind, f"{kind.value}:{channel.platform}:{target}", product_id, n=n, target=target,
                    platform=channel.platform, post_kind=PostKind.MILESTONE,
                )
            )  # fmt: skip
    return found


async def _posts(session: AsyncSession, product_id: uuid.UUID) -> list[Suggestion]:
    n = await session.scalar(
        select(func.count(func.distinct(Publication.content_id)))
        .join(Content)
        .where(Content.product_id == product_id, Publication.status == PublicationStatus.PUBLISHED)
    )
    if not n:
        return []
    target = _FIRST_POSTS if n < _FIRST_POSTS else 50 if n < 50 else _next_round(n)
    if target - n > _NEAR_POSTS:
        return []
    kind = SuggestionKind.MILESTONE_POSTS
    return [
        Suggestion(
            kind, f"{kind.value}:{target}", product_id, n=n, target=target, post_kind=PostKind.MILESTONE
        )
    ]


async def _works(
    session: AsyncSession, product_id: uuid.UUID, channels: Sequence[Channel], now: datetime, zone: tzinfo
) -> list[Suggestion]:
    """Name the property with which own posts did best, where chance does not explain it."""
    platforms = list(dict.fromkeys(channel.platform for channel in channels))
    best: tuple[str, Effect] | None = None
    for platform, learned in (await forecasting.models(session, product_id, platforms, now, zone)).items():
        for effect in learned.effects if isinstance(learned, Model) else ():
            if effect.ratio >= _WORKS and (best is None or effect.ratio > best[1].ratio):
                best = (platform, effect)
    if best is None:
        return []
    platform, effect = best
    kind = SuggestionKind.WORKS
    key = f"{kind.value}:{platform}:{effect.trait.value}:{effect.value}"
    return [
        Suggestion(
            kind, key, product_id, n=effect.n, platform=platform, effect=effect, post_kind=_kind_for(effect)
        )
    ]


async def _gaps(session: AsyncSession, product_id: uuid.UUID, now: datetime) -> list[Suggestion]:
    """Name the kinds of posts that used to come and have not for three weeks; one on its way fills the gap."""
    last = await session.execute(
        select(Content.content_type, func.max(Publication.published_at).label("at"))
        .join(Content, Content.id == Publication.content_id)
        .where(
            Content.product_id == product_id,
            Publication.status == PublicationStatus.PUBLISHED,
            Publication.published_at > now - _GAP_WINDOW,
            Content.content_type.in_(list(PostKind)),
        )
        .group_by(Content.content_type)
    )
    under_way = set(
        await session.scalars(
            select(Content.content_type).where(
                Content.product_id == product_id,
                Content.status.in_([ContentStatus.DRAFT, ContentStatus.READY]),
            )
        )
    )
    missed = sorted(
        (row.at, row.content_type)
        for row in last
        if row.at <= now - _GAP and row.content_type not in under_way
    )
    kind = SuggestionKind.GAP
    return [
        Suggestion(kind, f"{kind.value}:{name}", product_id, days=(now - at).days, post_kind=name)
        for at, name in missed[:_GAPS]
    ]


def _kind_for(effect: Effect) -> str | None:
    """Return the kind of post with which one makes use of an effect; None when it is not about the kind."""
    if effect.trait is Trait.KIND:
        return effect.value
    return PostKind.QUESTION if effect.trait is Trait.QUESTION and effect.value == YES else None


def _next_round(n: int) -> int:
    """Return the first of 100, 250, 500, 1000, 2500, 5000… that is above ``n``."""
    scale = 1
    while True:
        for step in _ROUND:
            if step * scale > n:
                return step * scale
        scale *= 10
