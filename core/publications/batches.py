"""How are many publications written with one statement? The common way of a post: claimed, and then confirmed."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from core.channels import service as channels
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.notifications.service import News
from core.platforms.base import Sent
from core.publications import counted
from core.publications.models import Publication, PublicationStatus

_TAKEN = ("status", "mode", "content_version", "parts", "lease_owner", "lease_until")
_TABLE = Publication.__table__
_TAKE = (
    update(Publication.__table__)  # type: ignore[arg-type]  # mapped classes name their table loosely
    .where(_TABLE.c.id == bindparam("taken"), _TABLE.c.status == PublicationStatus.SCHEDULED)
    .values({name: bindparam(f"new_{name}") for name in _TAKEN})
)
# Every open try of the part is answered: they all had the same key.
_CONFIRM = text("""
UPDATE publication_attempts SET state = 'confirmed', post_ids = given.post_ids, post_url = given.url, finished_at = :now
FROM unnest(CAST(:ids AS uuid[]), CAST(:post_ids AS jsonb[]), CAST(:urls AS text[])) AS given (id, post_ids, url)
WHERE publication_id = given.id AND part = 0 AND state IN ('started', 'unknown')
RETURNING publication_id
""")
_PUBLISH = text("""
UPDATE publications SET status = 'published', published_at = :now, updated_at = now(),
    platform_post_id = given.post_id, platform_url = given.url, thread_ids = NULL, error_code = NULL,
    error_message = NULL, lease_owner = NULL, lease_until = NULL, next_attempt_at = NULL
FROM unnest(CAST(:ids AS uuid[]), CAST(:first AS text[]), CAST(:urls AS text[])) AS given (id, post_id, url)
WHERE publications.id = given.id AND status = 'publishing'
RETURNING publications.id, channel_id, scheduled_at
""")
# In one order, or two groups that share contents could wait for each other.
_CONTENT = text("""
UPDATE content SET status = 'published', updated_at = now()
WHERE id IN (
    SELECT content.id FROM content JOIN publications ON content_id = content.id AND content_version = version
    WHERE publications.id = ANY(CAST(:ids AS uuid[])) AND content.status IN ('draft', 'ready')
    ORDER BY content.id FOR NO KEY UPDATE OF content
)
""")


@dataclass(frozen=True, slots=True)
class Done:
    """A post of one part that the platform has confirmed, and the claim it was sent under."""

    publication_id: uuid.UUID
    product_id: uuid.UUID
    token: str
    sent: Sent
    platform: str
    correlation_id: str | None = None


async def take(session: AsyncSession, locked: Sequence[tuple[Publication, Mapping[str, Any]]]) -> None:
    """Write what claims change of publications that the caller holds locked."""
    if not locked:
        return
    rows = [
        {"taken": publication.id} | {f"new_{name}": values[name] for name in _TAKEN}
        for publication, values in locked
    ]
    await (await session.connection()).execute(_TAKE, rows)
    for publication, values in locked:
        for name in _TAKEN:
            set_committed_value(publication, name, values[name])


async def confirm(session: AsyncSession, done: Sequence[Done], now: datetime) -> set[uuid.UUID]:
    """Publish those that their claims still hold; return which. The rows, the owner's news: as ``settling.publish``."""
    mine = {each.publication_id: each for each in done}
    query = (
        select(Publication.id, Publication.lease_owner)
        .where(Publication.id.in_(mine), Publication.status == PublicationStatus.PUBLISHING)
        .order_by(Publication.id)
        .with_for_update()
    )
    held = [mine[row.id] for row in await session.execute(query) if row.lease_owner == mine[row.id].token]
    if not held:
        return set()
    confirmed = set(await session.scalars(_CONFIRM, _answers(held) | {"now": now}))
    out = [each for each in held if each.publication_id in confirmed]
    rows = (await session.execute(_PUBLISH, _ids(out) | {"now": now})).all()
    published = {row.id for row in rows}
    for row in rows:
        counted.published(session, mine[row.id].platform, row.scheduled_at, now)
    await session.execute(_CONTENT, {"ids": list(published)})
    await channels.mark_used(session, {row.channel_id for row in rows}, now)
    await notifications.notify_all(
        session,
        NotificationKind.PUBLISHED,
        [
            News(each.product_id, {"publication_id": str(each.publication_id)}, each.correlation_id)
            for each in out
        ],
        not_before=now,
    )
    return published


def _answers(held: Sequence[Done]) -> dict[str, Any]:
    return {
        "ids": [each.publication_id for each in held],
        "post_ids": [json.dumps(list(each.sent.post_ids)) for each in held],
        "urls": [each.sent.url for each in held],
    }


def _ids(out: Sequence[Done]) -> dict[str, Any]:
    return {
        "ids": [each.publication_id for each in out],
        "first": [each.sent.post_ids[0] if each.sent.post_ids else None for each in out],
        "urls": [each.sent.url for each in out],
    }
