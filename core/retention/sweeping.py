"""How is what is old deleted without being in anybody's way? A few hundred rows a transaction, in the order of the ids.

Ids are made in the order of time (``core.ids``), so the old rows are the first ones of the primary key and no index of
their own is needed; a row that is younger than its id says is kept by its age. Rows somebody works on are passed over.
"""

import uuid
from collections import Counter
from datetime import datetime, timedelta

import structlog
from sqlalchemy import TextClause, text

from core.retention.rules import RULES, Rule
from core.runtime import Runtime
from core.settings import service as settings

log = structlog.get_logger(__name__)

BATCH = 500  # rows looked at in one transaction
_FIRST = uuid.UUID(int=0)


async def sweep(runtime: Runtime) -> dict[str, int]:
    """Delete everything that is older than the owner wants it kept; returns how many rows of each table."""
    async with runtime.unit_of_work() as session:
        keeping = await settings.get(session, settings.Keeping)
    removed: Counter[str] = Counter()
    for rule in RULES:
        days = rule.days(keeping)
        if days is not None:
            removed[rule.table] += await _table(runtime, rule, runtime.clock.now() - timedelta(days=days))
    gone = {table: number for table, number in removed.items() if number}
    if gone:
        log.info("old_rows_deleted", **gone)
    return gone


async def _table(runtime: Runtime, rule: Rule, before: datetime) -> int:
    removed, after = 0, _FIRST
    while True:
        async with runtime.unit_of_work() as session:
            rows = (await session.execute(_next(rule), _range(before, after))).all()
            old = [row.id for row in rows if row.old]
            if old:
                gone = await session.execute(_delete(rule), {"ids": old})
                removed += len(gone.all())
        if len(rows) < BATCH:
            return removed
        after = rows[-1].id


def _range(before: datetime, after: uuid.UUID) -> dict[str, object]:
    return {"before": before, "after": after, "last": first_id_at(before)}


def first_id_at(moment: datetime) -> uuid.UUID:
    """Return an id that no id made before ``moment`` exceeds (UUIDv7: its first 48 bits are milliseconds)."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)


def _next(rule: Rule) -> TextClause:
    return text(f"""
        SELECT r.id, ({rule.age} < :before AND ({rule.also})) AS old FROM {rule.table} r
         WHERE r.id > :after AND r.id < :last ORDER BY r.id LIMIT {BATCH}
    """)  # noqa: S608 - names of our own


def _delete(rule: Rule) -> TextClause:
    return text(f"""
        DELETE FROM {rule.table} WHERE id IN (
            SELECT r.id FROM {rule.table} r WHERE r.id = ANY(:ids) AND ({rule.also}) FOR UPDATE OF r SKIP LOCKED
        ) RETURNING id
    """)  # noqa: S608 - names of our own
