"""When does a post go out? As the owner wishes, within the owner's limits.

The product's row is locked while a time is chosen, so that two posts planned at once see each other.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core import tracing
from core.channels import service as channels_service
from core.channels.models import Channel, ChannelStatus
from core.content import forms
from core.content import service as content_service
from core.content.models import Content
from core.errors import NotFound, Stale
from core.ids import new_id
from core.publications import approval, calendar, dispatch, repository
from core.publications.calendar import Calendar
from core.publications.errors import NoChannel, NotApproved
from core.publications.models import Publication, PublicationStatus
from core.publications.wishes import At, Distributed, NextFree, Now, Optimal, When
from core.settings import service as settings_service
from core.settings.service import Publishing

__all__ = ["At", "Distributed", "NextFree", "Now", "Optimal", "When"]


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
    that is on its way, or partly out, is returned unchanged. ``force`` overrides the owner's own rules: gap, posts a
    day, quiet hours.

    Raises ``Stale`` (another version is current), ``NotApproved``, ``NoChannel``, ``NotFree`` with the nearest allowed
    time, ``InvalidInput`` for a time in the past, ``NotFound``.
    """
    content = await lock_content(session, content_id)
    if content.version != version:
        raise Stale("this draft has changed since", content_id=content_id)
    if not approval.holds(content, version, now):
        raise NotApproved(content_id=content_id)
    channels = await _channels(session, content, channel_ids)
    await _drop_switched_off(session, content, now)
    live = await repository.live_of(session, content_id, [channel.id for channel in channels])
    first = min(live.values(), key=lambda publication: publication.scheduled_at, default=None)
    settled = {
        channel_id: publication
        for channel_id, publication in live.items()
        if _same_wish(publication, when, version, first=first)
        or await repository.is_touched(session, publication.id)
    }
    if len(settled) == len(channels):
        return [settled[channel.id] for channel in channels]
    book = await calendar.load(session, content.product_id, now, but=content.id)
    moments = calendar.choose(book, content_id, channels, when, force=force)
    planned: list[Publication] = []
    for channel in channels:
        values = await _values(session, when.mode, moments[channel.id], version, priority, book)
        publication = settled.get(channel.id) or live.get(channel.id)
        if publication is None:
            publication = Publication(
                id=new_id(),
                content_id=content_id,
                channel_id=channel.id,
                metrics={},
                # What began the draft began its posts, whoever approves it.
                correlation_id=content.correlation_id or tracing.current(),
                **values,
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
    channel = await channels_service.get(session, publication.channel_id)
    book = await calendar.load(session, content.product_id, now, but=content.id)
    chosen = calendar.choose(book, content.id, [channel], At(moment), force=force)[channel.id]
    mode = publication.mode if approval.is_by_hand(publication) else At.mode
    values = await _values(session, mode, chosen, version, publication.priority, book)
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


def _same_wish(publication: Publication, when: When, version: int, *, first: Publication | None) -> bool:
    """Tell whether ``publication`` is planned as asked. ``first`` is the one that begins when they are spread out."""
    if publication.status != PublicationStatus.SCHEDULED:
        return True
    same_time = not isinstance(when, At) or publication.scheduled_at == when.moment
    if isinstance(when, Distributed) and when.start is not None:
        same_time = first is not None and first.scheduled_at == when.start
    return publication.content_version == version and publication.mode == when.mode and same_time


async def _values(
    session: AsyncSession, mode: str, moment: datetime, version: int | None, priority: str, book: Calendar
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
        "quiet_accepted": book.is_quiet(moment),  # only a forced moment is
        "next_attempt_at": None,
        "nudged_at": None,
        "retry_count": 0,
        "parts": None,
    }
