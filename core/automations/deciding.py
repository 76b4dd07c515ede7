"""Who decides about a draft that an automation made, and when? The owner, wherever they do it; else the time-out."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import autonomy, drafts
from core.automations.models import Automation, AutomationDraft, AutomationLog, DraftOutcome, RunStatus
from core.content import service as content
from core.content.models import Content, ContentStatus
from core.errors import NexusError, NotFound, Stale
from core.jobs.jobs import RunJob
from core.jobs.queue import ask
from core.publications.models import Publication, PublicationStatus

WATCHED = timedelta(days=14)  # so long a mishap of a post that went out by rule counts against the rule
_BATCH = 50
_APPROVED = (ContentStatus.READY, ContentStatus.PUBLISHED)


async def approve(
    session: AsyncSession, content_id: uuid.UUID, *, version: int, now: datetime
) -> dict[str, Any]:
    """Approve a proposed draft and plan it as its rule wished; a second tap changes nothing.

    Returns when it goes out, as ``planning.plan``. Raises ``Stale``, ``NotFound``, and what stands against the time.
    """
    row = await _locked(session, content_id)
    planned = await drafts.approve_and_plan(session, content_id, version, row.wish, now)
    await _settle(session, row, DraftOutcome.APPROVED, now)
    return planned


async def reject(session: AsyncSession, content_id: uuid.UUID, *, version: int, now: datetime) -> None:
    """Put a proposed draft away. Raises ``Stale``, ``NotFound``."""
    row = await _locked(session, content_id)
    if row.outcome != DraftOutcome.WAITING:
        raise Stale("this draft is decided already", content_id=content_id)
    await content.reject(session, content_id, version=version)
    await _settle(session, row, DraftOutcome.REJECTED, now)


async def of_content(session: AsyncSession, content_id: uuid.UUID) -> AutomationDraft | None:
    """Return what is known of a content that an automation made; None for any other."""
    return await session.get(AutomationDraft, content_id)


async def overdue(session: AsyncSession, now: datetime) -> Sequence[uuid.UUID]:
    """Return the drafts nobody has answered about in time."""
    found = await session.scalars(
        select(AutomationDraft.content_id)
        .where(AutomationDraft.outcome == DraftOutcome.WAITING, AutomationDraft.decides_at <= now)
        .order_by(AutomationDraft.decides_at)
        .limit(_BATCH)
    )
    return found.all()


async def time_out(session: AsyncSession, content_id: uuid.UUID, now: datetime) -> DraftOutcome | None:
    """Decide in the owner's place, as the rule says; None when there is nothing to decide any more."""
    row = await _locked(session, content_id)
    if row.outcome != DraftOutcome.WAITING or row.decides_at is None or row.decides_at > now:
        return None
    found = await content.get(session, content_id)
    if found.version != row.version or found.status != ContentStatus.DRAFT:
        return None  # the owner is at it: seen by ``settle``
    if row.on_timeout == "publish":
        try:
            async with session.begin_nested():
                await drafts.approve_and_plan(session, content_id, row.version, row.wish, now)
        except NexusError as error:
            await session.refresh(row)
            row.asked_because, row.decides_at = error.code, None  # it goes on waiting for the owner
            return None
        return await _settle(session, row, DraftOutcome.AUTO, now)
    await content.reject(session, content_id, version=row.version)
    return await _settle(session, row, DraftOutcome.DROPPED, now)


async def decided(session: AsyncSession) -> Sequence[uuid.UUID]:
    """Return the drafts about which the owner has decided elsewhere: on the card, in a list."""
    changed = or_(Content.status != ContentStatus.DRAFT, Content.version != AutomationDraft.version)
    found = await session.scalars(
        select(AutomationDraft.content_id)
        .join(Content, Content.id == AutomationDraft.content_id)
        .where(AutomationDraft.outcome == DraftOutcome.WAITING, changed)
        .limit(_BATCH)
    )
    return found.all()


async def settle(session: AsyncSession, content_id: uuid.UUID, now: datetime) -> DraftOutcome:
    """See what the owner has decided about a draft, and let it count."""
    row = await _locked(session, content_id)
    made = await session.get_one(Content, content_id, populate_existing=True)
    if made.status == ContentStatus.ARCHIVED:
        return await _settle(session, row, DraftOutcome.REJECTED, now)
    if made.version != row.version:
        return await _settle(session, row, DraftOutcome.EDITED, now)
    if made.status in _APPROVED:
        return await _settle(session, row, DraftOutcome.APPROVED, now)
    return DraftOutcome.WAITING


async def mishaps(session: AsyncSession, now: datetime) -> int:
    """Take the freedom of a rule back whose post was changed, deleted or failed after it went out by itself."""
    failed = exists().where(
        Publication.content_id == Content.id, Publication.status == PublicationStatus.FAILED
    )
    changed = or_(Content.status == ContentStatus.ARCHIVED, Content.version != AutomationDraft.version)
    rows = await session.execute(
        select(AutomationDraft, Automation, failed.label("failed"))
        .join(Content, Content.id == AutomationDraft.content_id)
        .join(Automation, Automation.id == AutomationDraft.automation_id)
        .where(
            and_(AutomationDraft.outcome == DraftOutcome.AUTO, AutomationDraft.judged.is_(False)),
            AutomationDraft.created_at > now - WATCHED,
            or_(changed, failed),
        )
        .limit(_BATCH)
        .with_for_update(of=(AutomationDraft, Automation), skip_locked=True)
    )
    found = rows.all()
    for row, automation, has_failed in found:
        row.judged = True
        await autonomy.take_back(session, automation, "failed" if has_failed else "edited", now)
    return len(found)


async def _locked(session: AsyncSession, content_id: uuid.UUID) -> AutomationDraft:
    """Lock the run, then its draft: a worker that records a step holds the run before it touches the calendar."""
    run_id = await session.scalar(
        select(AutomationDraft.run_id).where(AutomationDraft.content_id == content_id)
    )
    if run_id is None:
        raise NotFound("no automation made this draft", content_id=content_id)
    await session.execute(
        select(AutomationLog.id).where(AutomationLog.id == run_id).with_for_update(key_share=True)
    )
    return await session.get_one(AutomationDraft, content_id, with_for_update=True, populate_existing=True)


async def _settle(
    session: AsyncSession, row: AutomationDraft, outcome: DraftOutcome, now: datetime
) -> DraftOutcome:
    if row.outcome == DraftOutcome.WAITING and outcome != DraftOutcome.WAITING:
        row.outcome, row.settled_at = outcome, now
        await autonomy.judge(session, row, now)
        await _wake(session, row.run_id, now)
    await session.flush()
    return outcome


async def _wake(session: AsyncSession, run_id: uuid.UUID, now: datetime) -> None:
    """Let a run that waits for the owner look again."""
    woken = await session.scalar(
        update(AutomationLog)
        .where(AutomationLog.id == run_id, AutomationLog.status == RunStatus.RUNNING)
        .values(next_at=now)
        .returning(AutomationLog.id)
    )
    if woken is not None:
        ask(session, RunJob(run_id=run_id))
