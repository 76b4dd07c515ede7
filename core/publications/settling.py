"""How does a publication come to rest? Each ending with its row, its content and the word to the owner, in one transaction.

The caller holds the row's lock or passes a publication it has just read; every ending is guarded by the status the
publication was read with, so a second one changes nothing and tells nothing.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service as channels
from core.content.models import Content, ContentStatus
from core.notifications.models import NotificationKind
from core.platforms.base import Sent
from core.publications import announcements, counted, repository
from core.publications.models import Publication, PublicationStatus

RELEASED: dict[str, Any] = {"lease_owner": None, "lease_until": None, "next_attempt_at": None}
_MESSAGE = 2000  # characters of a platform's explanation that are kept


async def publish(
    session: AsyncSession,
    publication: Publication,
    product_id: uuid.UUID,
    sent: Mapping[int, Sent],
    now: datetime,
    *,
    url: str | None = None,
    tell: bool = True,
) -> bool:
    """Everything is out. ``url`` overrides the link (the owner knows it better), who then need not be told."""
    parts = [sent[number] for number in sorted(sent)]
    first = parts[0] if parts else Sent(())
    moved = await repository.move(
        session,
        publication.id,
        [PublicationStatus(publication.status)],
        status=PublicationStatus.PUBLISHED,
        published_at=now,
        platform_post_id=first.post_ids[0] if first.post_ids else None,
        platform_url=url or first.url,
        thread_ids=first_ids(sent) if len(sent) > 1 else None,
        error_code=None,
        error_message=None,
        **RELEASED,
    )
    if moved is None:
        return False
    await counted.rested(session, moved, PublicationStatus.PUBLISHED, now)
    # A newer draft of the same content keeps its own status: it still waits for approval.
    await session.execute(
        update(Content)
        .where(
            Content.id == moved.content_id,
            Content.version == moved.content_version,
            Content.status.in_([ContentStatus.DRAFT, ContentStatus.READY]),
        )
        .values(status=ContentStatus.PUBLISHED)
    )
    await channels.mark_used(session, [moved.channel_id], now)
    if tell:
        await announcements.about(session, NotificationKind.PUBLISHED, product_id, moved.id, now)
    return True


def first_ids(sent: Mapping[int, Sent]) -> list[str]:
    """Return the first id of each part, for `thread_ids`."""
    return [sent[number].post_ids[0] for number in sorted(sent) if sent[number].post_ids]


async def resume(
    session: AsyncSession,
    publication: Publication,
    product_id: uuid.UUID,
    now: datetime,
    *,
    url: str | None = None,
    tell: bool = True,
) -> bool:
    """An open question turned out as "it is live": publish, or go on with the parts that are not out yet."""
    sent = await repository.sent_parts(session, publication.id)
    if len(sent) >= (publication.parts or 1):
        return await publish(session, publication, product_id, sent, now, url=url, tell=tell)
    return await wait(session, publication, now, thread_ids=first_ids(sent))


async def fail(
    session: AsyncSession,
    publication: Publication,
    product_id: uuid.UUID,
    code: str,
    message: str,
    now: datetime,
    **values: Any,
) -> bool:
    """It will not go out as it is; the owner decides."""
    ending = _Ending(PublicationStatus.FAILED, NotificationKind.FAILED, code, message)
    return await _end(session, publication, product_id, ending, now, **values)


async def doubt(
    session: AsyncSession,
    publication: Publication,
    product_id: uuid.UUID,
    code: str,
    now: datetime,
    message: str | None = None,
) -> bool:
    """It may be live or not; only the owner can tell."""
    ending = _Ending(PublicationStatus.UNCERTAIN, NotificationKind.UNCERTAIN, code, message)
    return await _end(session, publication, product_id, ending, now)


async def miss(
    session: AsyncSession, publication: Publication, product_id: uuid.UUID, code: str, now: datetime
) -> bool:
    """It was not sent, on purpose: its text is no longer approved, or its late policy says skip."""
    ending = _Ending(PublicationStatus.MISSED, NotificationKind.MISSED, code, None)
    return await _end(session, publication, product_id, ending, now)


async def wait(
    session: AsyncSession, publication: Publication, until: datetime | None, **values: Any
) -> bool:
    """Put it back into the queue until ``until`` (None: its own time counts again)."""
    moved = await repository.move(
        session,
        publication.id,
        [PublicationStatus(publication.status)],
        **(RELEASED | {"next_attempt_at": until}),
        status=PublicationStatus.SCHEDULED,
        nudged_at=None,
        **values,
    )
    return moved is not None


@dataclass(frozen=True, slots=True)
class _Ending:
    status: PublicationStatus
    kind: NotificationKind
    code: str
    message: str | None


async def _end(
    session: AsyncSession,
    publication: Publication,
    product_id: uuid.UUID,
    ending: _Ending,
    now: datetime,
    **values: Any,
) -> bool:
    moved = await repository.move(
        session,
        publication.id,
        [PublicationStatus(publication.status)],
        status=ending.status,
        error_code=ending.code[:100],
        error_message=None if ending.message is None else ending.message[:_MESSAGE],
        **RELEASED,
        **values,
    )
    if moved is None:
        return False
    await counted.rested(session, moved, ending.status, now)
    await announcements.about(session, ending.kind, product_id, moved.id, now)
    return True
