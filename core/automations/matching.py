"""Which automations does an event concern? Found by product and name, however many others there are."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import tracing
from core.automations import occasions, starting
from core.automations.models import Automation
from core.automations.starting import Started
from core.events.models import Event
from core.outage import is_away
from core.products.models import Product
from core.runtime import Runtime

log = structlog.get_logger(__name__)

_AT_ONCE = 32  # events of one transaction
_MOST_PAIRS = (
    1000  # of an event and a rule: a transaction of more would keep the rules from others for too long
)
_ANY_SOURCE = frozenset({"", "webhook", "any"})


async def process_events(runtime: Runtime, event_ids: Sequence[uuid.UUID]) -> None:
    """Process events that came together. One that cannot be processed keeps nothing from the others."""
    for start in range(0, len(event_ids), _AT_ONCE):
        group = event_ids[start : start + _AT_ONCE]
        try:
            together = await _process_together(runtime, group)
        except Exception as error:
            if is_away(error):
                raise  # the sweep asks for them again
            # Whose it is shows below, one by one.
            log.info("events_processed_singly", count=len(group), reason=type(error).__name__)
            together = False
        if not together:
            await _process_singly(runtime, group)


async def _process_together(runtime: Runtime, event_ids: Sequence[uuid.UUID]) -> bool:
    """Process events in one transaction, which locks their rules once; False when that would be too much for one."""
    async with runtime.unit_of_work() as session:
        events = await session.scalars(
            select(Event)
            .where(Event.id.in_(event_ids), Event.processed.is_(False))
            .order_by(Event.received_at, Event.id)
            .with_for_update(skip_locked=True)
        )
        waiting = list(events)
        rules = await _rules(session, {(event.product_id, event.event_type) for event in waiting})
        if len(waiting) * len(rules) > _MOST_PAIRS:
            return False
        for event in waiting:
            with tracing.traced(str(event.id)):
                await _process(session, event, rules, runtime.clock.now())
    return True


async def _process_singly(runtime: Runtime, event_ids: Sequence[uuid.UUID]) -> None:
    for event_id in event_ids:
        with tracing.traced(str(event_id)):
            try:
                await process_event(runtime, event_id)
            except Exception:
                log.exception("event_not_processed", event_id=str(event_id))


async def process_event(runtime: Runtime, event_id: uuid.UUID) -> Started | None:
    """Start what the event sets off; None when it is processed already, or somebody else has it at this moment.

    The claim, the runs and the mark are one transaction: an event that was accepted is processed exactly once.
    """
    async with runtime.unit_of_work() as session:
        event = await session.scalar(
            select(Event)
            .where(Event.id == event_id, Event.processed.is_(False))
            .with_for_update(skip_locked=True)
        )
        if event is None:
            return None
        rules = await _rules(session, {(event.product_id, event.event_type)})
        return await _process(session, event, rules, runtime.clock.now())


async def _process(
    session: AsyncSession, event: Event, rules: Sequence[Automation], now: datetime
) -> Started:
    product = await session.get_one(Product, event.product_id)
    occasion = occasions.of_event(event)
    started = Started()
    if product.archived_at is None:
        found = candidates(rules, product.id, event.event_type, occasion.known)
        started = await starting.start(session, found, occasion, product=product, now=now)
    event.processed, event.processed_at = True, now
    event.automations_triggered = [str(one) for one in started.automations]
    event.result = (
        event.result if isinstance(event.result, dict) else {}
    ) | {"runs": len(started.runs), "skipped": started.skipped, "posts_created": 0, "notifications": 0}  # fmt: skip
    return started


async def _rules(session: AsyncSession, concerned: Set[tuple[uuid.UUID, str]]) -> Sequence[Automation]:
    """Return the automations that wait for one of these events, locked, in one order for everybody."""
    if not concerned:
        return []
    names: dict[uuid.UUID, set[str]] = defaultdict(set)
    for product_id, event_type in concerned:
        names[product_id].update(names_of(event_type))
    waits = or_(
        *(
            and_(Automation.product_id == product_id, Automation.trigger_config["event"].astext.in_(wanted))
            for product_id, wanted in names.items()
        )
    )
    rows = await session.scalars(
        select(Automation)
        .where(waits, Automation.enabled, Automation.trigger_type == "event")
        .order_by(Automation.id)
        .with_for_update(key_share=True)
    )
    return rows.all()


def candidates(
    rules: Sequence[Automation], product_id: uuid.UUID, event_type: str, known: Mapping[str, Any]
) -> list[Automation]:
    """Return those of ``rules`` that wait for this event."""
    names = names_of(event_type)
    return [
        rule
        for rule in rules
        if rule.product_id == product_id
        and str(rule.trigger_config.get("event")) in names
        and from_source(rule.trigger_config.get("source"), known.get("source"))
    ]


def names_of(event_type: str) -> list[str]:
    """Return what a trigger may call the event: ``order.paid``, ``order.*``, ``*``."""
    parts = event_type.split(".")
    return [event_type, *(".".join(parts[:end]) + ".*" for end in range(1, len(parts))), "*"]


def from_source(wanted: Any, source: Any) -> bool:
    """Tell whether the event comes from where the trigger wants it; "webhook" is any signed delivery."""
    return not isinstance(wanted, str) or wanted.strip().lower() in _ANY_SOURCE or wanted == source
