"""What is due, what came too late, and what did a dead worker leave behind? The scans the scheduler runs."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.jobs import queue
from core.jobs.jobs import Priority, PublishJob
from core.platforms.base import Platform
from core.platforms.registry import PLATFORMS
from core.publications import late, policy, repository, settling
from core.publications.models import AttemptState, Publication
from core.publications.quiet import quiet_of
from core.settings import service as settings_service
from core.settings.service import General, Publishing

BATCH = 200  # publications asked for in one transaction


def nudge(session: AsyncSession, publication: Publication) -> None:
    """Ask for the publication's job once the unit of work has committed."""
    known = publication.priority in set(Priority)
    queue.ask(
        session,
        PublishJob(
            publication_id=publication.id,
            priority=Priority(publication.priority) if known else Priority.NORMAL,
            attempts=publication.retry_count,
        ),
    )


async def nudge_due(session: AsyncSession, now: datetime, limit: int = BATCH) -> int:
    """Ask for the jobs of what is due, the most urgent first, and apply late policies. Returns how many were asked for.

    A row is asked for again only after ``policy.NUDGE_AGAIN``: the message may be lost, but while workers are busy a
    thousand copies of it would only fill the queue. Any number of schedulers may scan at once.
    """
    publishing = await settings_service.get(session, Publishing)
    if publishing.paused:
        return 0
    await late.decide(session, now)
    hours = quiet_of(await settings_service.get(session, General), publishing)
    if hours is not None:
        await late.hush(session, hours, now)
    awake = late.awake(hours, now)
    due = await repository.lock_to_nudge(session, now, now - policy.NUDGE_AGAIN, limit, *awake)
    for publication in due:
        publication.nudged_at = now
        nudge(session, publication)
    await session.flush()
    return len(due)


async def overlooked(session: AsyncSession, now: datetime, limit: int = 50) -> list[uuid.UUID]:
    """Return what is overdue although it was asked for: its messages are being lost, or everybody is busy.

    Nothing is marked; whoever sends them claims each one first.
    """
    publishing = await settings_service.get(session, Publishing)
    if publishing.paused:
        return []
    awake = late.awake(quiet_of(await settings_service.get(session, General), publishing), now)
    return await repository.overdue(session, now - policy.OVERLOOKED, now, limit, *awake)


async def recover(
    session: AsyncSession, now: datetime, limit: int = 200, *, platforms: Mapping[str, Platform] = PLATFORMS
) -> int:
    """Take back what workers held when they died; returns how many. ``platforms`` are the runtime's.

    Without a begun call the post simply waits again. With one its outcome is unknown: it goes back into the queue
    where repeating is harmless or the account can be looked at, and to the owner where neither is so.
    """
    expired = await repository.lock_expired(session, now, limit)
    if not expired:
        return 0
    owners = await repository.channels_of(session, expired)
    for publication in expired:
        product_id, slug = owners[publication.channel_id]
        begun = await repository.settle_attempts(
            session,
            publication.id,
            [AttemptState.STARTED],
            state=AttemptState.UNKNOWN,
            error_code="worker-lost",
            finished_at=now,
        )
        failures = publication.retry_count + (1 if begun else 0)
        if begun and not _settles_itself(platforms.get(slug), failures):
            await settling.doubt(session, publication, product_id, "worker-lost", now)
        else:
            await settling.wait(session, publication, None, retry_count=failures)
    return len(expired)


def _settles_itself(platform: Platform | None, failures: int) -> bool:
    return policy.may_settle_itself(platform) and failures < policy.MAX_TRIES
