"""Whose audience is awake first? The order in which a post that is spread out reaches its platforms."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta, tzinfo

from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import best_times

_DAY = timedelta(days=1)


async def order(
    session: AsyncSession, product_id: uuid.UUID, platforms: Collection[str], start: datetime, zone: tzinfo
) -> tuple[str, ...]:
    """Return ``platforms`` by how soon after ``start`` the best hour of each comes round on the owner's clock.

    The hour is that of own history where it tells one, else the platform's first default hour from then on.
    """
    waits: dict[str, timedelta] = {}
    for platform in platforms:
        best = await best_times.suggest(session, product_id, [platform], start, 1, zone)
        waits[platform] = _on_the_clock(best[0].moment, start, zone) if best else _DAY
    return tuple(sorted(waits, key=lambda platform: (waits[platform], platform)))


def _on_the_clock(moment: datetime, start: datetime, zone: tzinfo) -> timedelta:
    """Return how far the hands go from ``start`` to ``moment``, whatever the day."""
    shown, begun = (at.astimezone(zone).replace(tzinfo=None) for at in (moment, start))
    return (shown - begun) % _DAY
