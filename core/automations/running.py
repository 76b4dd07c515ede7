"""How does a run go on? Claim, do, record: one step after another, until it has to wait or is done.

A crash at any point leaves a row that says where it stood. What a step writes is written in the transaction that
records it; what it calls is called under the step's own id, the same for every try.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import tracing
from core.automations import ending, holding, stepping
from core.automations.actions.registry import DOINGS
from core.automations.actions.work import ActionFailed, Done, Later, Outcome, Work
from core.automations.chance import share
from core.automations.models import Automation, AutomationLog, AutomationStep, RunStatus, StepStatus
from core.automations.shapes.problems import InvalidRule
from core.automations.shapes.registry import kind_of
from core.automations.shapes.rule import Step, parse_actions, parse_options
from core.automations.stepping import Trace
from core.errors import Actor, NexusError
from core.ids import new_id
from core.products.models import Product
from core.publications.policy import backoff
from core.runtime import Runtime
from core.settings import service as settings
from core.settings.service import Publishing

log = structlog.get_logger(__name__)

MOST_TRIES = 5
_PAUSED_LOOK = timedelta(minutes=1)  # how often a run that is held looks whether it may go on


@dataclass(frozen=True, slots=True)
class _Claim:
    work: Work
    token: str


async def run(runtime: Runtime, run_id: uuid.UUID, *, worker: str) -> None:
    """Take the run's steps for as long as one is due. Safe to call any number of times, at once too."""
    claim = await _claim(runtime, run_id, worker)
    while claim is not None:
        claim = await _take(runtime, claim, worker)


async def _take(runtime: Runtime, claim: _Claim, worker: str) -> _Claim | None:
    """Take the claimed step, and return the claim of the next one."""
    doing = DOINGS[kind_of(claim.work.step.action)]
    try:
        prepared = None
        if doing.prepare is not None:
            async with holding.kept(runtime, claim.work.run_id, claim.token):
                prepared = await doing.prepare(runtime, claim.work)
        return await _record(runtime, claim, prepared, worker)
    except NexusError as error:
        await _failed(runtime, claim, error)
        return None


async def _claim(runtime: Runtime, run_id: uuid.UUID, worker: str) -> _Claim | None:
    """Take the next step if it is due, and note that it begins; None when there is nothing to do now."""
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        free = or_(AutomationLog.lease_until.is_(None), AutomationLog.lease_until <= now)
        found = await session.scalar(
            select(AutomationLog)
            .where(
                AutomationLog.id == run_id,
                AutomationLog.status == RunStatus.RUNNING,
                AutomationLog.next_at <= now,
                free,
            )
            .with_for_update(skip_locked=True)
        )
        if found is None:
            return None
        tracing.follow(str(found.event_id or found.id))
        return await _next_step(session, found, await _steps(session, found.id), now, worker)


async def _next_step(
    session: AsyncSession, found: AutomationLog, rows: Sequence[AutomationStep], now: datetime, worker: str
) -> _Claim | None:
    """Note that the step after ``rows`` begins; None when the run waits, or is at its end."""
    automation, product = await _rule_and_product(session, found)
    if await _is_held(session, automation, product):
        found.next_at = now + _PAUSED_LOOK
        return None
    rule = found.rule or {}
    try:
        steps, options = parse_actions(rule.get("actions")), parse_options(rule.get("options"))
    except InvalidRule as error:  # written by another version of NEXUS
        await ending.fail(session, found, automation, "invalid", str(error), now)
        return None
    traces = {row.path: _trace(row) for row in rows}
    step = stepping.following(steps, traces)
    if step is None:
        await ending.finish(session, found, rows, now)
        return None
    row = next((one for one in rows if one.path == step.path), None) or _reach(found, step, traces, now)
    session.add(row)
    if row.due_at > now:
        found.next_at = row.due_at
        return None
    if row.attempts >= MOST_TRIES:
        _end_step(row, StepStatus.FAILED, now, code="gave-up")
        await ending.fail(session, found, automation, "gave-up", f"{MOST_TRIES} tries", now, rows)
        return None
    row.status, row.started_at, row.attempts = StepStatus.BEGUN, row.started_at or now, row.attempts + 1
    token = f"{worker[:47]}#{new_id().hex[-16:]}"
    found.lease_owner, found.lease_until = token, now + holding.LEASE
    work = Work(
        run_id=found.id,
        automation_id=automation.id,
        product_id=automation.product_id,
        step=step,
        known=found.trigger_data or {},
        options=options,
        traces=[traces[one.path] for one in rows if one.path != step.path],
        hops=found.hops,
        attempts=row.attempts,
        now=now,
    )
    return _Claim(work, token)


