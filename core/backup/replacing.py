"""How does a backup take the place of what a database holds? In one transaction: what fails leaves the old as it was."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from core.backup import tables
from core.backup.restoring import Contents, Restored, copy_in, restore, verify
from core.db import migrations
from core.db.locks import Lock
from core.db.models import Base
from core.errors import InvalidInput
from core.publications import restored
from core.security.keyring import Keyring

_ALIVE = timedelta(minutes=2)  # a part says every few seconds that it lives
_LOOKS = 10
_LOOK_SECONDS = 0.2
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'nexus%'
"""
_BEATS = "SELECT name FROM heartbeats WHERE beat_at > $1 AND beat_at <= $2 ORDER BY name"


async def replace(
    file: BinaryIO, passphrase: str, keyring: Keyring, *, url: str, media: Path, now: datetime, as_is: bool
) -> Restored:
    """Put a backup in the place of everything the database holds.

    Raises ``InvalidInput`` when the backup cannot be trusted, when NEXUS runs on the database, or when the database is
    not one of NEXUS. Then, and when this process is killed before the end, every row is as it was.
    """
    contents = verify(file, passphrase, keyring)
    file.seek(0)
    async with tables.connected(url) as driver:
        there = bool(await tables.tables(driver)) or await tables.revision(driver) is not None
    if not there:
        return await restore(file, passphrase, keyring, url=url, media=media, now=now, as_is=as_is)
    async with tables.transaction(url) as connection:
        # A process of NEXUS that starts meanwhile waits at its migrations until this is over.
        await connection.execute(select(func.pg_advisory_xact_lock(Lock.MIGRATION.value)))
        driver = (await connection.get_raw_connection()).driver_connection
        await _check_ours(driver)
        await _check_still(driver, now)
        await _make_schema(connection, driver, contents)
        await copy_in(driver, file, passphrase, contents, media=media)
        await migrations.upgrade_within(connection)
        held = 0
        if not as_is:
            async with AsyncSession(connection) as session:
                held = await restored.hold_back(session, now)
                await session.flush()
        await tables.unmark(driver)
    return Restored(contents, held)


async def _check_ours(driver: Any) -> None:
    revision = await tables.revision(driver)
    strange = sorted((await tables.tables(driver)).keys() - Base.metadata.tables.keys())
    if revision is None or not migrations.knows(revision) or strange:
        raise InvalidInput(
            "the database holds something that is not of this version of NEXUS"
            + (f" (the table {strange[0]})" if strange else "")
            + "; nothing was changed. Give DATABASE_URL a new database"
        )


async def _check_still(driver: Any, now: datetime) -> None:
    """Raise ``InvalidInput`` while anything of NEXUS is connected, or has said just now that it lives."""
    alive = []
    if await driver.fetchval("SELECT to_regclass('public.heartbeats')") is not None:
        alive = [row["name"] for row in await driver.fetch(_BEATS, now - _ALIVE, now + _ALIVE)]
    connections = 0
    for _ in range(_LOOKS):  # a connection that was just closed, ours among them, is seen for a moment
        await driver.execute("SELECT pg_stat_clear_snapshot()")
        connections = await driver.fetchval(_OTHERS)
        if not connections:
            break
        await asyncio.sleep(_LOOK_SECONDS)
    else:
        raise InvalidInput(
            f"NEXUS is running on this database ({connections} connections); nothing was changed. "
            "Stop every process of it, on every machine, and try again"
        )
    if alive:
        raise InvalidInput(
            f"NEXUS was alive on this database a moment ago ({', '.join(alive)}); nothing was changed. Stop every "
            "process of it, on every machine, and try again in two minutes"
        )


async def _make_schema(connection: AsyncConnection, driver: Any, contents: Contents) -> None:
    if await tables.revision(driver) == contents.manifest.revision:
        return
    await tables.empty(driver)
    await migrations.downgrade_within(connection)
    await migrations.upgrade_within(connection, contents.manifest.revision)
