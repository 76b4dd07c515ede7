"""Which runs does an occasion start? One row per automation, with every condition and its reason, in one transaction.

The caller has locked the automations. A second process that finds the same occasion meets the unique key of the run.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import limits, telling
from core.automations.conditions.evaluating import evaluate
from core.automations.limits import Fired
from core.automations.models import Automation, AutomationLog, AutomationMark, RunStatus
from core.automations.occasions import Occasion
from core.automations.shapes.options import Options
from core.automations.shapes.problems import InvalidRule
from core.automations.shapes.rule import Rule, parse_rule
from core.ids import new_id
from core.jobs.jobs import RunJob
from core.jobs.queue import ask
from core.products.models import Product
from core.settings import service as settings
from core.settings.service import General, Publishing

_SMALL = 4000  # characters of an occasion that is kept with every run
_Marks = Mapping[uuid.UUID, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Started:
    """What an occasion led to."""

    runs: tuple[uuid.UUID, ...] = ()  # that have something to do
    automations: tuple[uuid.UUID, ...] = ()  # the same, by automation
    skipped: int = 0


@dataclass(slots=True)
class _Start:
    """One run to be written, and what it leaves behind."""

    automation: Automation
    values: dict[str, Any]
    seen: Mapping[str, float]
    options: Options | None = None


def rule_of(automation: Automation) -> Rule:
    """Return the automation's JSON as a rule. Raises ``InvalidRule``."""
    return parse_rule(
        trigger_type=automation.trigger_type,
        trigger_config=automation.trigger_config,
        conditions_=automation.conditions,
        actions=automation.actions,
        options=automation.options,
    )


async def start(
    session: AsyncSession,
    automations: Sequence[Automation],
    occasion: Occasion,
    *,
    product: Product,
    now: datetime,
) -> Started:
    """Write a run for each of ``automations``, which the caller has locked."""
    if not automations:
        return Started()
    general, publishing = await settings.get_both(session, General, Publishing)
    held = "paused" if publishing.paused else "paused-product" if product.paused_at is not None else None
    ids = [automation.id for automation in automations]
    marks, fired = await _marks(session, ids), await _fired(session, automations, now)
    starts = []
    bare = _bare(occasion)
    for automation in automations:
        begun = _start(automation, occasion, held, marks.get(automation.id, {}), fired[automation.id], now)
        if begun.options is not None:
            begun.values["next_at"] = limits.starts_at(begun.options, now, general.zone)
        else:
            begun.values["trigger_data"] = bare
        starts.append(begun)
    written = await _write(session, starts)
    running = [one for one in written if one.values["status"] == RunStatus.RUNNING]
    await _count(session, running, now)
    await _remember(session, written)
    await telling.of_starts(session, [(one.automation, one.values["why"]) for one in written], now)
    for one in running:
        ask(session, RunJob(run_id=one.values["id"]))
    return Started(
        tuple(one.values["id"] for one in running),
        tuple(one.automation.id for one in running),
        len(written) - len(running),
    )


def _start(
    automation: Automation,
    occasion: Occasion,
    held: str | None,
    marks: Mapping[str, float],
    fired: Fired,
    now: datetime,
) -> _Start:
    values: dict[str, Any] = {
        "id": new_id(), "automation_id": automation.id, "event_id": occasion.event_id, "run_key": occasion.key,
        "status": RunStatus.SKIPPED, "started_at": now, "completed_at": now, "trigger_data": occasion.known,
        "hops": occasion.hops, "conditions": None, "rule": None, "why": None, "next_at": None,
        "error_message": None, "actions_executed": [],
    }  # fmt: skip
    try:
        rule = rule_of(automation)
    except InvalidRule as error:
        values |= {"status": RunStatus.FAILED, "why": "invalid", "error_message": str(error)[:2000]}
        return _Start(automation, values, {})
    if held is not None or occasion.hops > rule.options.hops:
        values["why"] = held or "hops"
        return _Start(automation, values, {})
    verdict = evaluate(rule.conditions, occasion.known, marks)
    values["conditions"] = verdict.tree
    if not verdict.held:
        values["why"] = "conditions"
        return _Start(automation, values, verdict.seen)
    values["why"] = limits.refusal(rule.options, fired, now)
    if values["why"] is not None:
        return _Start(automation, values, {})  # a milestone that met a limit is not used up
    values |= {
        "status": RunStatus.RUNNING,
        "completed_at": None,
        "next_at": now,
        "rule": {"actions": automation.actions, "options": automation.options},
    }
    return _Start(automation, values, verdict.seen, rule.options)


