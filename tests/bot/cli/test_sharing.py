"""Can commands share the embedded database with a running NEXUS, and does the last one stop it?"""

import asyncio
import os
import signal
from pathlib import Path

import aiohttp

from bot.cli.database import SharedPostgres
from core.db.reaching import check_reachable
from core.db.session import create_engine
from tests.bot.cli.command import nexus
from tests.bot.cli.servers import postgres_of
from tests.e2e.processes import free_port, running, wait_until_answers


async def test_a_command_beside_a_running_process_leaves_its_database_alone(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with running(
        ["-m", "bot", "receiver"],
        log=tmp_path / "receiver.log",
        env={"NEXUS_PORT": str(port)},
        folder=tmp_path,
    ) as receiver:
        await wait_until_answers(f"{url}/readyz", receiver)
        for arguments in (("export",), ("migrate", "up"), ("doctor", "--json")):
            ended = await asyncio.to_thread(nexus, *arguments, folder=tmp_path)
            assert "Traceback" not in ended.err, ended
        async with aiohttp.ClientSession() as http, http.get(f"{url}/readyz") as answer:
            assert answer.status == 200
        assert len(postgres_of(tmp_path)) == 1
        assert await receiver.stop(signal.SIGTERM) == 0, receiver.tail()
    assert postgres_of(tmp_path) == []


async def test_two_users_and_the_last_one_stops_it(tmp_path: Path) -> None:
    first, second = SharedPostgres(tmp_path), SharedPostgres(tmp_path)
    with first.used():
        with second.used():
            assert first.url == second.url
        engine = create_engine(first.url)
        assert await check_reachable(engine) >= 15
        await engine.dispose()
    assert postgres_of(tmp_path) == []


async def test_a_server_left_by_a_killed_process_is_adopted_and_stopped(tmp_path: Path) -> None:
    port = free_port()
    async with running(
        ["-m", "bot", "receiver"],
        log=tmp_path / "receiver.log",
        env={"NEXUS_PORT": str(port)},
        folder=tmp_path,
    ) as receiver:
        await wait_until_answers(f"http://127.0.0.1:{port}/readyz", receiver)
        os.kill(receiver.process.pid, signal.SIGKILL)
        await receiver.process.wait()
    left = postgres_of(tmp_path)
    assert left
    exported = await asyncio.to_thread(nexus, "export", folder=tmp_path)
    assert exported.code == 0, exported
    assert postgres_of(tmp_path) == []
