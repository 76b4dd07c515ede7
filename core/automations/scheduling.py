"""When has the time of a scheduled automation come? Each occurrence once, however many schedulers look."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import occasions, starting
from core.automations.models import Automation
from core.automations.shapes.problems import InvalidRule
from core.automations.shapes.rule import parse_trigger
from core.automations.shapes.triggers import ScheduleTrigger
from core.automations.starting import Started
from core.products.models import Product
from core.runtime import Runtime
from core.settings import cron
from core.settings import service as settings
from core.settings.service import General

log = structlog.get_logger(__name__)

GRACE = timedelta(minutes=5)  # so late an occurrence still counts as in time
_NEVER = timedelta(days=1)  # a rule that cannot be read, or never comes, is looked at again after this
_BATCH = 50


async def sweep(runtime: Runtime) -> int:
    """Start the runs whose time has come. Returns how many automations were looked at."""
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        due = await _due(session, now)
    for automation_id in due:
        async with runtime.unit_of_work() as session:
            started = await fire(session, automation_id, now)
        if started is not None and started.runs:
            log.info("automation_by_schedule", automation=str(automation_id))
    return len(due)


async def fire(session: AsyncSession, automation_id: uuid.UUID, now: datetime) -> Started | None:
    """Start the run of the newest occurrence that is due, and note the next one, in one transaction.

    None when it is not due (any more), or somebody else has it. Times that passed while nobody looked are made up for
    once, or not at all, as the trigger says.
    """
    automation = await session.scalar(
        select(Automation)
        .where(Automation.id == automation_id, Automation.enabled, Automation.trigger_type == "schedule")
        .with_for_update(key_share=True, skip_locked=True)
    )
    if automation is None:
        return None
    general = await settings.get(session, General)
    trigger = _trigger(automation)
    if trigger is None:
        automation.next_run_at = now + _NEVER
        return None
    schedule = cron.read(automation.trigger_config, general.zone)
    moment, following = automation.next_run_at, schedule.next_run(now) or now + _NEVER
    automation.next_run_at = following
    # A rule that was just made or changed, or a time that is none of the schedule's (it was changed), starts nothing.
    if moment is None or moment > now or not _is_occurrence(schedule, moment):
        return None
    newest = max(schedule.last_run(now) or moment, moment)
    if newest < now - GRACE and trigger.catch_up == "none":
        return Started()
    product = await session.get_one(Product, automation.product_id)
    if product.archived_at is not None:
        return Started()
    occasion = await occasions.of_time(session, product.id, newest, schedule.zone)
    return await starting.start(session, [automation], occasion, product=product, now=now)


def _trigger(automation: Automation) -> ScheduleTrigger | None:
    try:
        trigger = parse_trigger("schedule", automation.trigger_config)
    except InvalidRule:
        return None
    return trigger if isinstance(trigger, ScheduleTrigger) else None


def _is_occurrence(schedule: cron.Schedule, moment: datetime) -> bool:
    return schedule.next_run(moment - timedelta(seconds=1)) == moment


async def _due(session: AsyncSession, now: datetime) -> Sequence[uuid.UUID]:
    found = await session.scalars(
        select(Automation.id)
        .join(Product, Product.id == Automation.product_id)
        .where(
            Automation.enabled,
            Automation.trigger_type == "schedule",
            Product.archived_at.is_(None),
            or_(Automation.next_run_at.is_(None), Automation.next_run_at <= now),
        )
        .order_by(Automation.next_run_at.nulls_first())
        .limit(_BATCH)
    )
    return found.all()
