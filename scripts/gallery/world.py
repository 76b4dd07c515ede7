"""Where do the pictures happen? A NEXUS of their own with a model server, seeded or empty, gone when they are taken."""

import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from enum import Enum, auto
from pathlib import Path

from scripts.gallery.model import Writing
from tests.e2e.processes import free_port, running, wait_until_answers
from tests.fakes.anthropic import FakeAnthropic

_KEY = "gallery-key"
_TOKEN = "900001:gallery-control"  # noqa: S105 - of a Telegram that lives a few minutes


class Start(Enum):
    """What the world begins with."""

    DEMO = auto()  # the demo's product, channel and history
    EMPTY = auto()  # nothing but a bot and its owner


@asynccontextmanager
async def world(start: Start) -> AsyncGenerator[tuple[str, FakeAnthropic]]:
    """Run NEXUS and a local Telegram; gives the address of the chat page and the model."""
    with tempfile.TemporaryDirectory(prefix="nexus-gallery-") as folder:
        async with FakeAnthropic(key=_KEY, answering=Writing()) as model:
            opened = _demo if start is Start.DEMO else _empty
            env = {"ANTHROPIC_API_KEY": _KEY, "ANTHROPIC_BASE_URL": model.url, "NEXUS_HOME": folder}
            async with opened(Path(folder), env) as url:
                yield url, model


@asynccontextmanager
async def _demo(folder: Path, env: dict[str, str]) -> AsyncGenerator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with running(
        ["-m", "bot", "demo"], log=folder / "demo.log", env=env | {"NEXUS_PORT": str(port)}
    ) as nexus:
        await wait_until_answers(f"{url}/sandbox/api/state", nexus)
        yield url


@asynccontextmanager
async def _empty(folder: Path, env: dict[str, str]) -> AsyncGenerator[str]:
    telegram_port, port = free_port(), free_port()
    url = f"http://127.0.0.1:{telegram_port}"
    telegram = ["-m", "bot.sandbox", "--token", _TOKEN, "--port", str(telegram_port), "--owner", "1000001"]
    async with running(telegram, log=folder / "telegram.log") as sandbox:
        await wait_until_answers(f"{url}/sandbox/api/state", sandbox)
        more = {
            "NEXUS_PORT": str(port),
            "TELEGRAM_BOT_TOKEN": _TOKEN,
            "TELEGRAM_OWNER_IDS": "1000001",
            "TELEGRAM_API_BASE": url,
        }
        async with running(["-m", "bot", "run"], log=folder / "nexus.log", env=env | more) as nexus:
            await wait_until_answers(f"http://127.0.0.1:{port}/readyz", nexus)
            yield url
