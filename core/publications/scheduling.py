"""When does a post go out? Now, at a moment, or at the next free default hour, within the owner's limits.

The product's row is locked while a time is chosen, so that two posts planned at once see each other.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service as channels_service
from core.channels.models import Channel, ChannelStatus
from core.content import forms
from core.content import service as content_service
from core.content.models import Content
from core.errors import InvalidInput, NotFound, Stale
from core.ids import new_id
from core.publications import approval, dispatch, repository, slots
from core.publications.errors import DayFull, NoChannel, NotApproved, TooClose
from core.publications.models import Publication, PublicationStatus
from core.publications.slots import Obstacle, Rules
from core.settings import service as settings_service
from core.settings.service import General, Publishing

_LOOK_BACK = timedelta(days=2)  # enough for the whole local day in any zone


@dataclass(frozen=True, slots=True)
class Now:
    """At once, after a window in which the owner may undo it."""

    undo_seconds: int = 10
    mode: ClassVar[str] = "now"


@dataclass(frozen=True, slots=True)
class At:
    """At ``moment`` (aware)."""

    moment: datetime
    mode: ClassVar[str] = "at"


@dataclass(frozen=True, slots=True)
class Optimal:
    """At the next free default hour; see ``core.publications.slots.DEFAULT_HOURS``."""

    mode: ClassVar[str] = "optimal"


When = Now | At | Optimal


async def schedule(
    session: AsyncSession,
    *,
    content_id: uuid.UUID,
    version: int,
    channel_ids: Sequence[uuid.UUID] | None = None,
    when: When,
    now: datetime,
    priority: str = "normal",
    force: bool = False,
) -> list[Publication]:
    """Plan the approved ``version`` for the given channels, or for all of the product's.

    What is planned already stays as it is when the same is asked again (a double tap); another time moves it. A post
    that is on its way, or partly out, is returned unchanged. ``force`` overrides the gap and the daily limit.

    Raises ``Stale`` (another version is current), ``NotApproved``, ``NoChannel``, ``TooClose`` or ``DayFull`` with the
    nearest allowed time, ``InvalidInput`` for a time in the past, ``NotFound``.
    """
    content = await lock_content(session, content_id)
    if content.version != version:
        raise Stale("this draft has changed since", content_id=content_id)
    if not approval.holds(content, version, now):
        raise NotApproved(content_id=content_id)
    channels = await _channels(session, content, channel_ids)
    await _drop_switched_off(session, content, now)
    live = await repository.live_of(session, content_id, [channel.id for channel in channels])
    settled = {
        channel_id: publication
        for channel_id, publication in live.items()
        if _same_wish(publication, when, version) or await repository.is_touched(session, publication.id)
    }
    if len(settled) == len(channels):
        return [settled[channel.id] for channel in channels]
    moment = await _moment(session, content, when, now, force=force)
    values = await _values(session, when.mode, moment, version, priority)
    planned: list[Publication] = []
    for channel in channels:
        publication = settled.get(channel.id) or live.get(channel.id)
        if publication is None:
            publication = Publication(
                id=new_id(), content_id=content_id, channel_id=channel.id, metrics={}, **values
            )
            session.add(publication)
        elif channel.id not in settled:
            # None when a worker has just taken it: then it is on its way and stays as it is.
            await repository.move(session, publication.id, [PublicationStatus.SCHEDULED], **values)
        planned.append(publication)
    await session.flush()
    for publication in planned:
        if publication.status == PublicationStatus.SCHEDULED and publication.scheduled_at <= now:
            dispatch.nudge(session, publication)
    return planned


async def reschedule(
    session: AsyncSession,
    publication_id: uuid.UUID,
    *,
    moment: datetime,
    now: datetime,
    force: bool = False,
) -> Publication:
    """Move a publication that waits, was missed or has failed to ``moment``; the current approved text is pinned anew.

    Raises ``Stale`` when it is on its way or finished, and like ``schedule``.
    """
    content = await lock_content_of(session, publication_id)
    publication = await repository.lock_in(
        session,
        publication_id,
        [PublicationStatus.SCHEDULED, PublicationStatus.MISSED, PublicationStatus.FAILED],
    )
    if publication is None or await repository.has_live(session, publication):
        raise Stale("this publication is not waiting any more", publication_id=publication_id)
    version = await approval.version_for(session, publication, content, now)
    chosen = await _moment(session, content, At(moment), now, force=force)
    mode = publication.mode if approval.is_by_hand(publication) else At.mode
    values = await _values(session, mode, chosen, version, publication.priority)
    moved = await repository.move(
        session, publication_id, [PublicationStatus(publication.status)],
        **(values | {"status": PublicationStatus.SCHEDULED, "error_code": None, "error_message": None}),
    )  # fmt: skip
    if moved is None:
        raise Stale("this publication is not waiting any more", publication_id=publication_id)
    return moved


async def cancel(session: AsyncSession, publication_id: uuid.UUID, *, now: datetime) -> bool:
    """Take a waiting publication back (also the undo of "now"). False when it is not waiting any more."""
    cancelled = await repository.move(
        session,
        publication_id,
        [PublicationStatus.SCHEDULED],
        status=PublicationStatus.CANCELLED,
        next_attempt_at=None,
        updated_at=now,
    )
    return cancelled is not None


async def follow_approval(
    session: AsyncSession, content_id: uuid.UUID, *, version: int, now: datetime
) -> int:
    """After an edit was approved: what still waits goes out with the new text. Returns how many were moved on."""
    content = await lock_content(session, content_id)
    if content.version != version or not approval.holds(content, version, now):
        return 0
    await _drop_switched_off(session, content, now)
    return await repository.repin(session, content_id, version)


async def suggest_times(
    session: AsyncSession, product_id: uuid.UUID, now: datetime, count: int = 3
) -> list[datetime]:
    """Return the next ``count`` free default hours (UTC) that the limits allow."""
    rules = await _rules(session)
    taken = await repository.taken(session, product_id, now - rules.gap - _LOOK_BACK)
    found: list[datetime] = []
    for _ in range(count):
        moment = slots.next_default(now, taken, rules)
        if moment is None:
            break
        found.append(moment)
        taken.append(slots.Taken(new_id(), moment))
    return found


async def lock_content(session: AsyncSession, content_id: uuid.UUID) -> Content:
    """Lock the product's calendar, then the content: the order everybody keeps."""
    product_id = (await content_service.get(session, content_id)).product_id
    await repository.lock_product(session, product_id)
    query = select(Content).where(Content.id == content_id).with_for_update(key_share=True)
    content = await session.scalar(query.execution_options(populate_existing=True))
    if content is None:
        raise NotFound("there is no such draft", content_id=content_id)
    return content


