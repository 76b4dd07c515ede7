"""What has happened that may set an automation off? An event, a time that has come, or a number: as facts under one key."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel
from core.content import service as content
from core.events.models import Event
from core.publications.models import Publication, PublicationStatus
from core.text.when import wall

_MOST_HOPS = 1000  # whatever a sender says


@dataclass(frozen=True, slots=True)
class Occasion:
    """``key`` makes it unique for an automation: whoever comes second starts nothing. ``known`` is JSON."""

    key: str
    trigger: Literal["event", "schedule", "metric"]
    known: dict[str, Any] = field(default_factory=dict)
    event_id: uuid.UUID | None = None
    hops: int = 0


def of_event(event: Event) -> Occasion:
    """Return the occasion of a received event. What it holds is data, whatever it says."""
    payload: Any = event.payload
    payload = payload if isinstance(payload, dict) else {}  # a row written by hand
    data = payload.get("data")
    whole = isinstance(data, dict) and "event" in payload
    known: dict[str, Any] = {"event": event.event_type, "data": data if whole else payload}
    known |= {
        name: payload[name] for name in ("source", "timestamp", "replay_of") if whole and name in payload
    }
    return Occasion(f"event:{event.id}", "event", known, event.id, _hops(payload) if whole else 0)


async def of_time(session: AsyncSession, product_id: uuid.UUID, moment: datetime, zone: tzinfo) -> Occasion:
    """Return the occasion of a time that has come, with what the product's calendar holds."""
    today = wall.today(moment, zone)
    counts = {}
    for name, day in (("today", today), ("tomorrow", today + timedelta(days=1))):
        start, end = (wall.moved(day + timedelta(days=more), _MIDNIGHT, zone) for more in (0, 1))
        counts[name] = await _planned(session, product_id, start, end)
    known = {
        "event": "schedule",
        "data": {"at": moment.isoformat(), "date": today.isoformat(), "weekday": today.isoweekday()},
        "queue": counts,
        "drafts": {"waiting": await content.count_drafts(session, product_id)},
    }
    return Occasion(f"at:{moment:%Y%m%dT%H%M%S}", "schedule", known)


def of_number(key: str, data: Mapping[str, Any], hops: int = 0) -> Occasion:
    """Return the occasion of a metric that did what a rule waits for; ``key`` names the firing."""
    return Occasion(f"metric:{key}"[:200], "metric", {"event": "metric", "data": dict(data)}, hops=hops)


_MIDNIGHT = datetime.min.time()


async def _planned(session: AsyncSession, product_id: uuid.UUID, start: datetime, end: datetime) -> int:
    query = (
        select(func.count(func.distinct(Publication.content_id)))
        .join(Channel, Channel.id == Publication.channel_id)
        .where(
            Channel.product_id == product_id,
            Publication.status == PublicationStatus.SCHEDULED,
            Publication.scheduled_at >= start,
            Publication.scheduled_at < end,
        )
    )
    return await session.scalar(query) or 0


def _hops(payload: Mapping[str, Any]) -> int:
    """Return how many automations in a row led to this event: our own webhook calls say so."""
    said = payload.get("hops")
    return min(max(said, 0), _MOST_HOPS) if isinstance(said, int) and not isinstance(said, bool) else 0
