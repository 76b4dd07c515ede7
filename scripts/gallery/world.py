"""Where do the pictures happen? A NEXUS of their own with a model server, seeded or empty, gone when they are taken."""

import tempfile
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from zoneinfo import ZoneInfo

from core.security.keyring import Keyring
from scripts.gallery import stage
from scripts.gallery.model import Writing
from tests.e2e.processes import free_port, running, wait_until_answers
from tests.fakes.anthropic import FakeAnthropic
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform

_PATIENCE = 180.0  # seconds until all processes answer
_KEY = "gallery-key"
_TOKEN = "900001:gallery-control"  # noqa: S105 - of a Telegram that lives a few minutes


OPENING = datetime(2026, 11, 26, 7, 0, tzinfo=ZoneInfo("Europe/Moscow"))  # a Thursday


class Start(Enum):
    """What the world begins with."""

    DEMO = auto()  # the demo's product, channel and history
    EMPTY = auto()  # nothing but a bot and its owner
    EVERYWHERE = auto()  # the demo, and strict servers in place of the other platforms


@dataclass(frozen=True, slots=True)
class World:
    """The address of its chat page, its model, and the file with its clock."""

    url: str
    model: FakeAnthropic
    clock: Path
    platforms: Mapping[str, FakePlatform] = field(default_factory=dict)


# Where the strict servers listen: the chat names some of their addresses, and pictures are to stay the same.
_PORTS = {"ru": 24110, "en": 24210}


@asynccontextmanager
async def world(start: Start, language: str) -> AsyncGenerator[World]:
    """Run NEXUS and a local Telegram, on the morning of ``OPENING``. Each ``language`` has servers of its own."""
    with tempfile.TemporaryDirectory(prefix="nexus-gallery-") as folder:
        clock = Path(folder) / "clock"
        stage.move(clock, OPENING.timestamp())
        async with FakeAnthropic(key=_KEY, answering=Writing()) as model, AsyncExitStack() as stack:
            opened = _empty if start is Start.EMPTY else _demo
            env = {"ANTHROPIC_API_KEY": _KEY, "ANTHROPIC_BASE_URL": model.url, "NEXUS_HOME": folder}
            platforms: dict[str, FakePlatform] = {}
            if start is Start.EVERYWHERE:
                for port, slug in enumerate(sorted(FAKES), _PORTS[language]):
                    served = FAKES[slug](stage.StageClock(clock)).serving(port)
                    platforms[slug] = await stack.enter_async_context(served)
                env |= _leading_to(platforms)
            async with opened(Path(folder), env) as url:
                yield World(url, model, clock, platforms)


def _leading_to(platforms: Mapping[str, FakePlatform]) -> dict[str, str]:
    """The settings by which NEXUS finds the strict servers, and has an application at X."""
    page = platforms["twitter"].page
    return {
        "PLATFORM_BASES": ",".join(f"{slug}={fake.url}" for slug, fake in platforms.items()),
        "PUBLIC_URL": "https://nexus.example",
        "X_CLIENT_ID": page.client_id,
        "X_CLIENT_SECRET": page.secret,
        stage.DIRECTORY: f"{platforms['bluesky'].url}/directory",
    }


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
