"""Are backups made by themselves: when they are due, once, so many, and with a word when one fails?"""

import asyncio
import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from core.backup import regular
from core.backup.models import Backup, Outcome
from core.clock import ManualClock
from core.config import load_settings
from core.doctor import inside
from core.doctor.findings import Level
from core.errors import ConfigError
from core.notifications.models import Notification
from core.runtime import Runtime

HOUR = timedelta(hours=1)


@pytest.fixture
def kept(runtime: Runtime, tmp_path: Path) -> Runtime:
    """A runtime that backs itself up into a folder."""
    settings = runtime.settings.model_copy(
        update={
            "backup_dir": tmp_path / "backups", "backup_key": SecretStr("correct horse battery"), "backup_keep": 3,
        }
    )  # fmt: skip
    return dataclasses.replace(runtime, settings=settings)


def files(runtime: Runtime) -> list[str]:
    assert runtime.settings.backup_dir is not None
    return sorted(path.name for path in runtime.settings.backup_dir.iterdir())


async def outcomes(runtime: Runtime) -> list[str]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Backup.outcome).order_by(Backup.started_at)))


async def told(runtime: Runtime) -> list[str]:
    async with runtime.unit_of_work() as session:
        return sorted(await session.scalars(select(Notification.kind)))


async def test_one_a_day_and_the_newest_are_kept(kept: Runtime, clock: ManualClock) -> None:
    folder = kept.settings.backup_dir
    assert folder is not None
    folder.mkdir()
    (folder / "holiday.jpg").write_text("not ours")
    made = 0
    for _ in range(24 * 5):
        made += await regular.keep_up(kept)
        clock.advance(HOUR)
    assert made == 5
    assert files(kept) == ["holiday.jpg", *(f"nexus-2026030{day}-090000.backup" for day in (4, 5, 6))]
    newest = folder / "nexus-20260306-090000.backup"
    assert newest.stat().st_mode & 0o777 == 0o600
    async with kept.unit_of_work() as session:
        last = await session.scalar(select(Backup).order_by(Backup.started_at.desc()).limit(1))
        assert last is not None
        assert (last.file, last.size_bytes) == (newest.name, newest.stat().st_size)
        assert await regular.last_done(session) == last.started_at


async def test_of_several_schedulers_one_makes_it(kept: Runtime) -> None:
    assert sum(await asyncio.gather(*(regular.keep_up(kept) for _ in range(4)))) == 1
    assert len(files(kept)) == 1


async def test_a_failure_is_told_once_tried_again_and_its_end_is_told(
    kept: Runtime, clock: ManualClock
) -> None:
    folder = kept.settings.backup_dir
    assert folder is not None
    folder.write_text("a file where the folder should be")
    for _ in range(4):
        assert not await regular.keep_up(kept)
        clock.advance(timedelta(minutes=20))
    assert await outcomes(kept) == [Outcome.FAILED] * 2
    assert await told(kept) == ["trouble"]
    async with kept.unit_of_work() as session:
        for row in await session.scalars(select(Notification)):
            row.status = "sent"
    folder.unlink()
    clock.advance(HOUR)
    assert await regular.keep_up(kept)
    assert await told(kept) == ["trouble", "trouble_over"]
    assert files(kept) == [name for name in files(kept) if name.startswith("nexus-")]


async def test_one_whose_process_died_is_made_anew_after_a_while(kept: Runtime, clock: ManualClock) -> None:
    async with kept.unit_of_work() as session:
        session.add(Backup(started_at=clock.now(), outcome=Outcome.RUNNING))
    clock.advance(5 * HOUR)
    assert not await regular.keep_up(kept)
    clock.advance(2 * HOUR)
    assert await regular.keep_up(kept)


async def test_without_a_folder_nothing_happens(runtime: Runtime) -> None:
    assert not await regular.keep_up(runtime)
    assert await outcomes(runtime) == []


def test_a_folder_without_a_passphrase_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_DIR", str(tmp_path))
    with pytest.raises(ConfigError, match="BACKUP_KEY"):
        load_settings(tmp_path / ".env")


async def test_the_doctor_misses_a_backup(kept: Runtime, clock: ManualClock) -> None:
    async def look() -> Level:
        found = await inside.check_database(kept.database, kept.keyring, clock.now(), timedelta(days=1))
        (one,) = [finding for finding in found if finding.part == "backup"]
        return one.level

    assert await look() is Level.WARNING
    await regular.keep_up(kept)
    assert await look() is Level.OK
    clock.advance(timedelta(days=3))
    assert await look() is Level.WARNING
