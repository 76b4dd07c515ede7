"""How does a run end, and what does its row then say? In the data model's words, with what each step did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import autonomy, telling
from core.automations.models import Automation, AutomationLog, AutomationStep, RunStatus, StepStatus
from core.events.models import Event
from core.metrics import meters
from core.metrics.counting import once_committed

_WORDS = {StepStatus.DONE: "success", StepStatus.FAILED: "failed", StepStatus.SKIPPED: "skipped"}


def show(run: AutomationLog, steps: Sequence[AutomationStep]) -> None:
    """Keep what was done so far where the data model has it."""
    run.actions_executed = [
        {
            "action": step.kind,
            "result": _WORDS.get(StepStatus(step.status), "waiting"),
            "step": step.path,
            **step.result,
            **({"error": step.error_code} if step.error_code else {}),
        }
        for step in steps
    ]


async def finish(
    session: AsyncSession, run: AutomationLog, steps: Sequence[AutomationStep], now: datetime
) -> None:
    """Note that every step is done."""
    run.status, run.completed_at, run.next_at = RunStatus.SUCCESS, now, None
    show(run, steps)
    once_committed(session, meters.RUNS.labels("success").inc)
    await _count(session, run, steps)


async def fail(
    session: AsyncSession,
    run: AutomationLog,
    automation: Automation,
    code: str,
    message: str,
    now: datetime,
    steps: Sequence[AutomationStep] = (),
) -> None:
    """Note that the run has failed, have the owner told once, and take the rule's freedom back."""
    run.status, run.completed_at, run.next_at = RunStatus.FAILED, now, None
    run.why, run.error_message = code[:50], message[:2000]
    show(run, steps)
    once_committed(session, meters.RUNS.labels("failed").inc)
    await _count(session, run, steps)
    await telling.of_failure(session, automation, run, code, now)
    await session.refresh(automation, with_for_update={"key_share": True})
    await autonomy.take_back(session, automation, "failed", now)


async def _count(session: AsyncSession, run: AutomationLog, steps: Sequence[AutomationStep]) -> None:
    """Add what came of it to the event's row, where the data model sums it up."""
    if run.event_id is None:
        return
    # Not FOR UPDATE: what the runs of one event have made refers to its row, and each would wait for the others.
    event = await session.scalar(
        select(Event).where(Event.id == run.event_id).with_for_update(key_share=True)
    )
    if event is None:
        return
    before: dict[str, Any] = event.result if isinstance(event.result, dict) else {}
    made = {
        "posts_created": sum(int(step.result.get("posts", 0)) for step in steps),
        "notifications": sum(int(step.result.get("notifications", 0)) for step in steps),
    }
    event.result = before | {name: int(before.get(name, 0)) + number for name, number in made.items()}
