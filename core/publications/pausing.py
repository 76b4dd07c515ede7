"""How is publishing held, and how does it go on? Everything or one product; what has become late is not sent in a burst."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db import locks
from core.db.locks import Lock
from core.errors import Stale
from core.products import service as products
from core.products.models import Product
from core.publications import calendar, late, repository, slots
from core.publications.calendar import Calendar
from core.publications.models import LateCause, Publication, PublicationStatus
from core.publications.occupied import Occupied, Taken
from core.publications.quiet import quiet_of
from core.settings import service as settings
from core.settings.service import General, Publishing

_MANY = 1000  # overdue posts looked at; more are decided by the scheduler's next scans


@dataclass(frozen=True, slots=True)
class Resumed:
    """What became of the posts whose time came meanwhile."""

    asked: int = 0  # the owner decides, in one digest
    skipped: int = 0  # let go, as their policy says
    spread: int = 0  # go out one after another, the minimum gap apart
    now: int = 0  # go out at once

    @property
    def total(self) -> int:
        """How many there were."""
        return self.asked + self.skipped + self.spread + self.now


async def pause_everything(session: AsyncSession, *, now: datetime) -> bool:
    """Hold all publishing. False when it is held already.

    Once this is committed nothing more leaves: whoever claims a post meanwhile is waited for. What has been claimed
    is on its way and is finished.
    """
    await locks.hold(session, Lock.PAUSE)
    if (await settings.get(session, Publishing)).paused:
        return False
    await settings.change(session, Publishing, paused=True, paused_at=now.replace(microsecond=0).isoformat())
    return True


async def resume_everything(session: AsyncSession, *, since: datetime | None, now: datetime) -> Resumed:
    """Let everything go on that is not held for a reason of its own. ``since`` is the pause that was shown.

    Raises ``Stale`` when nothing is paused, or it has been paused anew since.
    """
    await locks.hold(session, Lock.PAUSE)
    publishing = await settings.get(session, Publishing)
    if not publishing.paused or publishing.paused_at != since:
        raise Stale("publishing is not paused, or has been paused anew")
    await settings.change(session, Publishing, paused=False, paused_at=None)
    open_ = select(Product.id).where(Product.paused_at.is_(None), Product.archived_at.is_(None))
    return await _catch_up(session, list(await session.scalars(open_.order_by(Product.id))), now)


async def resume_product(
    session: AsyncSession, product_id: uuid.UUID, *, since: datetime | None = None, now: datetime
) -> Resumed:
    """Let one product go on. Raises like ``core.products.service.resume``."""
    await products.resume(session, product_id, since=since)
    if (await settings.get(session, Publishing)).paused:
        return Resumed()  # still held; decided when everything goes on
    return await _catch_up(session, [product_id], now)


async def underway(session: AsyncSession) -> int:
    """Return how many posts workers have in their hands: a pause does not stop these."""
    query = select(Publication.id).where(Publication.status == PublicationStatus.PUBLISHING)
    return len(list(await session.scalars(query)))


async def _catch_up(session: AsyncSession, product_ids: Sequence[uuid.UUID], now: datetime) -> Resumed:
    # Calendars before publications: the order everybody keeps.
    for product_id in product_ids:
        await repository.lock_product(session, product_id)
    theirs = repository.of_products(product_ids)
    decided = await late.decide(session, now, theirs, cause=LateCause.PAUSE)
    quiet = quiet_of(await settings.get(session, General), await settings.get(session, Publishing))
    hushed = await late.hush(session, quiet, now, theirs) if quiet is not None else late.Decided()
    at_once = spread = 0
    for product_id in product_ids:
        sent, moved = await _spread(session, product_id, now)
        at_once += sent
        spread += moved
    return Resumed(
        asked=decided.asked + hushed.asked,
        skipped=decided.skipped + hushed.skipped,
        spread=spread,
        now=at_once,
    )


async def _spread(session: AsyncSession, product_id: uuid.UUID, now: datetime) -> tuple[int, int]:
    """Leave the first overdue post its turn and give the others free moments after it; returns how many of each."""
    waiting: dict[uuid.UUID, list[Publication]] = defaultdict(list)
    theirs = (repository.of_products([product_id]), repository.untouched())
    for publication in await repository.lock_waiting(session, now, _MANY, *theirs):
        waiting[publication.content_id].append(publication)
    if not waiting:
        return 0, 0
    first, *others = waiting.values()
    book = await calendar.load(session, product_id, now)
    channels = await repository.channels_of(session, [post for posts in waiting.values() for post in posts])
    taken = Occupied(book.rules.zone, (other for other in book.taken if other.content_id not in waiting))
    moved = 0
    for posts in (first, *others):
        platforms = {channels[post.channel_id][1] for post in posts}
        free = slots.next_allowed(now, taken, book.rules, platforms)
        moment = now if posts is first or free is None else free
        for post in posts:
            taken.add(Taken(post.content_id, moment, channels[post.channel_id][1]))
        moved += await _move(session, posts, moment, book) if posts is not first else 0
    return len(first), moved


async def _move(session: AsyncSession, posts: Sequence[Publication], moment: datetime, book: Calendar) -> int:
    for publication in posts:
        await repository.move(
            session, publication.id, [PublicationStatus.SCHEDULED],
            scheduled_at=moment, next_attempt_at=None, nudged_at=None, quiet_accepted=book.is_quiet(moment),
        )  # fmt: skip
    return len(posts)
