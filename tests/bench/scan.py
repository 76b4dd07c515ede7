"""What does looking for due posts cost when there is much history? The same scan beside little and beside a lot of it."""

import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from core.db.session import Database, create_engine
from core.jobs.queue import DroppingQueue
from core.publications import dispatch
from tests.bench.stand import Stand, connected, fill


@dataclass(frozen=True, slots=True)
class Scan:
    """Milliseconds of one scan (median of all rounds) beside so many finished rows, and the plan beside the most."""

    due: int
    little: int
    much: int
    beside_little: float
    beside_much: float
    plan: str

    @property
    def ratio(self) -> float:
        """How many times dearer the scan is beside much history."""
        return self.beside_much / self.beside_little


class _Undone(Exception):
    """Takes a scan back, so that the next one finds the same rows."""


async def measure(stand: Stand, *, due: int, little: int, much: int, rounds: int) -> Scan:
    """Scan both in turn, so that other work on the machine slows both alike."""
    now = datetime.now(UTC)
    async with stand.database("scan_little") as one, stand.database("scan_much") as other:
        for url, finished in ((one, little), (other, much)):
            await fill(url, due=due, at=now - timedelta(seconds=5), finished=finished)
        databases = [Database(create_engine(url, pool_size=1), DroppingQueue()) for url in (one, other)]
        try:
            took: tuple[list[float], list[float]] = ([], [])
            for number in range(rounds + 3):
                for place, database in enumerate(databases):
                    spent = await _scan(database, now, due)
                    if number >= 3:  # the first ones fill caches
                        took[place].append(spent)
            plan = await _plan(databases[1], other, now, due)
        finally:
            for database in databases:
                await database.close()
    beside = [1000 * statistics.median(each) for each in took]
    return Scan(due, little, much, beside[0], beside[1], plan)


async def _scan(database: Database, now: datetime, due: int) -> float:
    began, spent = time.perf_counter(), 0.0
    try:
        async with database.unit_of_work() as session:
            found = await dispatch.nudge_due(session, now)
            spent = time.perf_counter() - began
            assert found == min(due, 200), f"the scan found {found}"
            raise _Undone
    except _Undone:
        pass
    return spent


async def _plan(database: Database, url: str, now: datetime, due: int) -> str:
    """Let PostgreSQL explain the statement that the scan finds its rows with."""
    caught: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, _many: bool) -> None:
        if "FOR UPDATE" in statement and "nudged_at" in statement and "LIMIT" in statement:
            caught.append((statement, parameters))

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        await _scan(database, now, due)
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    statement, parameters = caught[-1]
    async with connected(url) as connection:
        transaction = connection.transaction()
        await transaction.start()
        rows = await connection.fetch(
            f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {statement}", *parameters
        )
        await transaction.rollback()
    return "\n".join(str(row[0])[:150] for row in rows)
