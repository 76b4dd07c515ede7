"""Is a line's statement on the disk when it has answered, and does a lost connection come back by itself?"""

import asyncpg
import pytest
from sqlalchemy import text

from core.db import line as lines
from core.db.line import Line
from core.runtime import Runtime

_ADD = "INSERT INTO settings (key, value) VALUES ($1, '{}') RETURNING pg_backend_pid() AS backend"


async def _add(line: Line, key: str) -> int:
    (row,) = await line.fetch(_ADD, key)
    return int(row["backend"])


async def _count(runtime: Runtime) -> int:
    async with runtime.unit_of_work() as session:
        return int(await session.scalar(text("SELECT count(*) FROM settings WHERE key LIKE 'line-%'")) or 0)


async def test_each_statement_commits_by_itself_and_an_error_spoils_no_other(runtime: Runtime) -> None:
    line = runtime.database.line()
    first = await _add(line, "line-1")
    with pytest.raises(asyncpg.UniqueViolationError):
        await _add(line, "line-1")
    assert await _add(line, "line-2") == first
    assert await _count(runtime) == 2


async def test_a_connection_that_was_lost_is_opened_anew(runtime: Runtime) -> None:
    line = runtime.database.line()
    first = await _add(line, "line-1")
    async with runtime.unit_of_work() as session:
        await session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": first})
    try:
        second = await _add(line, "line-2")
    except (asyncpg.PostgresError, asyncpg.InterfaceError):  # the loop had not heard of the end yet
        second = await _add(line, "line-2")
    assert second != first
    assert await _count(runtime) == 2


async def test_a_quiet_one_is_looked_at_by_the_pool_first(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_QUIET", -1.0)
    line = runtime.database.line()
    await _add(line, "line-1")
    await _add(line, "line-2")
    assert await _count(runtime) == 2