def _bare(occasion: Occasion) -> dict[str, Any]:
    """Return what is kept of the occasion where nothing is done: a large event is not copied a thousand times."""
    if len(json.dumps(occasion.known)) <= _SMALL:
        return occasion.known
    return {"event": occasion.known.get("event"), "left_out": True}


async def _marks(session: AsyncSession, ids: Sequence[uuid.UUID]) -> _Marks:
    found: dict[uuid.UUID, dict[str, float]] = defaultdict(dict)
    # As columns: an event of the same transaction may have raised them since an object was read.
    query = select(AutomationMark.automation_id, AutomationMark.field, AutomationMark.highest)
    for row in await session.execute(query.where(AutomationMark.automation_id.in_(ids))):
        found[row.automation_id][row.field] = row.highest
    return found


async def _fired(
    session: AsyncSession, automations: Sequence[Automation], now: datetime
) -> dict[uuid.UUID, Fired]:
    """How often each has acted; counted only for those that have a limit."""
    known = {automation.id: Fired(last=automation.last_triggered) for automation in automations}
    limited = [
        automation.id
        for automation in automations
        if automation.options.get("per_hour") or automation.options.get("per_day")
    ]
    if not limited:
        return known
    recent = AutomationLog.started_at > now - limits.HOUR
    query = (
        select(
            AutomationLog.automation_id,
            func.count().label("day"),
            func.count().filter(recent).label("hour"),
        )
        .where(
            AutomationLog.automation_id.in_(limited),
            AutomationLog.started_at > now - limits.DAY,
            AutomationLog.rule.is_not(None),  # it acted
        )
        .group_by(AutomationLog.automation_id)
    )
    for row in await session.execute(query):
        known[row.automation_id] = Fired(row.hour, row.day, known[row.automation_id].last)
    return known


async def _write(session: AsyncSession, starts: Sequence[_Start]) -> list[_Start]:
    """Insert the runs; those that exist already are left out."""
    row = insert(AutomationLog).on_conflict_do_nothing(
        index_elements=[AutomationLog.automation_id, AutomationLog.run_key]
    )
    written = set(
        await session.scalars(row.returning(AutomationLog.id), [one.values for one in starts])
    )  # fmt: skip
    return [one for one in starts if one.values["id"] in written]


async def _count(session: AsyncSession, running: Sequence[_Start], now: datetime) -> None:
    if running:
        await session.execute(
            update(Automation)
            .where(Automation.id.in_([one.automation.id for one in running]))
            .values(
                last_triggered=now,
                trigger_count=Automation.trigger_count + 1,
                updated_at=Automation.updated_at,  # nobody has changed the rule
            )
        )


async def _remember(session: AsyncSession, written: Sequence[_Start]) -> None:
    rows = [
        {"automation_id": one.automation.id, "field": name, "highest": number}
        for one in written
        for name, number in one.seen.items()
    ]
    if rows:
        row = insert(AutomationMark)
        higher = func.greatest(AutomationMark.highest, row.excluded.highest)
        await session.execute(
            row.on_conflict_do_update(
                index_elements=[AutomationMark.automation_id, AutomationMark.field], set_={"highest": higher}
            ),
            rows,
        )
