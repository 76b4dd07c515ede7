"""Repost: put the post this is about out again, word for word, as a draft of its own."""

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import drafts, stepping
from core.automations.actions.work import Done, Outcome, Work
from core.automations.conditions.looking import look_up
from core.automations.shapes.actions import Repost
from core.automations.shapes.registry import shape_of
from core.content import copying
from core.content.models import Content
from core.runtime import Runtime


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Any) -> Outcome:
    """Copy the post and propose the copy."""
    source = await source_of(session, work)
    if source is None:
        return Done({"why": "no-post"}, skipped=True)
    copy = await session.get(Content, work.key)
    if copy is None:
        copy = await copying.make(session, source, source, copy_id=work.key)
    return await drafts.submit(session, runtime, work, shape_of(work.step.action, Repost), copy)


async def source_of(session: AsyncSession, work: Work) -> Content | None:
    """Return the post: the one the trigger names, else the run's own draft; one of this product."""
    for said in (look_up(work.known, "content_id"), stepping.last_content(work.traces)):
        try:
            content_id = uuid.UUID(said) if isinstance(said, str) else None
        except ValueError:
            continue
        found = await session.get(Content, content_id) if content_id is not None else None
        if found is not None and found.product_id == work.product_id:
            return found
    return None
