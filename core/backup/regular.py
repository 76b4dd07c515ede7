"""When is a backup made by itself, and how many are kept? One scheduler makes it; what fails is told once, and tried again."""

import asyncio
import os
import re
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.backup import making
from core.backup.models import Backup, Outcome
from core.db import locks
from core.db.locks import Lock
from core.errors import NexusError
from core.ids import new_id
from core.notifications import troubles
from core.runtime import Runtime

log = structlog.get_logger(__name__)

KEY = "backup"  # of the trouble
_AGAIN = timedelta(minutes=30)  # after one that failed
_DEAD = timedelta(hours=6)  # one that began so long ago and has not ended died with its process
_OURS = re.compile(r"nexus-\d{8}-\d{6}\.backup")


async def keep_up(runtime: Runtime) -> bool:
    """Make a backup if one is due here. Returns whether one was made. Raises nothing that a backup may fail with."""
    if runtime.settings.backup_dir is None:
        return False
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        await locks.hold(session, Lock.BACKUP)
        if not await _is_due(session, runtime, now):
            return False
        row = Backup(id=new_id(), started_at=now, outcome=Outcome.RUNNING)
        session.add(row)
    try:
        # In a thread and an event loop of its own: the scheduler goes on looking for due posts.
        made = await asyncio.to_thread(_make, runtime, runtime.settings.backup_dir, now)
    except (OSError, NexusError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        log.error("backup_failed", reason=f"{type(error).__name__}: {error}")
        await _ended(runtime, row, Outcome.FAILED, error=f"{type(error).__name__}: {error}"[:500])
        return False
    await _ended(runtime, row, Outcome.DONE, made=made)
    log.info("backup_made", file=made[0], bytes=made[1])
    return True


async def last_done(session: AsyncSession) -> datetime | None:
    """Return when the last backup was made that the scheduler could make."""
    query = select(Backup.started_at).where(Backup.outcome == Outcome.DONE)
    found: datetime | None = await session.scalar(query.order_by(Backup.started_at.desc()).limit(1))
    return found


async def _is_due(session: AsyncSession, runtime: Runtime, now: datetime) -> bool:
    last = await session.scalar(select(Backup).order_by(Backup.started_at.desc()).limit(1))
    if last is None:
        return True
    if last.outcome == Outcome.RUNNING:
        return last.started_at < now - _DEAD
    if last.outcome == Outcome.FAILED:
        return last.started_at < now - _AGAIN
    # A little early: looked at once a minute, it would else come a minute later each day.
    every = timedelta(hours=runtime.settings.backup_every_hours) - timedelta(seconds=90)
    return last.started_at <= now - every


def _make(runtime: Runtime, folder: Path, now: datetime) -> tuple[str, int]:
    """Make it, take the oldest away, and return its name and size."""
    passphrase = runtime.settings.backup_key
    if passphrase is None:
        raise OSError("BACKUP_KEY is not set")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"nexus-{now:%Y%m%d-%H%M%S}.backup"
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=folder)  # mode 0600
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as output:
            asyncio.run(
                making.make(
                    output,
                    passphrase.get_secret_value(),
                    url=runtime.database.engine.url.render_as_string(hide_password=False),
                    settings=runtime.settings,
                    keyring=runtime.keyring,
                    now=now,
                )
            )
            output.flush()
            os.fsync(output.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    _forget(folder, runtime.settings.backup_keep)
    return target.name, target.stat().st_size


async def _ended(
    runtime: Runtime,
    row: Backup,
    outcome: Outcome,
    *,
    made: tuple[str, int] | None = None,
    error: str | None = None,
) -> None:
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        kept = await session.get(Backup, row.id)
        if kept is not None:
            kept.outcome, kept.ended_at, kept.error_message = outcome, now, error
            kept.file, kept.size_bytes = made or (None, None)
        if outcome is Outcome.DONE:
            await troubles.over(session, KEY, now)
        else:
            await troubles.report(session, KEY, now, detail={"reason": error})


def _forget(folder: Path, keep: int) -> None:
    """Take the oldest of our own files away; whatever else lies there is nobody's business."""
    ours = sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))
    for path in ours[:-keep]:
        path.unlink(missing_ok=True)
