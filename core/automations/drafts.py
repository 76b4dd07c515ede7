"""What becomes of a text that an automation wrote? A draft that is proposed, approved by the owner or by the rule, and planned."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import sources
from core.automations import pictures, planning, telling
from core.automations.actions.work import Done, Work
from core.automations.models import AutomationDraft, DraftOutcome
from core.automations.shapes.actions import Planned
from core.automations.shapes.values import span_of
from core.automations.texts import reported
from core.channels import service as channels
from core.content import forms, queries
from core.content import service as content
from core.content.models import Content
from core.errors import NexusError
from core.platforms.base import MediaItem
from core.publications import scheduling
from core.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A written text. ``said`` is what it was written from: the facts in it are given. Texts are neutral Markdown."""

    product_id: uuid.UUID
    text: str
    adapted: dict[str, Any]
    made_by: Literal["ai", "template", "owner"] = "template"
    ai_model: str | None = None
    ai_prompt: str | None = None
    kind: str | None = None
    template_id: uuid.UUID | None = None
    said: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    asks_because: str | None = None  # even an automatic rule asks about this one
    cost_usd: str | None = None
    media: tuple[MediaItem, ...] = ()
    picture_problem: str | None = None  # there is none, though there should be one


async def propose(
    session: AsyncSession, runtime: Runtime, work: Work, action: Planned, proposal: Proposal
) -> Done:
    """Save the draft under the step's key, and ask for its approval or approve it by the rule."""
    draft = await session.get(Content, work.key)
    if draft is None:
        draft = await _create(session, work, action, proposal)
    done = await submit(
        session, runtime, work, action, draft,
        because=proposal.asks_because, without_picture=proposal.picture_problem is not None,
    )  # fmt: skip
    cost = {"cost_usd": proposal.cost_usd} if proposal.cost_usd else {}
    lacking = {"picture": proposal.picture_problem} if proposal.picture_problem else {}
    return Done(done.result | cost | lacking | reported(proposal.missing))


async def submit(
    session: AsyncSession,
    runtime: Runtime,
    work: Work,
    action: Planned,
    draft: Content,
    *,
    because: str | None = None,
    without_picture: bool = False,
) -> Done:
    """Ask for the approval of a draft, or approve it by the rule where that may be."""
    mode = action.review or work.options.mode
    row = AutomationDraft(
        content_id=draft.id,
        automation_id=work.automation_id,
        run_id=work.run_id,
        path=work.step.path,
        version=draft.version,
        wish=planning.wish_of(action),
        outcome=DraftOutcome.WAITING,
    )
    session.add(row)
    await session.flush()
    result: dict[str, Any] = {"content_id": str(draft.id), "number": draft.number, "posts": 1}
    if mode == "auto":
        because = because or await _blocked(session, runtime, draft.id)
        planned = None if because else await _by_rule(session, draft, row, work.now)
        if isinstance(planned, Mapping):
            return Done(result | {"approved": "auto"} | dict(planned))
        row.asked_because = because or planned
        result["asked_because"] = row.asked_because
    elif without_picture:
        row.asked_because = pictures.PROBLEM  # whoever asks anyway is told what is missing
    if mode == "ask_timeout":
        row.decides_at = work.now + span_of(work.options.timeout).least
        row.on_timeout = work.options.on_timeout
    await telling.of_approval(
        session, product_id=draft.product_id, automation_id=work.automation_id, content_id=draft.id,
        version=draft.version, now=work.now,
    )  # fmt: skip
    return Done(result | {"approved": "asked"})


async def _create(session: AsyncSession, work: Work, action: Planned, proposal: Proposal) -> Content:
    wanted = set(action.platforms)
    connected = await channels.connected_platforms(session, proposal.product_id)
    off = connected - wanted if wanted else set()
    draft = await content.create_draft(
        session,
        content_id=work.key,
        product_id=proposal.product_id,
        text=proposal.text,
        media=proposal.media,
        adapted=forms.with_off(proposal.adapted, off),
        idea=proposal.said[0] if proposal.said else None,
        made_by=proposal.made_by,
        ai_model=proposal.ai_model,
        ai_prompt=proposal.ai_prompt,
        content_type=proposal.kind,
        template_id=proposal.template_id,
    )
    await sources.remember(session, draft.id, proposal.said[1:])
    return draft


async def _blocked(session: AsyncSession, runtime: Runtime, content_id: uuid.UUID) -> str | None:
    card = await queries.card(session, content_id, runtime.platforms)
    return "blocked" if card.blocked else None


async def _by_rule(
    session: AsyncSession, draft: Content, row: AutomationDraft, now: datetime
) -> dict[str, Any] | str:
    """Approve and plan as the owner would; the code of what stands against it, and nothing is changed."""
    try:
        async with session.begin_nested():
            planned = await approve_and_plan(session, draft.id, row.version, row.wish, now)
    except NexusError as error:
        for stale in (draft, row):  # the rollback has made them forget what they are
            await session.refresh(stale)
        return error.code
    row.outcome, row.settled_at = DraftOutcome.AUTO, now
    return planned


async def approve_and_plan(
    session: AsyncSession, content_id: uuid.UUID, version: int, wish: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Approve exactly ``version`` and put it on the calendar as wished. Raises as both do."""
    await content.approve(session, content_id, version=version, now=now)
    found = await scheduling.lock_content(session, content_id)
    return await planning.plan(session, found, wish, now)
