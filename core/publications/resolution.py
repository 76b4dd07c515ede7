"""What did the owner decide about a post that is in doubt, has failed or came too late?

Every decision is guarded by the status the button was shown for: a second tap changes nothing and returns False.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound, Stale
from core.publications import approval, calling, claiming, dispatch, repository, scheduling, settling
from core.publications.errors import NotApproved
from core.publications.models import (
    LATE_CODES,
    AttemptState,
    Publication,
    PublicationAttempt,
    PublicationStatus,
)
from core.publications.outcomes import Absent, Confirmed
from core.runtime import Runtime

Verdict = Literal["live", "absent", "unknown"]


async def confirm_live(
    session: AsyncSession, publication_id: uuid.UUID, *, now: datetime, url: str | None = None
) -> bool:
    """The owner saw it: the doubtful part counts as sent, and a thread goes on with the next one."""
    publication, product_id = await _locked(session, publication_id, PublicationStatus.UNCERTAIN)
    if publication is None:
        return False
    cleared = await repository.settle_attempts(
        session,
        publication_id,
        [AttemptState.UNKNOWN],
        state=AttemptState.CONFIRMED,
        post_url=url,
        finished_at=now,
    )
    if cleared:
        return await settling.resume(session, publication, product_id, now, url=url, tell=False)
    sent = await repository.sent_parts(session, publication_id)
    return await settling.publish(session, publication, product_id, sent, now, url=url, tell=False)


async def send_again(session: AsyncSession, publication_id: uuid.UUID, *, now: datetime) -> bool:
    """The owner saw that it is not there: the doubtful part is sent again, at once."""
    publication, _ = await _locked(session, publication_id, PublicationStatus.UNCERTAIN)
    if publication is None:
        return False
    await repository.settle_attempts(
        session,
        publication_id,
        [AttemptState.UNKNOWN],
        state=AttemptState.TRANSIENT,
        error_code="owner-says-absent",
        finished_at=now,
    )
    return await _queue(session, publication, now, publication.content_version)


async def retry(session: AsyncSession, publication_id: uuid.UUID, *, now: datetime) -> bool:
    """Try a failed post again from its first unsent part, with the current approved text if nothing is out yet.

    Raises ``NotApproved``, and ``Stale`` when the same content has been planned for the channel meanwhile.
    """
    publication, version = await _ready(session, publication_id, PublicationStatus.FAILED, now)
    if publication is None:
        return False
    return await _queue(session, publication, now, version)


async def accept_late(session: AsyncSession, ids: Sequence[uuid.UUID], *, now: datetime) -> int:
    """Publish late posts all the same; returns how many. One that lost its approval is reported as missed instead."""
    accepted = 0
    for publication_id in await repository.in_product_order(session, ids):
        try:
            publication, version = await _ready(session, publication_id, PublicationStatus.MISSED, now)
        except Stale:
            continue
        except NotApproved:
            await _disapprove(session, publication_id, now)
            continue
        if publication is not None and publication.error_code in LATE_CODES:
            accepted += await _queue(session, publication, now, version)
    return accepted


async def skip_late(session: AsyncSession, ids: Sequence[uuid.UUID], *, now: datetime) -> int:
    """Let late posts go; returns how many."""
    skipped = 0
    for publication_id in await repository.in_product_order(session, ids):
        moved = await repository.move(
            session,
            publication_id,
            [PublicationStatus.MISSED],
            Publication.error_code.in_(LATE_CODES),
            status=PublicationStatus.CANCELLED,
            updated_at=now,
        )
        skipped += moved is not None
    return skipped


async def look_again(runtime: Runtime, publication_id: uuid.UUID) -> Verdict:
    """Look at the account whether an uncertain post is live. "absent" leaves sending again to the owner.

    Raises ``Stale`` when the post is not uncertain any more, ``NotFound``, and what ``channels.target`` raises.
    """
    async with runtime.unit_of_work() as session:
        publication = await repository.get(session, publication_id)
        if publication.status == PublicationStatus.PUBLISHED:
            return "live"
        if publication.status != PublicationStatus.UNCERTAIN:
            raise Stale("this publication is not uncertain any more", publication_id=publication_id)
        question = await claiming.question(runtime, session, publication)
    if question is None:
        return "unknown"
    outcome = await calling.look(*question)
    if isinstance(outcome, Absent):
        return "absent"
    if not isinstance(outcome, Confirmed):
        return "unknown"
    claim, step = question
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        uncertain = await repository.lock_in(session, publication_id, [PublicationStatus.UNCERTAIN])
        if uncertain is not None and await repository.settle_attempts(
            session,
            publication_id,
            [AttemptState.UNKNOWN],
            PublicationAttempt.part == step.part,
            state=AttemptState.CONFIRMED,
            post_ids=list(outcome.sent.post_ids),
            post_url=outcome.sent.url,
            finished_at=now,
        ):
            await settling.resume(session, uncertain, claim.product_id, now, tell=False)
    return "live"


async def _locked(
    session: AsyncSession, publication_id: uuid.UUID, status: PublicationStatus
) -> tuple[Publication | None, uuid.UUID]:
    product_id = await repository.product_of(session, publication_id)
    if product_id is None:
        raise NotFound("there is no such publication", publication_id=publication_id)
    return await repository.lock_in(session, publication_id, [status]), product_id


async def _ready(
    session: AsyncSession, publication_id: uuid.UUID, status: PublicationStatus, now: datetime
) -> tuple[Publication | None, int | None]:
    """Lock calendar, content and publication, and return what would be sent."""
    content = await scheduling.lock_content_of(session, publication_id)
    publication = await repository.lock_in(session, publication_id, [status])
    if publication is None:
        return None, None
    if not approval.is_by_hand(publication) and await repository.has_live(session, publication):
        raise Stale("this content is planned for the channel already", publication_id=publication_id)
    return publication, await approval.version_for(session, publication, content, now)


async def _queue(session: AsyncSession, publication: Publication, now: datetime, version: int | None) -> bool:
    """Send it as soon as a worker is free. The owner wants it now, however late it is."""
    same = version == publication.content_version
    queued = await settling.wait(
        session,
        publication,
        now,
        retry_count=0,
        late_accepted_at=now,
        quiet_accepted=True,
        content_version=version,
        parts=publication.parts if same else None,
        error_code=None,
        error_message=None,
    )
    if queued:
        dispatch.nudge(session, publication)
    return queued


async def _disapprove(session: AsyncSession, publication_id: uuid.UUID, now: datetime) -> None:
    publication, product_id = await _locked(session, publication_id, PublicationStatus.MISSED)
    if publication is not None and publication.error_code in LATE_CODES:
        await settling.miss(session, publication, product_id, "not_approved", now)
