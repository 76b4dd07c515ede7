"""Does a running NEXUS bring its own PostgreSQL back when it dies, and does the work go on?"""

import asyncio
import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import assembly
from bot.cli.database import bring_up_to_date
from bot.cli.opening import Place, opened
from bot.cli.parts import Part, run_parts
from core.config import Settings
from core.runtime import open_runtime
from tests.bot.cli.servers import postgres_of
from tests.e2e.processes import free_port, running, wait_until_answers
from tests.fakes.platforms.scripted import Scripted
from tests.workers.planning import add_channel, add_posts
from tests.workers.recording import until
from workers.inline import InProcessQueue

TEXTS = ["before", "after one", "after two"]


def kill_postgres(folder: Path) -> int:
    """Kill the one server below ``folder``; return its process id."""
    (pid,) = postgres_of(folder)
    os.kill(pid, signal.SIGKILL)
    return pid


async def test_posts_go_out_after_the_database_died(tmp_path: Path) -> None:
    with opened(Settings(_env_file=None, nexus_home=tmp_path)) as place:
        scripted = Scripted()
        await _live(place, scripted, tmp_path)
    assert sorted(scripted.texts) == sorted(TEXTS)  # each once, the one before the crash too
    assert postgres_of(tmp_path) == []


async def _live(place: Place, scripted: Scripted, folder: Path) -> None:
    await bring_up_to_date(place.database_url)
    async with open_runtime(
        place.settings,
        database_url=place.database_url,
        keyring=place.keyring,
        queue=InProcessQueue(),
        platforms={scripted.slug: scripted.platform()},
    ) as runtime:
        now = datetime.now(UTC)
        async with runtime.unit_of_work() as session:
            channel = await add_channel(session, place.keyring, scripted.slug, {"token": "t"})
            await add_posts(session, channel, TEXTS[:1], now)
            await add_posts(session, channel, TEXTS[1:], now + timedelta(seconds=4))

        async def disaster(stop: asyncio.Event) -> None:
            await until(lambda: len(scripted.wall) == 1)
            kill_postgres(folder)
            await until(lambda: len(scripted.wall) == len(TEXTS), 40)
            done.set()
            await stop.wait()

        done = asyncio.Event()
        async with asyncio.timeout(60):
            await run_parts(
                [
                    *assembly.database_parts(place),
                    assembly.scheduler_part(runtime),
                    assembly.worker_part(runtime),
                    Part("disaster", disaster),
                ],
                stop=done,
            )


@pytest.mark.timeout(90)
async def test_a_command_brings_its_database_back(tmp_path: Path) -> None:
    port = free_port()
    ready = f"http://127.0.0.1:{port}/readyz"
    async with running(
        ["-m", "bot", "receiver"],
        log=tmp_path / "receiver.log",
        env={"NEXUS_PORT": str(port)},
        folder=tmp_path,
    ) as receiver:
        await wait_until_answers(ready, receiver)
        killed = kill_postgres(tmp_path)
        await until(lambda: postgres_of(tmp_path) not in ([], [killed]), 30)
        await wait_until_answers(ready, receiver)
        assert "Traceback" not in receiver.tail()
        assert await receiver.stop() == 0, receiver.tail()
    assert postgres_of(tmp_path) == []


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        nexus_home=tmp_path,
        database_url=SecretStr("postgresql://nowhere:1/x"),
        nexus_secret_keys=SecretStr("1:" + "a" * 43 + "="),
    )
    with opened(settings) as place:
        assert assembly.database_parts(place) == []
