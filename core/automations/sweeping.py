"""What of the automations is due and has nobody at it? The rows say so; a lost message costs a moment."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import deciding, scheduling
from core.automations.models import AutomationLog, RunStatus
from core.events.models import Event
from core.jobs.jobs import AutomationJob, RunJob
from core.jobs.queue import ask
from core.runtime import Runtime

# An event is nudged when it is stored; so old, its message was lost or the workers are busy.
_OVERLOOKED = timedelta(seconds=5)
_BATCH = 200
KEPT = timedelta(days=30)  # so long the reason is kept why a rule did nothing; what it did is kept for good


async def nudge(session: AsyncSession, now: datetime) -> int:
    """Ask for every event that is not processed and every run whose step is due. Returns how many."""
    events, runs = await _events(session, now - _OVERLOOKED), await _runs(session, now)
    for event_id in events:
        ask(session, AutomationJob(event_id=event_id))
    for run_id in runs:
        ask(session, RunJob(run_id=run_id))
    return len(events) + len(runs)


async def overlooked(
    session: AsyncSession, now: datetime, *, by: timedelta = timedelta(seconds=20)
) -> list[AutomationJob | RunJob]:
    """Return what no message has reached for so long: any worker that sees it does it."""
    events, runs = await _events(session, now - by), await _runs(session, now - by)
    return [
        *(AutomationJob(event_id=event_id) for event_id in events),
        *(RunJob(run_id=run_id) for run_id in runs),
    ]


async def sweep(runtime: Runtime) -> int:
    """Start what is due by the clock, and see what the owner, or nobody, has decided. Returns how much it was.

    Each thing is a transaction of its own: one that cannot be done keeps nothing from the others.
    """
    done = await scheduling.sweep(runtime)
    async with runtime.unit_of_work() as session:
        decided, overdue = (
            await deciding.decided(session),
            await deciding.overdue(session, runtime.clock.now()),
        )
    for content_id in decided:
        async with runtime.unit_of_work() as session:
            await deciding.settle(session, content_id, runtime.clock.now())
    for content_id in overdue:
        async with runtime.unit_of_work() as session:
            await deciding.time_out(session, content_id, runtime.clock.now())
    async with runtime.unit_of_work() as session:
        mishaps = await deciding.mishaps(session, runtime.clock.now())
    return done + len(decided) + len(overdue) + mishaps


async def forget_skipped(session: AsyncSession, now: datetime) -> int:
    """Delete a batch of old runs that did nothing: a busy product leaves thousands a day. Returns how many."""
    old = (
        select(AutomationLog.id)
        .where(AutomationLog.status == RunStatus.SKIPPED, AutomationLog.started_at < now - KEPT)
        .limit(_BATCH * 10)
    )
    gone = await session.scalars(
        delete(AutomationLog).where(AutomationLog.id.in_(old)).returning(AutomationLog.id)
    )
    return len(gone.all())


async def _events(session: AsyncSession, before: datetime) -> Sequence[uuid.UUID]:
    found = await session.scalars(
        select(Event.id)
        .where(Event.processed.is_(False), Event.received_at <= before)
        .order_by(Event.received_at)
        .limit(_BATCH)
    )
    return found.all()


async def _runs(session: AsyncSession, now: datetime) -> Sequence[uuid.UUID]:
    found = await session.scalars(
        select(AutomationLog.id)
        .where(
            AutomationLog.status == RunStatus.RUNNING,
            AutomationLog.next_at <= now,
            or_(AutomationLog.lease_until.is_(None), AutomationLog.lease_until <= now),
        )
        .order_by(AutomationLog.next_at)
        .limit(_BATCH)
    )
    return found.all()
