"""What would a rule do? On a sample, a stored event, or everything that came in the last days; nothing is changed.

A rehearsal works on copies and facts alone: it writes nothing, and asks no model unless told to.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import limits, matching, occasions, texts, writing
from core.automations.actions.work import ActionFailed
from core.automations.conditions.evaluating import Verdict, evaluate
from core.automations.limits import Fired
from core.automations.shapes.actions import (
    CallWebhook,
    CrossPromote,
    Generate,
    Notify,
    Pause,
    Publish,
    SaveAsTemplate,
)
from core.automations.shapes.registry import kind_of
from core.automations.shapes.rule import Rule, Step
from core.automations.shapes.triggers import EventTrigger
from core.automations.writing import Commission
from core.events.models import Event
from core.runtime import Runtime

_MOST_EVENTS = 5000  # of a backtest
_LOOKED_BACK = 500  # events among which the last one is sought
_SHOWN = 20  # posts a backtest shows


@dataclass(frozen=True, slots=True)
class Act:
    """What one step would do. ``text`` is a draft, or what the owner would be told."""

    path: str
    kind: str
    text: str | None = None
    delay: str | None = None
    missing: tuple[str, ...] = ()
    problem: str | None = None  # a code: it could not be done
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """A dry run: whether the rule would act, why, and what it would do."""

    verdict: Verdict
    acts: tuple[Act, ...] = ()

    @property
    def would_act(self) -> bool:
        """Tell whether the conditions hold."""
        return self.verdict.held


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a rule would have done with the events of the last days."""

    days: int
    events: int = 0  # of the kind it waits for
    fired: int = 0
    missed: int = 0  # its conditions did not hold
    limited: dict[str, int] = field(default_factory=dict)  # by limit: cooldown, limit-hour, limit-day
    firings: tuple[
        tuple[uuid.UUID, datetime, tuple[Act, ...]], ...
    ] = ()  # the newest ones, with what they would do
    cut: bool = False  # there were more events than are looked at


async def dry_run(
    runtime: Runtime,
    product_id: uuid.UUID,
    rule: Rule,
    known: Mapping[str, Any],
    *,
    ask_ai: bool = False,
    highest: Mapping[str, float] | None = None,
) -> Report:
    """Rehearse ``rule`` on ``known`` (see ``sample``). Call it outside any unit of work when ``ask_ai``."""
    verdict = evaluate(rule.conditions, known, highest)
    acts = await _acts(runtime, product_id, rule.steps, known, ask_ai=ask_ai) if verdict.held else ()
    return Report(verdict, tuple(acts))


def sample(data: Mapping[str, Any], event: str = "event") -> dict[str, Any]:
    """Return what would be known of an event with this data."""
    return {"event": event, "data": dict(data)}


async def backtest(
    runtime: Runtime, product_id: uuid.UUID, rule: Rule, *, days: int, now: datetime
) -> Backtest:
    """Rehearse ``rule`` on the stored events of the last ``days``, one after another, its limits included."""
    trigger = rule.trigger
    if not isinstance(trigger, EventTrigger):
        return Backtest(days)
    async with runtime.unit_of_work() as session:
        events = await _events(session, product_id, trigger, now - timedelta(days=days))
    done = Backtest(days, events=min(len(events), _MOST_EVENTS), cut=len(events) > _MOST_EVENTS)
    highest: dict[str, float] = {}
    moments: list[datetime] = []
    hits: list[tuple[Event, Mapping[str, Any]]] = []
    for event in events[:_MOST_EVENTS]:
        known = occasions.of_event(event).known
        verdict = evaluate(rule.conditions, known, highest)
        against = (
            limits.refusal(rule.options, _fired(moments, event.received_at), event.received_at)
            if verdict.held
            else None
        )
        if against is not None:
            done.limited[against] = done.limited.get(against, 0) + 1
            continue
        highest |= verdict.seen
        if verdict.held:
            moments.append(event.received_at)
            hits.append((event, known))
    shown = []
    for event, known in reversed(hits[-_SHOWN:]):
        acts = await _acts(runtime, product_id, rule.steps, known, ask_ai=False)
        shown.append((event.id, event.received_at, tuple(acts)))
    fired = len(hits)
    return replace(
        done, fired=fired, missed=done.events - fired - sum(done.limited.values()), firings=tuple(shown)
    )


async def last_event(session: AsyncSession, product_id: uuid.UUID, trigger: EventTrigger) -> Event | None:
    """Return the newest of the last events that the trigger means; None when there is none."""
    found = await meant_events(session, product_id, trigger)
    return found[0] if found else None


