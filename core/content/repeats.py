"""How does a post go out again and again? Copies are made one at a time, a day ahead, and never in a burst.

The owner's "repeat" is the approval of every copy. What was missed while NEXUS did not run is not made up for, and no
copy is made while the one before it still waits.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import copying
from core.content import service as content
from core.content.models import Content, ContentRepeat, ContentStatus
from core.errors import InvalidInput, NexusError, NotFound, Stale
from core.ids import new_id
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.products.models import Product
from core.publications import scheduling
from core.publications.errors import NotFree
from core.publications.models import Publication, PublicationStatus
from core.publications.scheduling import At
from core.settings import cron
from core.settings import service as settings
from core.settings.cron import Schedule
from core.settings.service import Publishing
from core.settings.zones import parse_zone

AHEAD = timedelta(
    days=1
)  # so long before its time a copy stands in the queue, where it can be looked at and stopped
GRACE = timedelta(hours=1)  # so late it still goes out; later, the occurrence is left out and said so
_LEAST = timedelta(hours=1)  # between two occurrences: anything closer is a mistake in the cron line
_BATCH = 50
_WAITS = (PublicationStatus.SCHEDULED, PublicationStatus.PUBLISHING, PublicationStatus.UNCERTAIN)


class Outcome(StrEnum):
    """What became of an occurrence; those that begin with a reason are told."""

    PLANNED = "planned"
    WAITS = "waits"  # the copy before it is not out yet: asked again on the next sweep
    MISSED = "missed"  # NEXUS did not run when it was due
    BUSY = "busy"  # the copy before it was still waiting when this one's time came
    PAUSED = "paused"  # publishing, or the product, is paused: nothing is stored up
    FULL = "full"  # the owner's limits leave no moment before the next occurrence
    REFUSED = "refused"  # e.g. no channel is connected
    ENDED = "ended"  # the post or its product was put away


_TOLD = {Outcome.MISSED, Outcome.BUSY, Outcome.FULL, Outcome.REFUSED}


@dataclass(frozen=True, slots=True)
class Repeated:
    """A repeat with the post it repeats."""

    repeat: ContentRepeat
    content: Content

    @property
    def schedule(self) -> Schedule:
        """When it goes out."""
        return schedule_of(self.repeat)


def schedule_of(repeat: ContentRepeat) -> Schedule:
    """Return the checked schedule of a repeat."""
    return cron.read({"cron": repeat.cron, "timezone": repeat.timezone}, parse_zone(repeat.timezone))


def upcoming(schedule: Schedule, now: datetime, count: int) -> list[datetime]:
    """Return the next ``count`` moments (UTC), fewer when the schedule ends."""
    found: list[datetime] = []
    while len(found) < count:
        moment = schedule.next_run(found[-1] if found else now)
        if moment is None:
            break
        found.append(moment)
    return found


async def start(
    session: AsyncSession, content_id: uuid.UUID, *, version: int, line: str, zone_name: str, now: datetime
) -> ContentRepeat:
    """Repeat ``version`` of a post by the cron ``line`` in the zone; a repeat it has already is changed to that.

    It is the owner's approval, too. Raises ``Stale``, and ``InvalidInput`` for a line that cannot be read, never comes,
    or comes more than once an hour.
    """
    schedule = cron.read({"cron": line, "timezone": zone_name}, parse_zone(zone_name))
    moments = upcoming(schedule, now, 50)
    if not moments:
        raise InvalidInput("this schedule never comes", reason="repeat-never")
    if any(later - earlier < _LEAST for earlier, later in pairwise(moments)):
        raise InvalidInput("a post is repeated once an hour at most", reason="repeat-too-often")
    await content.approve(session, content_id, version=version, now=now)
    repeat = await session.scalar(
        select(ContentRepeat).where(ContentRepeat.content_id == content_id).with_for_update()
    )
    if repeat is None:
        repeat = ContentRepeat(id=new_id(), content_id=content_id, version=0, made=0)
        session.add(repeat)
    repeat.content_version, repeat.cron, repeat.timezone = version, line, zone_name
    repeat.next_at, repeat.enabled = moments[0], True
    repeat.version += 1
    await session.flush()
    return repeat


async def get(session: AsyncSession, repeat_id: uuid.UUID) -> Repeated:
    """Return the repeat. Raises ``NotFound``."""
    repeat = await session.get(ContentRepeat, repeat_id, populate_existing=True)
    if repeat is None:
        raise NotFound("there is no such repeat", repeat_id=repeat_id)
    return Repeated(repeat, await content.get(session, repeat.content_id))


async def of_content(session: AsyncSession, content_id: uuid.UUID) -> ContentRepeat | None:
    """Return the repeat of a post, if it has one."""
    found: ContentRepeat | None = await session.scalar(
        select(ContentRepeat).where(ContentRepeat.content_id == content_id)
    )
    return found


async def list_page(session: AsyncSession, *, offset: int = 0, limit: int = 8) -> list[Repeated]:
    """Return a page of the repeats, the next to go out first, those that are off last."""
    rows = await session.execute(
        select(ContentRepeat, Content)
        .join(Content, Content.id == ContentRepeat.content_id)
        .order_by(ContentRepeat.enabled.desc(), ContentRepeat.next_at, ContentRepeat.id)
        .offset(offset)
        .limit(limit)
    )
    return [Repeated(row.ContentRepeat, row.Content) for row in rows]


async def count(session: AsyncSession) -> int:
    """Return how many repeats there are."""
    return await session.scalar(select(func.count(ContentRepeat.id))) or 0


async def switch(
    session: AsyncSession, repeat_id: uuid.UUID, *, version: int, on: bool, now: datetime
) -> ContentRepeat:
    """Switch a repeat on or off. What came round meanwhile is not made up for. Raises ``NotFound``, ``Stale``."""
    repeat = await _locked(session, repeat_id, version)
    if on:
        following = schedule_of(repeat).next_run(now)
        if following is None:
            raise InvalidInput("this schedule never comes", reason="repeat-never")
        repeat.next_at = following
    repeat.enabled = on
    repeat.version += 1
    await session.flush()
    return repeat


async def stop(session: AsyncSession, repeat_id: uuid.UUID, *, version: int) -> uuid.UUID:
    """End a repeat for good; copies that stand in the queue stay there. Returns the post's id.

    Raises ``NotFound``, ``Stale``.
    """
    repeat = await _locked(session, repeat_id, version)
    await session.delete(repeat)
    await session.flush()
    return repeat.content_id


async def due(session: AsyncSession, now: datetime) -> Sequence[uuid.UUID]:
    """Return the repeats whose next copy may be made."""
    found = await session.scalars(
        select(ContentRepeat.id)
        .where(ContentRepeat.enabled, ContentRepeat.next_at <= now + AHEAD)
        .order_by(ContentRepeat.next_at)
        .limit(_BATCH)
    )
    return found.all()


async def make_next(session: AsyncSession, repeat_id: uuid.UUID, now: datetime) -> Outcome | None:
    """Make and plan the next copy of a repeat; None when somebody else has it, or there is nothing to do.

    The copy and the step to the next occurrence are one transaction: any number of schedulers make each copy once.
    """
    known = await session.get(ContentRepeat, repeat_id)
    if known is None:
        return None
    source = await scheduling.lock_content(session, known.content_id)  # the calendar first, as all who plan
    repeat = await session.scalar(
        select(ContentRepeat)
        .where(ContentRepeat.id == repeat_id, ContentRepeat.enabled, ContentRepeat.next_at <= now + AHEAD)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if repeat is None:
        return None
    product = await session.get_one(Product, source.product_id)
    moment = repeat.next_at
    following = schedule_of(repeat).next_run(max(moment, now))
    if source.status == ContentStatus.ARCHIVED or product.archived_at is not None or following is None:
        repeat.enabled = False
        repeat.version += 1
        return Outcome.ENDED
    outcome = await _outcome(session, repeat, source, product, now, following)
    if outcome is Outcome.WAITS:
        return outcome
    repeat.next_at = following
    if outcome in _TOLD:
        await notifications.notify(
            session,
            NotificationKind.REPEAT_SKIPPED,
            payload={"repeat_id": str(repeat.id), "moment": moment.isoformat(), "why": outcome.value},
            product_id=source.product_id,
            dedupe_key=f"repeat:{repeat.id}:{moment:%Y%m%d%H%M}",
        )
    await session.flush()
    return outcome


async def _outcome(
    session: AsyncSession,
    repeat: ContentRepeat,
    source: Content,
    product: Product,
    now: datetime,
    following: datetime,
) -> Outcome:
    """Make the copy, or say why there is none."""
    moment = repeat.next_at
    if product.paused_at is not None or (await settings.get(session, Publishing)).paused:
        # A copy whose time has not come may still be wanted: whether it is still paused then is not known yet.
        return Outcome.PAUSED if moment <= now else Outcome.WAITS
    if moment < now - GRACE:
        return Outcome.MISSED
    if await _waits(session, repeat.last_copy_id):
        return Outcome.BUSY if moment <= now else Outcome.WAITS
    said = await content.version_of(session, source.id, repeat.content_version)
    try:
        async with session.begin_nested():
            copy = await copying.make(
                session, source, said, copy_id=uuid.uuid5(repeat.id, f"{moment:%Y%m%dT%H%M}")
            )
            await content.approve(session, copy.id, version=1, now=now)
            await session.refresh(copy)
            copy.approval_expires_at = None  # the repeat is the approval, and it lasts
            await _plan(session, copy, max(moment, now), now, following)
    except NotFree:
        return Outcome.FULL
    except NexusError:
        return Outcome.REFUSED
    repeat.last_copy_id = copy.id
    repeat.made += 1
    return Outcome.PLANNED


async def _plan(
    session: AsyncSession, copy: Content, moment: datetime, now: datetime, following: datetime
) -> None:
    """Plan the copy at its moment, or at the nearest free one before the occurrence after it. Raises ``NotFree``."""
    try:
        await scheduling.schedule(session, content_id=copy.id, version=1, when=At(moment), now=now)
    except NotFree as refusal:
        nearest = refusal.params["nearest"]
        if not isinstance(nearest, datetime) or nearest >= following:
            raise
        await scheduling.schedule(session, content_id=copy.id, version=1, when=At(nearest), now=now)


async def _waits(session: AsyncSession, copy_id: uuid.UUID | None) -> bool:
    if copy_id is None:
        return False
    waiting = await session.scalar(
        select(Publication.id)
        .where(Publication.content_id == copy_id, Publication.status.in_(_WAITS))
        .limit(1)
    )
    return waiting is not None


async def _locked(session: AsyncSession, repeat_id: uuid.UUID, version: int) -> ContentRepeat:
    repeat = await session.get(ContentRepeat, repeat_id, with_for_update=True, populate_existing=True)
    if repeat is None:
        raise NotFound("there is no such repeat", repeat_id=repeat_id)
    if repeat.version != version:
        raise Stale("this repeat has changed since", repeat_id=repeat_id)
    return repeat
