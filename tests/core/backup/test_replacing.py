"""Does a backup take the place of what is there whole, and is the old untouched by everything that goes wrong?"""

import asyncio
import io
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from core.backup import replacing, restoring, tables
from core.db import migrations
from core.errors import InvalidInput
from core.runtime import Runtime
from tests.core.backup.test_round_trip import KEY, backup_of, rows_of
from tests.core.transfer.test_round_trip import DOCUMENT, bring_in


def url_of(runtime: Runtime) -> str:
    return runtime.database.engine.url.render_as_string(hide_password=False)


async def replaced(file: io.BytesIO, runtime: Runtime, **more: Any) -> restoring.Restored:
    await runtime.database.engine.dispose()  # its pool is a NEXUS that runs
    file.seek(0)
    return await replacing.replace(
        file,
        more.get("key", KEY),
        runtime.keyring,
        url=url_of(runtime),
        media=runtime.settings.nexus_home / "media",
        now=runtime.clock.now(),
        as_is=more.get("as_is", True),
    )


@pytest.fixture
async def backup(runtime: Runtime) -> io.BytesIO:
    """A backup, after which the database has gone on."""
    await bring_in(runtime, DOCUMENT)
    file = await backup_of(runtime)
    await bring_in(runtime, {"products": [{"name": "Afterwards", "slug": "afterwards"}]})
    return file


async def test_the_backup_takes_the_place_of_what_is_there(backup: io.BytesIO, runtime: Runtime) -> None:
    later = await rows_of(url_of(runtime))
    done = await replaced(backup, runtime)
    rows = await rows_of(url_of(runtime))
    assert {name: len(rows[name]) for name in rows} == done.contents.totals.rows
    assert len(rows["products"]) == 2
    assert rows["products"] == [row for row in later["products"] if "afterwards" not in row]
    assert len(await constraints(runtime)) > 10
    await bring_in(runtime, {"products": [{"name": "Goes on", "slug": "goes-on"}]})


async def constraints(runtime: Runtime) -> list[str]:
    async with tables.connected(url_of(runtime)) as driver:
        return [
            row[0]
            for row in await driver.fetch("SELECT pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1")
        ]


async def test_one_of_an_older_schema_is_brought_up_to_date(backup: io.BytesIO, runtime: Runtime) -> None:
    bound = await constraints(runtime)
    await migrations.downgrade(runtime.database.engine, "-3")
    old = await backup_of(runtime)
    await migrations.upgrade(runtime.database.engine)
    before = await rows_of(url_of(runtime))
    await bring_in(runtime, {"products": [{"name": "More", "slug": "more"}]})
    await replaced(old, runtime)
    after = await rows_of(url_of(runtime))
    assert after["products"] == before["products"]
    assert await constraints(runtime) == bound
    async with tables.connected(url_of(runtime)) as driver:
        assert await tables.revision(driver) == migrations.head_revision()


async def test_publishing_is_paused_unless_nothing_has_happened(backup: io.BytesIO, runtime: Runtime) -> None:
    await replaced(backup, runtime, as_is=False)
    async with runtime.unit_of_work() as session:
        assert (
            await session.scalar(text("SELECT value->>'paused' FROM settings WHERE key = 'publishing'"))
            == "true"
        )


async def test_what_cannot_be_trusted_changes_nothing(backup: io.BytesIO, runtime: Runtime) -> None:
    before, whole = await rows_of(url_of(runtime)), backup.getvalue()
    altered = bytearray(whole)
    altered[len(whole) // 2] ^= 1
    for broken in (whole[:-1], b"", whole + b"x", bytes(altered)):
        with pytest.raises(InvalidInput):
            await replaced(io.BytesIO(broken), runtime)
    with pytest.raises(InvalidInput, match="BACKUP_KEY"):
        await replaced(backup, runtime, key="another passphrase")
    assert await rows_of(url_of(runtime)) == before


@pytest.mark.parametrize("where", ["fill", "finish", "unmark"])
async def test_a_failure_in_the_middle_changes_nothing(
    backup: io.BytesIO, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    before, bound = await rows_of(url_of(runtime)), await constraints(runtime)

    async def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(tables, where, fails)
    with pytest.raises(OSError, match="disk"):
        await replaced(backup, runtime)
    assert await rows_of(url_of(runtime)) == before
    assert await constraints(runtime) == bound


_KILLED = """
import asyncio, os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from core.backup import replacing, tables
from core.security.keyring import Keyring

async def dies(*_):
    os.kill(os.getpid(), signal.SIGKILL)

tables.finish = dies
asyncio.run(replacing.replace(
    open(sys.argv[1], "rb"), sys.argv[2], Keyring.parse(Keyring.new_key_text()), url=sys.argv[3],
    media=Path(sys.argv[4]), now=datetime.now(UTC), as_is=True,
))
"""


async def test_a_kill_in_the_middle_changes_nothing(runtime: Runtime, tmp_path: Path) -> None:
    async with runtime.unit_of_work() as session:
        await session.execute(text("INSERT INTO heartbeats (name, beat_at) VALUES ('old', '2020-01-01')"))
    file = tmp_path / "nexus.backup"
    file.write_bytes((await backup_of(runtime)).getvalue())
    await bring_in(runtime, DOCUMENT)
    before = await rows_of(url_of(runtime))
    await runtime.database.engine.dispose()
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _KILLED, str(file), KEY, url_of(runtime), str(tmp_path / "media"),
        cwd=Path(__file__).parents[3], env={**os.environ},
    )  # fmt: skip
    assert await killed.wait() == -signal.SIGKILL
    assert await rows_of(url_of(runtime)) == before


async def test_it_is_refused_while_nexus_runs(backup: io.BytesIO, runtime: Runtime) -> None:
    async with tables.connected(url_of(runtime)):
        before = await rows_of(url_of(runtime))
        with pytest.raises(InvalidInput, match="is running"):
            await replaced(backup, runtime)
    async with runtime.unit_of_work() as session:
        await session.execute(
            text("INSERT INTO heartbeats (name, beat_at) VALUES ('scheduler', :at)"),
            {"at": runtime.clock.now() - timedelta(seconds=30)},
        )
    with pytest.raises(InvalidInput, match=r"a moment ago \(scheduler\)"):
        await replaced(backup, runtime)
    assert (await rows_of(url_of(runtime)))["products"] == before["products"]


async def test_what_is_not_of_nexus_is_left_alone(backup: io.BytesIO, runtime: Runtime) -> None:
    async with tables.connected(url_of(runtime)) as driver:
        await driver.execute("CREATE TABLE wordpress (id int)")
    try:
        before = await rows_of(url_of(runtime))
        with pytest.raises(InvalidInput, match="table wordpress"):
            await replaced(backup, runtime)
        assert await rows_of(url_of(runtime)) == before
    finally:
        async with tables.connected(url_of(runtime)) as driver:
            await driver.execute("DROP TABLE wordpress")


async def test_into_an_empty_database_it_is_an_ordinary_restore(
    backup: io.BytesIO, runtime: Runtime, empty_database_url: str
) -> None:
    backup.seek(0)
    await replacing.replace(
        backup, KEY, runtime.keyring, url=empty_database_url, media=runtime.settings.nexus_home / "media",
        now=runtime.clock.now(), as_is=True,
    )  # fmt: skip
    assert len((await rows_of(empty_database_url))["products"]) == 2
