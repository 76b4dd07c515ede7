"""What came of the call? The transaction after it: attempt, publication, channel and the word to the owner together."""

import asyncio
from datetime import datetime
from itertools import takewhile
from typing import Any, TypeGuard

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service as channels
from core.platforms.base import TOKEN_ENDED
from core.publications import announcements, counted, grouping, policy, repository, settling
from core.publications.claiming import Claim, Step
from core.publications.models import AttemptState, Publication, PublicationAttempt, PublicationStatus
from core.publications.outcomes import Absent, Again, Confirmed, LockedOut, Outcome, Refused, Unknown, Wait
from core.runtime import Runtime

log = structlog.get_logger(__name__)

# An answer we hold must not be lost to a database that is away for a moment; seconds between tries.
RETRY_DELAYS = (0.2, 1.0, 3.0, 8.0, 15.0)

_OPEN = (AttemptState.STARTED, AttemptState.UNKNOWN)
_STATE = {
    Absent: AttemptState.TRANSIENT,
    Again: AttemptState.TRANSIENT,
    Wait: AttemptState.TRANSIENT,
    LockedOut: AttemptState.REJECTED,
    Refused: AttemptState.REJECTED,
    Unknown: AttemptState.UNKNOWN,
}


async def record(runtime: Runtime, claim: Claim, step: Step, outcome: Outcome) -> bool:
    """Record ``outcome``. True when the claim goes on (the next part, or this one again after a look).

    Repeats itself while the database is away, and once more when interrupted: every change is guarded, so a
    repetition after a commit whose answer was lost changes nothing.
    """
    for delay in (*RETRY_DELAYS, None):
        try:
            if _is_plain(outcome, claim, step) and await grouping.confirmed(runtime, claim, outcome):
                goes_on = False
            else:
                goes_on = await _record(runtime, claim, step, outcome)
            counted.call(claim.platform.slug, outcome)
            return goes_on
        except asyncio.CancelledError:
            await _record(runtime, claim, step, outcome)
            raise
        except (DBAPIError, PoolTimeout, OSError) as error:
            if delay is None:
                raise
            log.warning(
                "outcome_not_recorded_yet",
                publication=str(claim.publication_id),
                outcome=type(outcome).__name__,
                reason=type(error).__name__,
            )
            await asyncio.sleep(delay)
    return False


def _is_plain(outcome: Outcome, claim: Claim, step: Step) -> TypeGuard[Confirmed]:
    """Tell whether this is the common end of a post: its only part was sent, and the platform said yes."""
    return isinstance(outcome, Confirmed) and len(claim.parts) == 1 and not step.look


async def _record(runtime: Runtime, claim: Claim, step: Step, outcome: Outcome) -> bool:
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        publication = await repository.lock_held(session, claim.publication_id, claim.token)
        if publication is None:
            await _too_late(session, claim, step, outcome, now)
            return False
        if isinstance(outcome, Confirmed | Absent):
            # This answers for every try of the part: they all had the same key.
            settled = await repository.settle_attempts(
                session, publication.id, _OPEN, PublicationAttempt.part == step.part, **_attempt(outcome, now)
            )
        elif step.look:
            settled = 1  # a look that failed says nothing about the post: its attempt stays unknown
        else:
            settled = await repository.settle_attempts(
                session,
                publication.id,
                _OPEN,
                PublicationAttempt.id == step.attempt_id,
                **_attempt(outcome, now),
            )
        if not settled:
            return False
        return await _follow(session, claim, step, publication, outcome, now)


def _attempt(outcome: Outcome, now: datetime) -> dict[str, Any]:
    if isinstance(outcome, Confirmed):
        return {
            "state": AttemptState.CONFIRMED,
            "post_ids": list(outcome.sent.post_ids),
            "post_url": outcome.sent.url,
            "finished_at": now,
        }
    if isinstance(outcome, Absent):
        return {"state": AttemptState.TRANSIENT, "finished_at": now}
    return {
        "state": _STATE[type(outcome)],
        "error_code": outcome.code[:100],
        "error_message": outcome.message[:2000],
        "retry_at": outcome.retry_at if isinstance(outcome, Wait) else None,
        "finished_at": now,
    }


