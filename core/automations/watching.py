"""When has a number done what an automation waits for? Asked now and then; each firing starts one run."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import watching
from core.analytics.watching import MetricCondition
from core.automations import occasions, starting
from core.automations.models import Automation, AutomationDraft, AutomationLog
from core.automations.shapes.problems import InvalidRule
from core.automations.shapes.rule import parse_trigger
from core.automations.shapes.triggers import MetricTrigger
from core.automations.shapes.values import span_of
from core.products.models import Product
from core.runtime import Runtime

_MANY = 200


async def sweep(runtime: Runtime) -> int:
    """Look at the numbers for every automation that waits for one. Returns how many runs were started.

    What was seen and the runs that follow are one transaction: a firing is neither lost nor told twice.
    """
    async with runtime.unit_of_work() as session:
        waiting = await _waiting(session)
    started = 0
    for automation_id in waiting:
        async with runtime.unit_of_work() as session:
            started += await _look(session, runtime, automation_id)
    return started


def condition_of(trigger: MetricTrigger) -> MetricCondition:
    """Return what analytics watches for the trigger."""
    return MetricCondition(
        metric=trigger.metric,
        comparison=trigger.comparison,
        platforms=tuple(trigger.platforms),
        window=span_of(trigger.window).least,
        min_sample=trigger.min_sample,
    )


async def _look(session: AsyncSession, runtime: Runtime, automation_id: uuid.UUID) -> int:
    automation = await session.scalar(
        select(Automation)
        .where(Automation.id == automation_id, Automation.enabled, Automation.trigger_type == "metric")
        .with_for_update(key_share=True, skip_locked=True)
    )
    if automation is None:
        return 0
    try:
        trigger = parse_trigger("metric", automation.trigger_config)
    except InvalidRule:
        return 0
    if not isinstance(trigger, MetricTrigger):
        return 0
    now = runtime.clock.now()
    product = await session.get_one(Product, automation.product_id)
    firings = await watching.due_firings(session, automation.id, product.id, condition_of(trigger), now)
    started = 0
    for firing in firings:
        hops = await _hops(session, automation.id, firing.data)
        occasion = occasions.of_number(firing.once, firing.data, hops)
        begun = await starting.start(session, [automation], occasion, product=product, now=now)
        await session.refresh(automation)  # the next one meets its cool-down
        started += len(begun.runs)
    return started


async def _hops(session: AsyncSession, automation_id: uuid.UUID, data: Mapping[str, Any]) -> int:
    """How many times in a row the rule has led to this: a repost that does well must not be reposted for ever."""
    content_id = data.get("content_id")
    if not isinstance(content_id, str):
        return 0
    hops = await session.scalar(
        select(AutomationLog.hops)
        .join(AutomationDraft, AutomationDraft.run_id == AutomationLog.id)
        .where(
            AutomationDraft.content_id == uuid.UUID(content_id),
            AutomationDraft.automation_id == automation_id,
        )
    )
    return 0 if hops is None else hops + 1


async def _waiting(session: AsyncSession) -> Sequence[uuid.UUID]:
    found = await session.scalars(
        select(Automation.id)
        .join(Product, Product.id == Automation.product_id)
        .where(Automation.enabled, Automation.trigger_type == "metric", Product.archived_at.is_(None))
        .order_by(Automation.id)
        .limit(_MANY)
    )
    return found.all()
