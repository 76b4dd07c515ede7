"""Publish: put out a text as it stands, or the draft of the step before once it is approved."""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import drafts, planning, stepping, texts
from core.automations.actions.work import ActionFailed, Done, Later, Outcome, Work
from core.automations.drafts import Proposal
from core.automations.shapes.actions import Publish
from core.automations.shapes.registry import shape_of
from core.content.models import ContentStatus
from core.publications import scheduling
from core.runtime import Runtime

# The owner's answer wakes the run by itself; this is for an approval given elsewhere.
_LOOK_AGAIN = timedelta(minutes=5)


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Any) -> Outcome:
    """Propose the text, or wait for the draft's approval and see that it is planned."""
    action = shape_of(work.step.action, Publish)
    if action.text is not None:
        filled = texts.fill(action.text, work.known)
        if not filled.text:
            raise ActionFailed("empty", "nothing is left of the text without the missing values")
        proposal = Proposal(work.product_id, filled.text, {}, missing=filled.missing, made_by="template")
        return await drafts.propose(session, runtime, work, action, proposal)
    content_id = stepping.last_content(work.traces)
    if content_id is None:
        return Done({"why": "no-draft"}, skipped=True)
    found = await scheduling.lock_content(session, uuid.UUID(content_id))
    if found.status == ContentStatus.ARCHIVED:
        return Done({"why": "put-away"}, skipped=True)
    if found.status == ContentStatus.DRAFT:
        return Later(work.now + _LOOK_AGAIN, {"waits_for": "approval", "content_id": content_id})
    planned = await planning.plan(session, found, planning.wish_of(action), work.now)
    return Done({"content_id": content_id} | planned)
