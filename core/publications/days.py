"""What is worth saying of a product's days? Nothing has gone out for long, tomorrow is empty, or today is too full."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel, ChannelStatus
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus
from core.settings import service as settings
from core.settings.service import General, Publishing
from core.text.when.wall import moved

_AFTERNOON = time(
    16
)  # from then on tomorrow is said to be empty: late enough to be true, early enough to help
_MORNING, _EVENING = time(10), time(20)  # between them silence is mentioned
_IN_USE = timedelta(days=30)  # of who has not published for longer nobody expects a post tomorrow
_DAY = timedelta(days=1)
_AHEAD = (PublicationStatus.SCHEDULED, PublicationStatus.PUBLISHING, PublicationStatus.UNCERTAIN)
_OF_A_DAY = (*_AHEAD, PublicationStatus.PUBLISHED)


@dataclass(frozen=True, slots=True)
class _Clock:
    """The moment of looking, on the owner's wall."""

    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def between(self, start: time, end: time) -> bool:
        return start <= self.now.astimezone(self.zone).time() < end

    def midnight(self, day: date) -> datetime:
        return moved(day, time(0), self.zone)


async def look(session: AsyncSession, now: datetime) -> None:
    """Have the owner told of the days of every product in use; the same of a day is told once."""
    general, publishing = await settings.get_both(session, General, Publishing)
    clock = _Clock(now, general.zone)
    if publishing.paused:
        return
    last = func.max(Publication.published_at)
    connected = select(Channel.product_id).where(Channel.status == ChannelStatus.ACTIVE)
    rows = await session.execute(
        select(Product.id, last.label("last"))
        .join(Channel, Channel.product_id == Product.id)
        .join(Publication, Publication.channel_id == Channel.id)
        .where(
            Product.archived_at.is_(None),
            Product.paused_at.is_(None),
            Product.id.in_(connected),
            Publication.status == PublicationStatus.PUBLISHED,
        )
        .group_by(Product.id)
    )
    for row in rows.all():
        await _silence(session, clock, row.id, row.last, general.notifications.silent_days)
        if row.last is not None and row.last > now - _IN_USE:
            await _tomorrow(session, clock, row.id)
        await _today(session, clock, row.id, publishing)


async def _silence(
    session: AsyncSession, clock: _Clock, product_id: uuid.UUID, last: datetime | None, patience: int
) -> None:
    """Nothing has gone out for days, and nothing is about to; said again each time as many days have passed."""
    if last is None or not clock.between(_MORNING, _EVENING):
        return
    days = (clock.today - last.astimezone(clock.zone).date()).days
    if days < patience or await planned(session, product_id, clock.now, clock.now + _DAY):
        return
    await notifications.notify(
        session,
        NotificationKind.SILENCE,
        payload={"product_id": str(product_id), "days": days, "last": last.isoformat()},
        product_id=product_id,
        dedupe_key=f"silence/{product_id}/{last:%Y%m%d}/{days // patience}",
        priority="low",
        not_before=clock.now,
    )


async def _tomorrow(session: AsyncSession, clock: _Clock, product_id: uuid.UUID) -> None:
    if not clock.between(_AFTERNOON, time.max):
        return
    day = clock.today + _DAY
    if await planned(session, product_id, clock.midnight(day), clock.midnight(day + _DAY)):
        return
    await notifications.notify(
        session,
        NotificationKind.EMPTY_TOMORROW,
        payload={"product_id": str(product_id), "day": day.isoformat()},
        product_id=product_id,
        dedupe_key=f"empty/{product_id}/{day}",
        priority="low",
        not_before=clock.now,
    )


async def _today(session: AsyncSession, clock: _Clock, product_id: uuid.UUID, rules: Publishing) -> None:
    """More goes out today than the owner's own limits allow: by hand, by an automation, or after an outage."""
    at = func.coalesce(Publication.published_at, Publication.scheduled_at)
    rows = await session.execute(
        select(Publication.content_id, Channel.platform)
        .join(Channel, Channel.id == Publication.channel_id)
        .where(
            Channel.product_id == product_id,
            Publication.status.in_(_OF_A_DAY),
            at >= clock.midnight(clock.today),
            at < clock.midnight(clock.today + _DAY),
        )
    )
    found = rows.all()
    posts = len({row.content_id for row in found})
    full: tuple[str, int, int] | None = None
    if posts > rules.max_posts_per_day:
        full = "", posts, rules.max_posts_per_day
    else:
        by_platform = Counter(row.platform for row in found)
        over = [
            (slug, by_platform[slug], most)
            for slug, most in rules.max_per_platform_per_day.items()
            if by_platform[slug] > most
        ]
        full = over[0] if over else None
    if full is None:
        return
    platform, count, limit = full
    await notifications.notify(
        session,
        NotificationKind.TOO_MANY,
        payload={
            "product_id": str(product_id), "day": clock.today.isoformat(), "count": count, "limit": limit,
            "platform_slug": platform,
        },
        product_id=product_id,
        dedupe_key=f"too-many/{product_id}/{clock.today}/{platform}",
        not_before=clock.now,
    )  # fmt: skip


async def planned(session: AsyncSession, product_id: uuid.UUID, since: datetime, until: datetime) -> bool:
    """Tell whether anything of the product is meant to go out, or has gone out, between these moments."""
    at = func.coalesce(Publication.published_at, Publication.scheduled_at)
    found = (
        select(Publication.id)
        .join(Channel, Channel.id == Publication.channel_id)
        .where(Channel.product_id == product_id, Publication.status.in_(_OF_A_DAY), at >= since, at < until)
    )
    return await session.scalar(found.limit(1)) is not None
