"""Do many deliveries of a product come with a wrong signature? Counted as they are refused; the owner is told once."""

import uuid
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from core.db.session import Database
from core.notifications import troubles
from core.runtime import Runtime

MANY = 10  # in a minute; a single one is a typing error of somebody who sets up a sender
MINUTE = timedelta(minutes=1)
QUIET = timedelta(minutes=5)  # without any, it is over
LOOK_SECONDS = 15.0
_KEY = "signatures/"


@dataclass
class _Refused:
    """When the last ones of each product were, and since when this process counts."""

    since: datetime
    moments: dict[uuid.UUID, deque[datetime]] = field(default_factory=dict)


_known: WeakKeyDictionary[Database, _Refused] = WeakKeyDictionary()


def note(runtime: Runtime, product_id: uuid.UUID, now: datetime) -> None:
    """Remember that a delivery of the product was refused for its signature."""
    moments = _refused(runtime, now).moments.setdefault(product_id, deque(maxlen=MANY))
    moments.append(now)


async def look(runtime: Runtime) -> None:
    """Say of which products many are refused, and of which no more."""
    now = runtime.clock.now()
    refused = _refused(runtime, now)
    many = [
        product_id
        for product_id, moments in refused.moments.items()
        if len(moments) == MANY and moments[-1] - moments[0] <= MINUTE and now - moments[-1] <= MINUTE
    ]
    async with runtime.unit_of_work() as session:
        for product_id in many:
            await troubles.report(session, f"{_KEY}{product_id}", now, product_id=product_id)
        for trouble in await troubles.open_now(session):
            if trouble.key.startswith(_KEY) and _is_over(refused, trouble.product_id, now):
                await troubles.over(session, trouble.key, now)


def _is_over(refused: _Refused, product_id: uuid.UUID | None, now: datetime) -> bool:
    moments = refused.moments.get(product_id) if product_id is not None else None
    return now - (moments[-1] if moments else refused.since) > QUIET


def _refused(runtime: Runtime, now: datetime) -> _Refused:
    return _known.setdefault(runtime.database, _Refused(now))
