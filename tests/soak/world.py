"""What does a soak stand on? Servers of its own and NEXUS as six real processes, each with a log of its own."""

import json
import os
import subprocess
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg

from bot.sandbox import Sandbox, SandboxServer
from core.clock import SystemClock
from core.db.embedded import EmbeddedPostgres
from core.security.keyring import Keyring
from tests.core.events.signing import SECRET
from tests.e2e.owner import Owner
from tests.e2e.processes import Running, free_port, running, wait_until_answers
from tests.fakes.anthropic import FakeAnthropic
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform
from tests.workers.redis_server import RedisServer

PARTS = ("receiver", "bot", "worker", "worker", "scheduler", "scheduler")
SLUG, CHANNEL = "moonbird", "moonbird_news"
PLATFORMS = ("mastodon", "webhook")
_TOKEN = "900004:soak-control-token"
_KEY = "soak-model-key"
_HOME_MB = 32


@dataclass(frozen=True, slots=True)
class World:
    """Everything around NEXUS that can fail, NEXUS itself, and who uses it."""

    postgres: EmbeddedPostgres
    redis: RedisServer
    sandbox: Sandbox
    claude: FakeAnthropic
    fakes: dict[str, FakePlatform]
    home: Path
    small_disk: bool
    parts: dict[str, Running]
    owner: Owner
    http: aiohttp.ClientSession
    events_url: str
    database_url: str


@asynccontextmanager
async def standing(folder: Path) -> AsyncGenerator[World]:
    """Start everything; it is stopped on leaving."""
    folder.chmod(0o755)  # noqa: ASYNC240 - takes no time
    home = folder / "home"
    home.mkdir(mode=0o700)
    postgres, redis = EmbeddedPostgres(folder / "pg"), RedisServer(folder)
    sandbox, claude = Sandbox(_TOKEN), FakeAnthropic(key=_KEY)
    sandbox.add_channel("Moonbird", CHANNEL).admins[_TOKEN.partition(":")[0]] = {}
    fakes = {slug: FAKES[slug](SystemClock()) for slug in PLATFORMS}
    async with AsyncExitStack() as stack:
        small_disk = _mount(home)
        if small_disk:
            stack.callback(subprocess.run, ["umount", "-l", str(home)], check=False)
        stack.callback(postgres.stop)
        postgres.start()
        stack.callback(redis.stop)
        redis.start()
        stack.callback(sandbox.close)
        telegram = await stack.enter_async_context(SandboxServer(sandbox))
        await stack.enter_async_context(claude)
        for fake in fakes.values():
            await stack.enter_async_context(fake.serving())
        http = await stack.enter_async_context(aiohttp.ClientSession())
        owner = await Owner.at(http, telegram.url)
        database = await _database(postgres)
        port = free_port()
        env = {
            "DATABASE_URL": database, "REDIS_URL": redis.url, "NEXUS_HOME": str(home), "NEXUS_PORT": str(port),
            "NEXUS_SECRET_KEYS": Keyring.new_key_text(), "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TELEGRAM_API_BASE": telegram.url, "TELEGRAM_BOT_TOKEN": _TOKEN, "TELEGRAM_OWNER_IDS": str(owner.id),
            "ANTHROPIC_API_KEY": _KEY, "ANTHROPIC_BASE_URL": claude.url, "LOG_FORMAT": "json",
            "SOAK_TELEGRAM": _TOKEN, "SOAK_HOOK": SECRET,
        }  # fmt: skip
        file = folder / "soak.json"
        file.write_text(json.dumps(_document(fakes)))
        for command in (["migrate", "up"], ["import", str(file)]):
            async with running(["-m", "bot", *command], log=folder / "import.log", env=env) as once:
                assert await once.process.wait() == 0, once.tail()
        parts: dict[str, Running] = {}
        for number, part in enumerate(PARTS):
            name = f"{part} {PARTS[:number].count(part) + 1}"
            log = folder / f"{name.replace(' ', '-')}.log"
            parts[name] = await stack.enter_async_context(running(["-m", "bot", part], log=log, env=env))
        await wait_until_answers(f"http://127.0.0.1:{port}/readyz", parts["receiver 1"])
        events_url = f"http://127.0.0.1:{port}/api/events/{SLUG}"
        yield World(
            postgres,
            redis,
            sandbox,
            claude,
            fakes,
            home,
            small_disk,
            parts,
            owner,
            http,
            events_url,
            database,
        )


def _mount(home: Path) -> bool:
    """Give NEXUS a small disk of its own where that is allowed."""
    if os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={_HOME_MB}m,mode=0700", "tmpfs", str(home)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


async def _database(postgres: EmbeddedPostgres) -> str:
    admin = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    await admin.execute("CREATE DATABASE soak")
    await admin.close()
    return postgres.url("soak").replace("+asyncpg", "")


def _document(fakes: dict[str, FakePlatform]) -> dict[str, Any]:
    """Describe the product; the owner is not told of each post, or the chat would be the narrowest place."""
    channels: list[dict[str, Any]] = [
        {"platform": "telegram", "platform_name": f"@{CHANNEL}",
         "credentials": {"bot_token": "${SOAK_TELEGRAM}", "chat_id": f"@{CHANNEL}"}},
    ]  # fmt: skip
    for slug, fake in fakes.items():
        channels.append(
            {"platform": slug, "platform_name": slug, "credentials": dict(fake.credentials()),
             "settings": dict(fake.settings()) | {"api_base": fake.url}}
        )  # fmt: skip
    product = {"name": "Moonbird", "slug": SLUG, "webhook_secret": "${SOAK_HOOK}", "channels": channels}
    return {
        "products": [product],
        "settings": {
            "general": {"language": "ru", "notifications": {"off": ["published"]}},
            "events": {"per_minute": 1_000_000},
        },
    }
