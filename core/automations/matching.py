"""Which automations does an event concern? Found by product and name, however many others there are."""

import asyncio
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core import tracing
from core.automations import occasions, starting
from core.automations.models import Automation
from core.automations.starting import Started
from core.events.models import Event
from core.products.models import Product
from core.runtime import Runtime

log = structlog.get_logger(__name__)

_AT_ONCE = 8  # events that came together; the connections are not theirs alone
_ANY_SOURCE = frozenset({"", "webhook", "any"})


async def process_events(runtime: Runtime, event_ids: Sequence[uuid.UUID]) -> None:
    """Process events that came together. One that cannot be processed keeps nothing from the others."""
    places = asyncio.Semaphore(_AT_ONCE)

    async def process(event_id: uuid.UUID) -> None:
        async with places:
            with tracing.traced(str(event_id)):
                try:
                    await process_event(runtime, event_id)
                except Exception:
                    log.exception("event_not_processed", event=str(event_id))

    await asyncio.gather(*map(process, event_ids))


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
        now = runtime.clock.now()
        product = await session.get_one(Product, event.product_id)
        occasion = occasions.of_event(event)
        started = Started()
        if product.archived_at is None:
            found = await candidates(session, product.id, event.event_type, occasion.known)
            started = await starting.start(session, found, occasion, product=product, now=now)
        event.processed, event.processed_at = True, now
        event.automations_triggered = [str(one) for one in started.automations]
        event.result = (
            event.result if isinstance(event.result, dict) else {}
        ) | {"runs": len(started.runs), "skipped": started.skipped, "posts_created": 0, "notifications": 0}  # fmt: skip
        return started


async def candidates(
    session: AsyncSession, product_id: uuid.UUID, event_type: str, known: Mapping[str, Any]
) -> list[Automation]:
    """Return the product's automations that wait for this event, locked, in one order for everybody."""
    rows = await session.scalars(
        select(Automation)
        .where(
            Automation.product_id == product_id,
            Automation.enabled,
            Automation.trigger_type == "event",
            Automation.trigger_config["event"].astext.in_(names_of(event_type)),
        )
        .order_by(Automation.id)
        .with_for_update(key_share=True)
    )
    return [row for row in rows if from_source(row.trigger_config.get("source"), known.get("source"))]


def names_of(event_type: str) -> list[str]:
    """Return what a trigger may call the event: ``order.paid``, ``order.*``, ``*``."""
    parts = event_type.split(".")
    return [event_type, *(".".join(parts[:end]) + ".*" for end in range(1, len(parts))), "*"]


def from_source(wanted: Any, source: Any) -> bool:
    """Tell whether the event comes from where the trigger wants it; "webhook" is any signed delivery."""
    return not isinstance(wanted, str) or wanted.strip().lower() in _ANY_SOURCE or wanted == source