async def meant_events(session: AsyncSession, product_id: uuid.UUID, trigger: EventTrigger) -> list[Event]:
    """Return those of the last events that the trigger means, the newest first."""
    rows = await session.scalars(
        select(Event)
        .where(Event.product_id == product_id)
        .order_by(Event.received_at.desc(), Event.id.desc())
        .limit(_LOOKED_BACK)
    )
    return [event for event in rows if _is_meant(event, trigger)]


def _is_meant(event: Event, trigger: EventTrigger) -> bool:
    source = occasions.of_event(event).known.get("source")
    return trigger.event in matching.names_of(event.event_type) and matching.from_source(
        trigger.source, source
    )


def _fired(moments: Sequence[datetime], now: datetime) -> Fired:
    return Fired(
        hour=sum(moment > now - limits.HOUR for moment in moments),
        day=sum(moment > now - limits.DAY for moment in moments),
        last=moments[-1] if moments else None,
    )


async def _events(
    session: AsyncSession, product_id: uuid.UUID, trigger: EventTrigger, since: datetime
) -> list[Event]:
    """Return the events the trigger means, the oldest first; replays are the same event again."""
    rows = await session.scalars(
        select(Event)
        .where(Event.product_id == product_id, Event.received_at >= since)
        .order_by(Event.received_at, Event.id)
    )
    return [event for event in rows if _is_meant(event, trigger)][: _MOST_EVENTS + 1]


async def _acts(
    runtime: Runtime, product_id: uuid.UUID, steps: Sequence[Step], known: Mapping[str, Any], *, ask_ai: bool
) -> list[Act]:
    found: list[Act] = []
    for step in steps:
        act = await _act(runtime, product_id, step, known, ask_ai=ask_ai)
        found.append(act)
        if step.conditions is not None:
            taken = step.then if act.details.get("way") == "then" else step.otherwise
            found += await _acts(runtime, product_id, taken, known, ask_ai=ask_ai)
    return found


async def _act(
    runtime: Runtime, product_id: uuid.UUID, step: Step, known: Mapping[str, Any], *, ask_ai: bool
) -> Act:
    action = step.action
    bare = Act(step.path, kind_of(action), delay=action.delay or action.after)
    if step.conditions is not None:
        held = evaluate(step.conditions, known).held
        return replace(bare, details={"way": "then" if held else "else"})
    match action:
        case Generate() | CrossPromote():
            return await _written(runtime, product_id, bare, action, known, ask_ai=ask_ai)
        case Publish() if action.text is not None:
            filled = texts.fill(action.text, known)
            return replace(
                bare, text=filled.text, missing=filled.missing, problem=None if filled.text else "empty"
            )
        case Notify():
            filled = texts.fill_plain(action.message, known)
            return replace(bare, text=filled.text or action.message, missing=filled.missing)
        case CallWebhook():
            return replace(bare, details={"url": action.url, "event": action.event})
        case Pause():
            return replace(bare, details={"what": action.what})
        case SaveAsTemplate():
            return replace(bare, details={"name": texts.fill_plain(action.name, known).text})
        case _:
            return bare


async def _written(
    runtime: Runtime,
    product_id: uuid.UUID,
    bare: Act,
    action: Generate | CrossPromote,
    known: Mapping[str, Any],
    *,
    ask_ai: bool,
) -> Act:
    commission = Commission(
        product_id=product_id,
        template=action.template,
        kind=action.kind,
        idea=action.idea,
        platforms=tuple(action.platforms),
        facts=action.facts_wanted if isinstance(action, Generate) else None,
        use_ai=action.use_ai and ask_ai,
    )
    try:
        if isinstance(action, CrossPromote):
            async with runtime.unit_of_work() as session:
                commission = replace(
                    commission, product_id=await writing.other_product(session, action.product)
                )
        proposal = await writing.write(runtime, commission, known)
    except ActionFailed as error:
        by_ai = action.use_ai and not ask_ai and error.reason == "empty"
        return replace(bare, problem=None if by_ai else error.reason, details={"by_ai": by_ai})
    media = action.media if isinstance(action, Generate) else None
    lacking = texts.fill_plain(media, known).missing if media else ()
    return replace(
        bare,
        text=proposal.text,
        missing=(*proposal.missing, *lacking),
        details={"made_by": proposal.made_by, "by_ai": action.use_ai, "adapted": proposal.adapted},
    )
