"""Can this process work? The database has to answer and to have the schema this version needs."""

import asyncio
from dataclasses import dataclass
from functools import cache

import structlog

from core.db import migrations
from core.outage import UNAVAILABLE
from core.runtime import Runtime

log = structlog.get_logger(__name__)

_SECONDS = 3.0
_head = cache(migrations.head_revision)  # read from disk once


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why not: a code for machines and a sentence."""

    code: str
    message: str


async def hindrance(runtime: Runtime) -> Hindrance | None:
    """Return what keeps the process from working, or None. Redis is no hindrance: posts go out without it."""
    try:
        async with asyncio.timeout(_SECONDS):
            revision = await migrations.current_revision(runtime.database.engine)
    except UNAVAILABLE as error:
        log.warning("not_ready", reason=f"{type(error).__name__}: {error}")
        return Hindrance("database-unavailable", "The database does not answer")
    if revision != _head():
        return Hindrance("migrations-pending", "The database schema is not the one this version needs")
    return None
