"""When does something count? Once the transaction that did it has committed; a rollback counts nothing."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

_KEY = "nexus_counts"

Count = Callable[[], object]


def once_committed(session: AsyncSession, count: Count) -> None:
    """Call ``count`` after the session's unit of work has committed."""
    session.info.setdefault(_KEY, []).append(count)


def take_counts(session: AsyncSession) -> list[Count]:
    """Return and forget what was to be counted on ``session``."""
    counts: list[Count] = session.info.pop(_KEY, [])
    return counts
