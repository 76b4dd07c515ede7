"""Is somebody knocking with wrong signatures? Counted in memory; too many within minutes are told, and when it is over."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.session import Database
from core.notifications import troubles
from core.notifications.spates import Spate
from core.outage import UNAVAILABLE
from core.runtime import Runtime

log = structlog.get_logger(__name__)

PREFIX = "signatures/"
MANY = 20  # refusals of one product within the window
WINDOW = timedelta(minutes=10)
_WRITE_EVERY = timedelta(minutes=1)  # however fast they come: who has not signed shall cost little


@dataclass(slots=True)
class _Counted:
    spate: Spate = field(default_factory=lambda: Spate(MANY, WINDOW))
    written: dict[uuid.UUID, datetime] = field(default_factory=dict)


_counts: WeakKeyDictionary[Database, _Counted] = WeakKeyDictionary()


async def note(runtime: Runtime, product_id: uuid.UUID) -> None:
    """Count one refused signature of a product that takes events. Never raises: the answer to the sender is ready."""
    now = runtime.clock.now()
    counted = _counts.setdefault(runtime.database, _Counted())
    if not counted.spate.add(str(product_id), now):
        return
    written = counted.written.get(product_id)
    if written is not None and now - written < _WRITE_EVERY:
        return
    counted.written[product_id] = now
    try:
        async with runtime.unit_of_work() as session:
            key = f"{PREFIX}{product_id}"
            if not await troubles.report(session, key, now, product_id=product_id):
                await troubles.still(session, key, now)
    except UNAVAILABLE as error:
        log.warning("refusals_not_told", reason=type(error).__name__)


async def calm_down(session: AsyncSession, now: datetime) -> int:
    """End what has not been seen for a whole window; returns how many."""
    return await troubles.ebb(session, PREFIX, now, quiet_for=WINDOW)
