"""Has a rule earned to act by itself, or lost it? Approvals without an edit are counted; one mishap takes it back."""

import uuid
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import saving, telling
from core.automations.models import Automation, AutomationDraft, DraftOutcome
from core.automations.shapes.problems import InvalidRule
from core.automations.shapes.rule import parse_options


async def judge(session: AsyncSession, draft: AutomationDraft, now: datetime) -> None:
    """Let what became of a draft count for the rule that made it; once."""
    if draft.judged:
        return
    automation = await session.get(Automation, draft.automation_id, with_for_update={"key_share": True})
    if automation is None:
        return
    match draft.outcome:
        case DraftOutcome.APPROVED:
            draft.judged = True
            automation.streak += 1
            await _offer(session, automation, now)
        case DraftOutcome.EDITED | DraftOutcome.REJECTED:
            draft.judged = True
            automation.streak = 0
            await take_back(session, automation, draft.outcome, now)
        case _:  # nobody has judged it
            return


async def take_back(session: AsyncSession, automation: Automation, why: str, now: datetime) -> bool:
    """Have an automatic rule ask again. False when it does so already."""
    automation.streak = 0
    if automation.options.get("mode") != "auto":
        return False
    automation.options = {**automation.options, "mode": "ask"}
    automation.version += 1
    await telling.of_autonomy(session, automation, earned=False, why=why, now=now)
    return True


async def grant(session: AsyncSession, automation_id: uuid.UUID, *, version: int) -> None:
    """Let the rule act by itself. Raises ``NotFound``, and ``Stale`` when it has changed since it was offered."""
    automation = await saving.locked(session, automation_id, version)
    automation.options = {**automation.options, "mode": "auto"}
    automation.version += 1


async def decline(session: AsyncSession, automation_id: uuid.UUID, *, version: int) -> None:
    """Let the rule go on asking; the count begins anew. Raises ``NotFound``, and ``Stale`` when it has changed since."""
    automation = await saving.locked(session, automation_id, version)
    automation.streak = 0


async def _offer(session: AsyncSession, automation: Automation, now: datetime) -> None:
    try:
        options = parse_options(automation.options)
    except InvalidRule:
        return
    if options.mode != "auto" and options.offer_after and automation.streak >= options.offer_after:
        await telling.of_autonomy(session, automation, earned=True, why="streak", now=now)
