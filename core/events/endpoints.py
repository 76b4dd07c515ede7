"""Which products take events at the moment, and with which secrets? Known by heart, for two seconds at most.

All of them are read at once, so that asking for products that do not exist costs nothing. What this process changes
about a secret counts from its commit on (see ``forget_after_commit``); what another one changes, two seconds later.
"""

import asyncio
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import structlog
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.session import Database
from core.products import webhook_secret
from core.products.models import Product
from core.runtime import Runtime
from core.security.keyring import CannotOpen
from core.settings import service as settings

log = structlog.get_logger(__name__)

KNOWN_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a product's events come in."""

    product_id: uuid.UUID
    secrets: tuple[str, ...]
    per_minute: int


@dataclass(eq=False)
class _Known:
    """What is known of one database."""

    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)
    until: float = 0.0  # by the monotonic clock
    changes: int = 0  # a reading that began before the last change is not kept
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)


_known: WeakKeyDictionary[Database, _Known] = WeakKeyDictionary()


async def find(runtime: Runtime, slug: str) -> Endpoint | None:
    """Return where the product's events come in; None when it takes none. Raises what a database that is away does."""
    known = _known.setdefault(runtime.database, _Known())
    if time.monotonic() >= known.until:
        async with known.reading:
            while time.monotonic() >= known.until:
                changes = known.changes
                endpoints = await _read(runtime)
                if changes == known.changes:
                    known.endpoints, known.until = endpoints, time.monotonic() + KNOWN_SECONDS
    return known.endpoints.get(slug)


def forget_after_commit(session: AsyncSession) -> None:
    """Have everything read anew once ``session`` has committed."""

    def forget(_: object) -> None:
        for known in list(_known.values()):
            known.until, known.changes = 0.0, known.changes + 1

    event.listen(session.sync_session, "after_commit", forget, once=True)


async def _read(runtime: Runtime) -> dict[str, Endpoint]:
    now = runtime.clock.now()
    query = select(Product).where(Product.webhook_secret.is_not(None), Product.archived_at.is_(None))
    async with runtime.unit_of_work() as session:
        receiving = await settings.get(session, settings.Receiving)
        found = list(await session.scalars(query))
    endpoints = {}
    for product in found:
        try:
            secrets = webhook_secret.live(runtime.keyring, product, now)
        except CannotOpen as error:
            log.error("webhook_secret_cannot_be_opened", product=product.slug, reason=str(error))
            continue
        endpoints[product.slug] = Endpoint(product.id, secrets, receiving.per_minute)
    return endpoints
