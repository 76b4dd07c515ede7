"""What of an automation must the owner hear? Each trouble once, by its key."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations.models import Automation, AutomationLog
from core.notifications import service as notifications
from core.notifications.models import NotificationKind


async def of_starts(
    session: AsyncSession, written: Sequence[tuple[Automation, str | None]], now: datetime
) -> None:
    """Tell of rules that cannot be read, and of one that would set itself off without end."""
    for automation, why in written:
        if why not in {"invalid", "hops"}:
            continue
        kind = NotificationKind.AUTOMATION_FAILED if why == "invalid" else NotificationKind.AUTOMATION_LOOP
        await notifications.notify(
            session,
            kind,
            payload={"automation_id": str(automation.id), "why": why},
            product_id=automation.product_id,
            dedupe_key=f"automation/{automation.id}/{automation.version}/{why}",
            priority="high",
            not_before=now,
        )


async def of_failure(
    session: AsyncSession, automation: Automation, run: AutomationLog, code: str, now: datetime
) -> None:
    """Tell that a run has failed: the same cause once a day."""
    await notifications.notify(
        session,
        NotificationKind.AUTOMATION_FAILED,
        payload={"automation_id": str(automation.id), "run_id": str(run.id), "why": code},
        product_id=automation.product_id,
        dedupe_key=f"automation/{automation.id}/{automation.version}/{code}/{now:%Y%m%d}",
        priority="high",
        not_before=now,
    )


async def of_approval(
    session: AsyncSession,
    *,
    product_id: uuid.UUID,
    automation_id: uuid.UUID,
    content_id: uuid.UUID,
    version: int,
    now: datetime,
) -> None:
    """Ask for the owner's approval of a draft that an automation made."""
    await notifications.notify(
        session,
        NotificationKind.APPROVAL_WANTED,
        payload={"automation_id": str(automation_id), "content_id": str(content_id), "version": version},
        product_id=product_id,
        dedupe_key=f"approval/{content_id}/{version}",
        not_before=now,
    )


async def of_autonomy(
    session: AsyncSession, automation: Automation, *, earned: bool, why: str, now: datetime
) -> None:
    """Offer to let a rule act by itself, or tell that it asks again, and why."""
    kind = NotificationKind.AUTONOMY_OFFERED if earned else NotificationKind.AUTONOMY_ENDED
    await notifications.notify(
        session,
        kind,
        payload={
            "automation_id": str(automation.id),
            "version": automation.version,
            "streak": automation.streak,
            "why": why,
        },
        product_id=automation.product_id,
        dedupe_key=f"autonomy/{automation.id}/{automation.version}/{'offer' if earned else 'end'}",
        not_before=now,
    )
