"""Does the embedded PostgreSQL survive what machines do to it?"""

import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from pathlib import Path

import asyncpg
import pytest

from core.db.embedded import EmbeddedPostgres
from core.errors import ConfigError


@pytest.fixture
def folder() -> Generator[Path]:
    """A folder with a space in its name, which the account PostgreSQL runs under can pass through."""
    root = Path(tempfile.mkdtemp(prefix="nexus pg "))
    yield root / "in a folder"
    shutil.rmtree(root, ignore_errors=True)


async def _query(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def _postmaster(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


async def test_committed_rows_survive_kill_9_of_everything(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    url = server.start()
    await _query(url, "CREATE TABLE kept (n int)")
    await _query(url, "INSERT INTO kept VALUES (42) RETURNING n")
    os.kill(_postmaster(folder), signal.SIGKILL)
    server.stop()  # nothing to stop any more; collects the dead child
    again = EmbeddedPostgres(folder)
    try:
        assert await _query(again.start(), "SELECT n FROM kept") == 42
    finally:
        again.stop()


async def test_a_server_left_by_a_killed_parent_is_adopted_and_stopped(folder: Path) -> None:
    left = EmbeddedPostgres(folder)
    left.start()
    pid = _postmaster(folder)
    adopting = EmbeddedPostgres(folder)
    try:
        assert await _query(adopting.start(), "SELECT 1") == 1
        assert _postmaster(folder) == pid
    finally:
        adopting.stop()
        left.stop()
    assert not (folder / "data" / "postmaster.pid").exists()


async def test_a_stale_pid_file_with_somebody_elses_number_is_replaced(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    server.start()
    lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
    server.stop()
    lines[0] = str(os.getpid())  # alive, but not a PostgreSQL
    (folder / "data" / "postmaster.pid").write_text("\n".join(lines) + "\n")
    again = EmbeddedPostgres(folder)
    try:
        assert await _query(again.start(), "SELECT 1") == 1
    finally:
        again.stop()


async def test_a_half_made_cluster_is_made_again(folder: Path) -> None:
    (folder / "data.unfinished").mkdir(parents=True)
    (folder / "data.unfinished" / "PG_VERSION").write_text("18\n")
    server = EmbeddedPostgres(folder)
    try:
        assert await _query(server.start(), "SELECT lower('ПРИВЕТ')") == "привет"
    finally:
        server.stop()


async def test_a_very_long_path_gets_its_socket_elsewhere(folder: Path) -> None:
    server = EmbeddedPostgres(folder / ("x" * 120))
    try:
        assert await _query(server.start(), "SELECT 1") == 1
    finally:
        server.stop()


def test_a_broken_cluster_names_the_log(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    server.start()
    server.stop()
    (folder / "data" / "global" / "pg_control").write_bytes(b"nonsense")
    with pytest.raises(ConfigError, match=r"postgres\.log"):
        EmbeddedPostgres(folder).start()
