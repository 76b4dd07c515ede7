"""Notify: tell the owner what the rule says, with the event's values in it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import texts
from core.automations.actions.work import Done, Work
from core.automations.shapes.actions import Notify
from core.automations.shapes.registry import shape_of
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.runtime import Runtime


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Any) -> Done:
    """Write the notification; the step's key keeps it from being told twice."""
    action = shape_of(work.step.action, Notify)
    filled = texts.fill_plain(action.message, work.known)
    await notifications.notify(
        session,
        NotificationKind.AUTOMATION_NOTE,
        payload={
            "automation_id": str(work.automation_id),
            "run_id": str(work.run_id),
            "text": filled.text or action.message,
        },
        product_id=work.product_id,
        dedupe_key=f"automation-note/{work.key}",
        priority=action.priority,
        not_before=work.now,
    )
    return Done({"notifications": 1} | texts.reported(filled.missing))