async def lock_content_of(session: AsyncSession, publication_id: uuid.UUID) -> Content:
    """Lock the calendar and the content that a publication belongs to. Raises ``NotFound``."""
    publication = await repository.get(session, publication_id)
    return await lock_content(session, publication.content_id)


async def _channels(
    session: AsyncSession, content: Content, channel_ids: Sequence[uuid.UUID] | None
) -> list[Channel]:
    """Return the connected channels the content is meant for: all of them, or the asked ones."""
    off = forms.switched_off(content.adapted)
    connected = [
        channel
        for channel in await channels_service.list_for_product(session, content.product_id)
        if channel.status != ChannelStatus.DISCONNECTED and channel.platform not in off
    ]
    if channel_ids is not None:
        connected = [channel for channel in connected if channel.id in set(channel_ids)]
    if not connected or (channel_ids is not None and len(connected) < len(set(channel_ids))):
        raise NoChannel(product_id=content.product_id)
    return connected


async def _drop_switched_off(session: AsyncSession, content: Content, now: datetime) -> None:
    """Cancel what still waits for a platform that the approved version is not meant for."""
    off = forms.switched_off(content.adapted)
    if not off:
        return
    waiting = await session.scalars(
        select(Publication)
        .join(Channel, Channel.id == Publication.channel_id)
        .where(
            Publication.content_id == content.id,
            Publication.status == PublicationStatus.SCHEDULED,
            Channel.platform.in_(off),
        )
    )
    for publication in waiting.all():
        if not approval.is_by_hand(publication) and not await repository.is_touched(session, publication.id):
            await cancel(session, publication.id, now=now)


def _same_wish(publication: Publication, when: When, version: int) -> bool:
    if publication.status != PublicationStatus.SCHEDULED:
        return True
    same_time = not isinstance(when, At) or publication.scheduled_at == when.moment
    return publication.content_version == version and publication.mode == when.mode and same_time


async def _rules(session: AsyncSession) -> Rules:
    publishing = await settings_service.get(session, Publishing)
    general = await settings_service.get(session, General)
    return Rules(
        gap=timedelta(hours=publishing.min_gap_hours), per_day=publishing.max_posts_per_day, zone=general.zone
    )


async def _moment(
    session: AsyncSession, content: Content, when: When, now: datetime, *, force: bool
) -> datetime:
    rules = await _rules(session)
    since = now - rules.gap - _LOOK_BACK
    taken = await repository.taken(session, content.product_id, since, but=content.id)
    if isinstance(when, Optimal):
        found = slots.next_default(now, taken, rules)
        if found is None:
            raise DayFull(nearest=None, limit=rules.per_day)
        return found
    moment = (
        now + timedelta(seconds=when.undo_seconds) if isinstance(when, Now) else _checked(when.moment, now)
    )
    hindrance = None if force else slots.obstacle(moment, taken, rules)
    if hindrance is Obstacle.GAP:
        raise TooClose(
            nearest=slots.next_allowed(moment, taken, rules), gap_hours=rules.gap / timedelta(hours=1)
        )
    if hindrance is Obstacle.DAY:
        raise DayFull(nearest=slots.next_allowed(moment, taken, rules), limit=rules.per_day)
    return moment


def _checked(moment: datetime, now: datetime) -> datetime:
    if moment.tzinfo is None:
        raise InvalidInput("a time needs its zone", reason="no-zone")
    if moment < now:
        raise InvalidInput("this time is in the past", reason="past", moment=moment)
    if moment > now + slots.HORIZON:
        raise InvalidInput("this time is more than a year ahead", reason="too-far", moment=moment)
    return moment


async def _values(
    session: AsyncSession, mode: str, moment: datetime, version: int | None, priority: str
) -> dict[str, object]:
    publishing = await settings_service.get(session, Publishing)
    return {
        "status": PublicationStatus.SCHEDULED,
        "scheduled_at": moment,
        "mode": mode,
        "content_version": version,
        "priority": priority,
        "late_policy": publishing.late_policy,
        "late_after_seconds": publishing.late_after_minutes * 60,
        "late_accepted_at": None,
        "next_attempt_at": None,
        "nudged_at": None,
        "retry_count": 0,
        "parts": None,
    }
