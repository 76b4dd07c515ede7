"""Does one product post everywhere? Rows by hand, sent by `nexus worker` and `nexus scheduler` over Redis."""

import asyncio
import io
import json
import secrets
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from PIL import Image

from bot.sandbox import Sandbox, SandboxServer
from core.clock import SystemClock
from core.db.embedded import EmbeddedPostgres
from core.media.store import MediaStore
from core.security.keyring import Keyring
from tests.e2e.processes import free_port, running, wait_until_answers
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform
from tests.workers.redis_server import RedisServer

pytestmark = pytest.mark.timeout(240)

_TOKEN = "900002:every-platform-token"
_TEXT = "Новость недели: всё вышло вовремя, подробности https://example.org/a"
_SECONDS = 90


def import_file(folder: Path, fakes: dict[str, FakePlatform], env: dict[str, str]) -> Path:
    """Describe one product with a channel everywhere; the secrets come from the environment."""
    channels: list[dict[str, Any]] = [
        {
            "platform": "telegram", "platform_name": "@acme",
            "credentials": {"bot_token": "${SECRET_TELEGRAM}", "chat_id": "@acme"},
        }
    ]  # fmt: skip
    env["SECRET_TELEGRAM"] = _TOKEN
    for slug, fake in fakes.items():
        credentials: dict[str, Any] = {}
        for name, value in fake.credentials().items():
            if isinstance(value, str):
                variable = f"SECRET_{slug}_{name}".upper()
                env[variable] = value
                credentials[name] = f"${{{variable}}}"
            else:
                credentials[name] = value
        settings = dict(fake.settings()) | {"api_base": fake.url}
        channels.append(
            {"platform": slug, "platform_name": slug, "credentials": credentials, "settings": settings}
        )
    product = {"name": "Acme", "slug": "acme", "channels": channels}
    file = folder / "acme.json"
    file.write_text(json.dumps({"products": [product]}))
    return file


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (800, 600), (200, 120, 40)).save(buffer, "PNG")
    return buffer.getvalue()


async def test_rows_by_hand_go_out_everywhere(
    tmp_path: Path, postgres: EmbeddedPostgres, database_template: str
) -> None:
    name = f"every_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {database_template} STRATEGY file_copy")
    await admin.close()
    redis = RedisServer(tmp_path)
    redis.start()
    port, home = free_port(), tmp_path / "home"
    clock = SystemClock()
    fakes = {slug: fake(clock) for slug, fake in FAKES.items()}
    sandbox = Sandbox(_TOKEN)
    sandbox.add_channel("Acme", "acme").admins[_TOKEN.partition(":")[0]] = {}
    async with AsyncExitStack() as stack:
        stack.callback(redis.stop)
        stack.callback(sandbox.close)
        telegram = await stack.enter_async_context(SandboxServer(sandbox))
        for fake in fakes.values():
            await stack.enter_async_context(fake.serving())
        url = postgres.url(name).replace("+asyncpg", "")
        env = {
            "DATABASE_URL": url, "REDIS_URL": redis.url, "NEXUS_HOME": str(home), "NEXUS_PORT": str(port),
            "NEXUS_SECRET_KEYS": Keyring.new_key_text(), "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TELEGRAM_API_BASE": telegram.url, "LOG_FORMAT": "json",
        }  # fmt: skip
        file = import_file(tmp_path, fakes, env)
        async with running(["-m", "bot", "import", str(file)], log=tmp_path / "import.log", env=env) as once:
            assert await once.process.wait() == 0, once.tail()
        connection = await asyncpg.connect(url)
        stack.push_async_callback(connection.close)
        media = await MediaStore(home / "media").save(picture(), "png")
        await plan(connection, media)
        parts = [
            await stack.enter_async_context(
                running(["-m", "bot", part], log=tmp_path / f"{part}.log", env=env)
            )
            for part in ("receiver", "worker", "scheduler")
        ]
        await wait_until_answers(f"http://127.0.0.1:{port}/readyz", parts[0])
        statuses = await settled(connection)
        logs = "\n".join(part.log.read_text() for part in parts)
        assert set(statuses.values()) == {"published"}, f"{statuses}\n{parts[1].tail()}"
        assert len(statuses) == 2 * (len(FAKES) + 1)
        # Instagram fetched its pictures from the receiver itself; everything stands once, with its picture.
        for slug, fake in fakes.items():
            assert Counter(len(post.media) for post in fake.wall) == Counter([1, 1]), slug
            assert all(post.text.startswith("Новость недели") for post in fake.wall), slug
        assert len(sandbox.messages("@acme")) == 2
        assert "Traceback" not in logs
        for variable, value in env.items():
            if variable.startswith("SECRET_") and len(value) >= 12 and "://" not in value:
                assert value not in logs, f"{variable} is in a log"


async def plan(connection: asyncpg.Connection, media: str) -> None:
    """Write two contents and a due publication of each for every channel, as an owner with SQL would."""
    for number in (1, 2):
        content = await connection.fetchval(
            "INSERT INTO content (product_id, original_text, media, status) "
            "SELECT id, $1, $2::jsonb, 'ready' FROM products RETURNING id",
            f"{_TEXT} №{number}",
            json.dumps([{"type": "image", "url": media, "alt": "Закат"}]),
        )
        await connection.execute(
            "INSERT INTO publications (content_id, channel_id, scheduled_at) SELECT $1, id, now() FROM channels",
            content,
        )


async def settled(connection: asyncpg.Connection) -> dict[str, str]:
    """Wait until nothing is under way, and return the status of each publication."""
    rows: list[asyncpg.Record] = []
    for _ in range(_SECONDS * 4):
        rows = await connection.fetch(
            "SELECT c.platform || ' ' || left(p.content_id::text, 8) AS name, p.status, p.error_message "
            "FROM publications p JOIN channels c ON c.id = p.channel_id"
        )
        if all(row["status"] not in {"scheduled", "publishing"} for row in rows):
            break
        await asyncio.sleep(0.25)
    return {row["name"]: row["status"] for row in rows}