def _reach(found: AutomationLog, step: Step, traces: dict[str, Trace], now: datetime) -> AutomationStep:
    """Return the row of a step that is reached now; its time is drawn here, once."""
    ended = [trace.finished_at for trace in traces.values() if trace.finished_at is not None]
    due = stepping.due(step, started=found.started_at, before=max(ended, default=now), share=share())
    return AutomationStep(
        id=new_id(),
        run_id=found.id,
        path=step.path,
        kind=kind_of(step.action),
        status=StepStatus.WAITING,
        due_at=due,
        attempts=0,
        result={},
    )


async def _record(runtime: Runtime, claim: _Claim, prepared: Any, worker: str) -> _Claim | None:
    """Write what the step does, that it is done, and that the next one begins, together.

    None when the run waits, is at its end, or is somebody else's now.
    """
    work = replace(claim.work, now=runtime.clock.now())
    async with runtime.unit_of_work() as session:
        mine = await _mine(session, claim)
        if mine is None:
            return None
        found, row, rows = mine
        outcome = await DOINGS[row.kind].apply(session, runtime, work, prepared)
        found.lease_owner = found.lease_until = None
        _note(row, outcome, work.now)
        found.next_at = outcome.at if isinstance(outcome, Later) else work.now
        ending.show(found, rows)
        return await _next_step(session, found, rows, work.now, worker) if isinstance(outcome, Done) else None


def _note(row: AutomationStep, outcome: Outcome, now: datetime) -> None:
    row.result, row.error_code, row.error_message = outcome.result, None, None
    if isinstance(outcome, Later):
        row.status, row.attempts = StepStatus.WAITING, 0
        return
    row.status = StepStatus.SKIPPED if outcome.skipped else StepStatus.DONE
    row.finished_at = now


async def _failed(runtime: Runtime, claim: _Claim, error: NexusError) -> None:
    """Record what went wrong: tried again later when it passes by itself, else the run has failed."""
    now = runtime.clock.now()
    code = error.reason if isinstance(error, ActionFailed) else error.code
    log.warning("automation_step_failed", run=str(claim.work.run_id), step=claim.work.step.path, reason=code)
    async with runtime.unit_of_work() as session:
        mine = await _mine(session, claim)
        if mine is None:
            return
        found, row, rows = mine
        found.lease_owner = found.lease_until = None
        row.error_code, row.error_message = code, str(error)[:2000]
        if error.actor is Actor.NOBODY and row.attempts < MOST_TRIES:
            row.status, found.next_at = StepStatus.WAITING, now + backoff(row.attempts)
            return
        _end_step(row, StepStatus.FAILED, now, code=code)
        automation = await session.get_one(Automation, found.automation_id)
        await ending.fail(session, found, automation, code, str(error), now, rows)


def _end_step(row: AutomationStep, status: StepStatus, now: datetime, *, code: str) -> None:
    row.status, row.finished_at, row.error_code = status, now, code


async def _mine(
    session: AsyncSession, claim: _Claim
) -> tuple[AutomationLog, AutomationStep, list[AutomationStep]] | None:
    """Return the run, locked, its step and all steps so far, if this claim still holds them."""
    found = await session.scalar(
        select(AutomationLog)
        .where(AutomationLog.id == claim.work.run_id, AutomationLog.lease_owner == claim.token)
        .with_for_update()
    )
    if found is None or found.status != RunStatus.RUNNING:
        return None
    rows = await _steps(session, found.id)
    row = next((one for one in rows if one.path == claim.work.step.path), None)
    return (found, row, rows) if row is not None else None


async def _steps(session: AsyncSession, run_id: uuid.UUID) -> list[AutomationStep]:
    query = select(AutomationStep).where(AutomationStep.run_id == run_id)
    return list(await session.scalars(query.order_by(AutomationStep.id)))


def _trace(row: AutomationStep) -> Trace:
    return Trace(row.path, row.kind, StepStatus(row.status), row.result, row.finished_at)


async def _rule_and_product(session: AsyncSession, found: AutomationLog) -> tuple[Automation, Product]:
    query = select(Automation, Product).join(Product, Product.id == Automation.product_id)
    row = (await session.execute(query.where(Automation.id == found.automation_id))).one()
    return row.Automation, row.Product


async def _is_held(session: AsyncSession, automation: Automation, product: Product) -> bool:
    """Tell whether everything, the product or the automation is switched off: its runs then wait where they are."""
    if not automation.enabled or product.paused_at is not None or product.archived_at is not None:
        return True
    return (await settings.get(session, Publishing)).paused
