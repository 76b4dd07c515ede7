"""When does an approved draft of an automation go out? As its action wished, or at the nearest moment that is free."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import audiences, best_times
from core.automations.shapes.actions import Planned
from core.channels import service as channels
from core.content import forms
from core.content.models import Content
from core.publications import scheduling
from core.publications.errors import NotFree
from core.publications.scheduling import At, Distributed, NextFree, Now, Optimal, When
from core.settings import service as settings
from core.settings.service import General, Publishing
from core.text.when import wall

_TRIED = 20  # best times that are tried before the next free slot


def wish_of(action: Planned) -> dict[str, Any]:
    """Return the part of an action that says when, as it is kept with the draft."""
    return {"scheduling": action.scheduling, "time": action.time}


async def plan(
    session: AsyncSession, draft: Content, wish: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Put the approved draft on the calendar; what is planned already stays. Raises as ``scheduling.schedule``."""
    when = await _when(session, draft, wish, now)
    try:
        planned = await scheduling.schedule(
            session, content_id=draft.id, version=draft.version, when=when, now=now
        )
    except NotFree as refusal:
        nearest = refusal.params["nearest"]
        if not isinstance(nearest, datetime):
            raise
        planned = await scheduling.schedule(
            session, content_id=draft.id, version=draft.version, when=At(nearest), now=now
        )
    first = min(publication.scheduled_at for publication in planned)
    return {"scheduled_at": first.isoformat(), "channels": len(planned)}


async def _when(session: AsyncSession, draft: Content, wish: Mapping[str, Any], now: datetime) -> When:
    general, publishing = await settings.get_both(session, General, Publishing)
    zone = general.zone
    connected = await channels.connected_platforms(session, draft.product_id)
    platforms = sorted(connected - forms.switched_off(draft.adapted))
    match wish.get("scheduling"):
        case "now":
            return Now(publishing.undo_seconds)
        case "at":
            return At(_next(str(wish["time"]), now, zone))
        case "next":
            return NextFree()
        case "distributed":
            return Distributed(order=await audiences.order(session, draft.product_id, platforms, now, zone))
        case _:
            best = await best_times.suggest(session, draft.product_id, platforms, now, _TRIED, zone)
            return Optimal(tuple(item.moment for item in best))


def _next(clock: str, now: datetime, zone: tzinfo) -> datetime:
    """Return when a clock in ``zone`` shows this time next."""
    today, at = wall.today(now, zone), time.fromisoformat(clock)
    tried = (wall.moved(today + timedelta(days=more), at, zone) for more in range(3))
    return next(moment for moment in tried if moment > now)
