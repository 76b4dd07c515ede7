"""How is a rule loaded for its screens, and changed by them?"""

import uuid
from dataclasses import replace

from bot.context import Context
from bot.origin import made_id
from bot.replies import Refusal
from bot.screens.automations import problems, view
from bot.ui.screen import Screen
from core.automations import saving
from core.automations import service as automations
from core.automations.models import Automation, AutomationLog
from core.automations.saving import Text
from core.automations.shapes.problems import InvalidRule, Problem
from core.errors import InvalidInput
from core.products.models import Product
from core.settings import cron

_LAST = 3  # runs on the card


async def automation_screen(ctx: Context, automation_id: uuid.UUID) -> Screen:
    """Load and draw one rule. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        automation, product = await automations.get(session, automation_id)
        runs = await automations.count_runs(session, automation_id)
        last = [run_of(run) for run in await automations.runs(session, automation_id, limit=_LAST)]
    rule = replace(rule_of(ctx, automation, product, runs=runs), last=last)
    return view.automation(rule, ctx.t, ctx.zone, ctx.now)


def run_of(run: AutomationLog) -> view.Run:
    """Return what the screens show of a run."""
    return view.Run(
        run.status, run.started_at, run.error_message, run.actions_executed or [], run.id, run.why
    )


async def save(ctx: Context, automation_id: uuid.UUID, text: Text, version: int) -> Automation:
    """Replace the rule. Raises ``Refusal`` with what is wrong, ``NotFound``, ``Stale``."""
    try:
        async with ctx.runtime.unit_of_work() as session:
            return await saving.change(session, automation_id, text, version=version)
    except InvalidRule as error:
        raise Refusal("rule-refused", problems=problems.said(error.problems, ctx.t)) from None


async def add(ctx: Context, text: Text) -> Automation:
    """Add a rule to the current product, switched off. Raises ``Refusal``."""
    if ctx.product_id is None:
        raise Refusal("rule-no-product")
    try:
        async with ctx.runtime.unit_of_work() as session:
            return await saving.create(session, ctx.product_id, text, automation_id=made_id("rule"))
    except InvalidRule as error:
        raise Refusal("rule-refused", problems=problems.said(error.problems, ctx.t)) from None


def rule_of(ctx: Context, automation: Automation, product: Product, *, runs: int = 0) -> view.Rule:
    """Return what the screens show of a rule."""
    schedule = None
    if automation.trigger_type == "schedule":
        try:
            schedule = cron.read(automation.trigger_config, ctx.zone)
        except InvalidInput:
            schedule = None  # the words say that it cannot be read
    faults: tuple[Problem, ...] = ()
    try:
        saving.text_of(automation).read()
    except InvalidRule as error:
        faults = error.problems
    return view.Rule(
        automation_id=automation.id,
        name=automation.name,
        description=automation.description,
        product_name=product.name,
        trigger_type=automation.trigger_type,
        trigger_config=automation.trigger_config,
        conditions=automation.conditions,
        actions=automation.actions,
        enabled=automation.enabled,
        last_triggered=automation.last_triggered,
        trigger_count=automation.trigger_count,
        schedule=schedule,
        next_run=schedule.next_run(ctx.now) if schedule is not None else None,
        runs=runs,
        options=automation.options,
        version=automation.version,
        problems=faults,
    )