async def _follow(
    session: AsyncSession,
    claim: Claim,
    step: Step,
    publication: Publication,
    outcome: Outcome,
    now: datetime,
) -> bool:
    product_id = claim.product_id
    match outcome:
        case Confirmed():
            return await _confirmed(session, claim, publication, now)
        case Absent():
            # Whether it is still wanted now is for the queue's own rules to say, not for this claim.
            await settling.wait(session, publication, None)
        case Again():
            failures = publication.retry_count + 1
            until = None if failures >= policy.MAX_TRIES else now + policy.backoff(failures)
            await _later(session, claim, step, publication, outcome, until, failures, now)
        case Wait(retry_at=retry_at):
            calls = await repository.attempts_of(session, publication.id)
            endless = len(calls) >= policy.MAX_CALLS * len(claim.parts)
            in_a_row = sum(1 for _ in takewhile(lambda call: call.retry_at is not None, reversed(calls)))
            until = None if endless else policy.wait_until(retry_at, now, max(in_a_row, 1))
            await _later(session, claim, step, publication, outcome, until, publication.retry_count, now)
        case LockedOut(code, message):
            await settling.wait(
                session, publication, None, error_code=code[:100], error_message=message[:2000]
            )
            if await channels.mark_error(session, publication.channel_id, message):
                await announcements.channel_error(session, product_id, publication.channel_id, now)
        case Refused(code, message):
            if step.doubted:
                await settling.doubt(session, publication, product_id, code, now, message)
            else:
                await settling.fail(session, publication, product_id, code, message, now)
        case Unknown():
            await _unknown(session, claim, step, publication, outcome, now)
    return False


async def _confirmed(session: AsyncSession, claim: Claim, publication: Publication, now: datetime) -> bool:
    sent = await repository.sent_parts(session, publication.id)
    if len(sent) >= len(claim.parts):
        await settling.publish(session, publication, claim.product_id, sent, now)
        return False
    await repository.move(
        session,
        publication.id,
        [PublicationStatus.PUBLISHING],
        thread_ids=settling.first_ids(sent),
        lease_until=now + policy.LEASE,
    )
    return True


async def _later(
    session: AsyncSession,
    claim: Claim,
    step: Step,
    publication: Publication,
    outcome: Again | Wait,
    until: datetime | None,
    failures: int,
    now: datetime,
) -> None:
    """Wait until ``until``; None means that it has been tried often enough."""
    code, message = outcome.code[:100], outcome.message[:2000]
    if code == TOKEN_ENDED:
        await channels.mark_ended(session, publication.channel_id, now)
    if until is not None:
        await settling.wait(
            session, publication, until, retry_count=failures, error_code=code, error_message=message
        )
    elif step.doubted:
        await settling.doubt(session, publication, claim.product_id, code, now, message)
    else:
        await settling.fail(session, publication, claim.product_id, code, message, now, retry_count=failures)


async def _unknown(
    session: AsyncSession, claim: Claim, step: Step, publication: Publication, outcome: Unknown, now: datetime
) -> None:
    failures = publication.retry_count + 1
    looked_in_vain = step.look and not outcome.interrupted
    if not policy.may_settle_itself(claim.platform) or looked_in_vain or failures >= policy.MAX_TRIES:
        await settling.doubt(session, publication, claim.product_id, outcome.code, now, outcome.message)
        return
    await settling.wait(
        session,
        publication,
        now + policy.backoff(failures),
        retry_count=failures,
        error_code=outcome.code[:100],
        error_message=outcome.message[:2000],
    )


async def _too_late(session: AsyncSession, claim: Claim, step: Step, outcome: Outcome, now: datetime) -> None:
    """The lease was lost during the call. A later state is not overwritten; only an open question may be answered."""
    log.warning(
        "lease_lost",
        publication=str(claim.publication_id),
        part=step.part,
        outcome=type(outcome).__name__,
    )
    if not isinstance(outcome, Confirmed):
        return
    publication = await repository.lock_in(
        session, claim.publication_id, [PublicationStatus.UNCERTAIN, PublicationStatus.SCHEDULED]
    )
    if publication is None:
        return
    if await repository.settle_attempts(
        session,
        publication.id,
        [AttemptState.UNKNOWN],
        PublicationAttempt.part == step.part,
        **_attempt(outcome, now),
    ):
        await settling.resume(session, publication, claim.product_id, now)
