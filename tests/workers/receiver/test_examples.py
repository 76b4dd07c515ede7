"""Do the examples of docs/webhooks.md work as they stand? Each is run against the real receiver."""

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import select

from core.clock import SystemClock
from core.config import Settings
from core.events.models import Event
from core.jobs.queue import DroppingQueue
from core.products.models import Product
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from tests.bot.cli.command import nexus
from tests.conftest import TEST_KEYS
from tests.core.events.signing import SECRET
from tests.e2e.processes import ROOT, free_port
from workers.receiver import attach

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_RUN = {"sh": ["sh", "-eu"], "python": [sys.executable, "-W", "error"], "js": ["node"]}
_NAMED = {"sh": "curl", "python": "Python", "js": "Node"}


@pytest.fixture
async def runtime(settings: Settings, database_url: str, keyring: Keyring) -> AsyncGenerator[Runtime]:
    """A runtime that knows the real time, as the senders do."""
    settings = settings.model_copy(update={"nexus_port": free_port()})
    async with open_runtime(
        settings, database_url=database_url, keyring=keyring, queue=DroppingQueue(), clock=SystemClock()
    ) as opened:
        yield opened


@pytest.fixture
async def address(runtime: Runtime) -> AsyncGenerator[str]:
    """A receiver where the settings say."""
    app = web.Application()
    attach(app, runtime)
    runner = web.AppRunner(app, access_log=None, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", runtime.settings.nexus_port).start()
    yield f"http://127.0.0.1:{runtime.settings.nexus_port}"
    await runner.cleanup()


def blocks() -> dict[str, str]:
    return dict(_BLOCK.findall((ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")))


async def events(runtime: Runtime) -> list[Event]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Event).order_by(Event.received_at)))


def test_there_is_an_example_for_every_language() -> None:
    assert set(blocks()) >= {"sh", "python", "js", "php", "go"}


@pytest.mark.parametrize("language", _RUN)
async def test_the_example_is_accepted(
    runtime: Runtime, address: str, product: Product, tmp_path: Path, language: str
) -> None:
    needed = {"sh": ("sh", "curl", "openssl"), "js": ("node",)}.get(language, ())
    missing = [program for program in needed if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    example = tmp_path / f"example.{language}"
    example.write_text(blocks()[language], encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *_RUN[language],
        str(example),
        env={
            "PATH": os.environ["PATH"],
            "NEXUS_URL": f"{address}/api/events/moonbird",
            "NEXUS_SECRET": SECRET,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 30)
    (event,) = await events(runtime)
    assert process.returncode == 0, err
    assert json.loads(out) == {"received": True, "event_id": str(event.id)}
    assert event.event_type == "sale.big"
    assert event.payload["data"] == {"price": 1200, "sender": _NAMED[language]}


async def test_the_command_sends_as_the_product_would(
    runtime: Runtime, address: str, product: Product, database_url: str, tmp_path: Path
) -> None:
    env = {
        "DATABASE_URL": database_url,
        "NEXUS_SECRET_KEYS": TEST_KEYS,
        "NEXUS_PORT": str(runtime.settings.nexus_port),
    }
    sent = await asyncio.to_thread(
        nexus, "send-event", "moonbird", "sale.big", "--data", '{"имя": "Ёж"}', folder=tmp_path, env=env
    )
    (event,) = await events(runtime)
    assert (sent.code, sent.out.strip()) == (0, str(event.id)), sent.err
    assert (event.event_type, event.payload["data"]) == ("sale.big", {"имя": "Ёж"})
    for arguments, said in (
        (("nobody", "x"), "there are: moonbird"),
        (("moonbird", "x" * 101), "1 to 100"),
        (("moonbird", "x", "--data", "[]"), "JSON object"),
        (("moonbird", "x", "--to", "http://127.0.0.1:1"), "does not answer"),
    ):
        failed = await asyncio.to_thread(nexus, "send-event", *arguments, folder=tmp_path, env=env)
        assert failed.code == 2
        assert said in failed.err
