"""Where do the pictures happen? A NEXUS of their own with a model server, seeded or empty, gone when they are taken."""

import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from zoneinfo import ZoneInfo

from core.security.keyring import Keyring
from scripts.gallery import stage
from scripts.gallery.model import Writing
from tests.e2e.processes import free_port, running, wait_until_answers
from tests.fakes.anthropic import FakeAnthropic

_PATIENCE = 180.0  # seconds until all processes answer
_KEY = "gallery-key"
_TOKEN = "900001:gallery-control"  # noqa: S105 - of a Telegram that lives a few minutes


OPENING = datetime(2026, 11, 26, 7, 0, tzinfo=ZoneInfo("Europe/Moscow"))  # a Thursday


class Start(Enum):
    """What the world begins with."""

    DEMO = auto()  # the demo's product, channel and history
    EMPTY = auto()  # nothing but a bot and its owner


@dataclass(frozen=True, slots=True)
class World:
    """The address of its chat page, its model, and the file with its clock."""

    url: str
    model: FakeAnthropic
    clock: Path


@asynccontextmanager
async def world(start: Start) -> AsyncGenerator[World]:
    """Run NEXUS and a local Telegram, on the morning of ``OPENING``."""
    with tempfile.TemporaryDirectory(prefix="nexus-gallery-") as folder:
        clock = Path(folder) / "clock"
        stage.move(clock, OPENING.timestamp())
        async with FakeAnthropic(key=_KEY, answering=Writing()) as model:
            opened = _demo if start is Start.DEMO else _empty
            env = {"ANTHROPIC_API_KEY": _KEY, "ANTHROPIC_BASE_URL": model.url, "NEXUS_HOME": folder}
            async with opened(Path(folder), env) as url:
                yield World(url, model, clock)


def _by(folder: Path) -> list[str]:
    """How a process that goes by the clock in ``folder`` is started."""
    return ["-m", "scripts.gallery.stage", str(folder / "clock")]


@asynccontextmanager
async def _demo(folder: Path, env: dict[str, str]) -> AsyncGenerator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with running(
        [*_by(folder), "bot", "demo"], log=folder / "demo.log", env=env | {"NEXUS_PORT": str(port)}
    ) as nexus:
        await wait_until_answers(f"{url}/sandbox/api/state", nexus, _PATIENCE)
        yield url


@asynccontextmanager
async def _empty(folder: Path, env: dict[str, str]) -> AsyncGenerator[str]:
    telegram_port, port = free_port(), free_port()
    url = f"http://127.0.0.1:{telegram_port}"
    telegram = [
        *_by(folder),
        "bot.sandbox",
        "--token",
        _TOKEN,
        "--port",
        str(telegram_port),
        "--owner",
        "1000001",
    ]
    async with running(telegram, log=folder / "telegram.log") as sandbox:
        await wait_until_answers(f"{url}/sandbox/api/state", sandbox, _PATIENCE)
        more = {
            "NEXUS_PORT": str(port),
            "TELEGRAM_BOT_TOKEN": _TOKEN,
            "TELEGRAM_OWNER_IDS": "1000001",
            "TELEGRAM_API_BASE": url,
            "NEXUS_SECRET_KEYS": Keyring.new_key_text(),  # else the first message tells a path of this machine
        }
        async with running([*_by(folder), "bot", "run"], log=folder / "nexus.log", env=env | more) as nexus:
            await wait_until_answers(f"http://127.0.0.1:{port}/readyz", nexus, _PATIENCE)
            yield url
