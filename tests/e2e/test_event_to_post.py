"""Does an event become posts on two channels: a rule made in the chat, webhook, draft, one tap, published, log; and through a `kill -9`?"""

import asyncio
import json
import secrets
import signal
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pytest

from bot.sandbox import Sandbox, SandboxServer
from core.clock import SystemClock
from core.db.embedded import EmbeddedPostgres
from core.events.signatures import nexus
from core.security.keyring import Keyring
from tests.e2e.owner import Owner, has, make_rule, text_of
from tests.e2e.processes import free_port, running, wait_until_answers
from tests.fakes.platforms.registry import FAKES

pytestmark = pytest.mark.timeout(240)

_TOKEN = "900003:event-to-post-token"
_SECRET = "whsec_bW9vbmJpcmRzLW1vb25iaXJkcw=="
# The data model's own examples of triggers, conditions and actions; the template is shipped with NEXUS.
_RULE: dict[str, Any] = {
    "name": "Rare mint",
    "trigger_type": "event",
    "trigger_config": {"event": "mint", "source": "webhook"},
    "conditions": [{"field": "rarity_score", "operator": ">=", "value": 95}],
    "actions": [
        {"type": "generate", "template": "spotlight", "platforms": ["telegram", "mastodon"], "scheduling": "now"}
    ],
}  # fmt: skip
_OTHERS: list[dict[str, Any]] = [
    {
        "name": "Monday",
        "trigger_type": "schedule",
        "trigger_config": {"cron": "0 10 * * 1", "timezone": "UTC+3"},
        "actions": _RULE["actions"],
    },
    {
        "name": "Twice the usual",
        "trigger_type": "metric",
        "trigger_config": {"metric": "engagement", "condition": "> 2x average"},
        "actions": _RULE["actions"],
    },
]


def document(fake_credentials: dict[str, Any], fake_settings: dict[str, Any]) -> dict[str, Any]:
    """Describe a product with two channels and a secret."""
    channels = [
        {"platform": "telegram", "platform_name": "@moon",
         "credentials": {"bot_token": "${SECRET_TELEGRAM}", "chat_id": "@moon"}},
        {"platform": "mastodon", "platform_name": "moon", "credentials": fake_credentials, "settings": fake_settings},
    ]  # fmt: skip
    product = {
        "name": "Moon Birds", "slug": "moon-birds", "webhook_secret": "${SECRET_HOOK}", "channels": channels,
    }  # fmt: skip
    return {"products": [product]}


async def send(http: aiohttp.ClientSession, address: str, data: dict[str, Any]) -> str:
    """Send a signed event; return its id."""
    body = json.dumps({"event": "mint", "timestamp": datetime.now(UTC).isoformat(), "data": data}).encode()
    headers = {"Content-Type": "application/json", "X-Nexus-Signature": nexus.sign(body, _SECRET)}
    async with http.post(f"{address}/api/events/moon-birds", data=body, headers=headers) as answer:
        said = await answer.json()
        assert answer.status == 202, said
        return str(said["event_id"])


async def test_an_event_becomes_posts_with_one_tap_also_when_the_process_was_killed(
    tmp_path: Path, postgres: EmbeddedPostgres, database_template: str, http: aiohttp.ClientSession
) -> None:
    name = f"event_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {database_template} STRATEGY file_copy")
    await admin.close()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    fake = FAKES["mastodon"](SystemClock())
    sandbox = Sandbox(_TOKEN)
    sandbox.add_channel("Moon", "moon").admins[_TOKEN.partition(":")[0]] = {}
    async with AsyncExitStack() as stack:
        stack.callback(sandbox.close)
        telegram = await stack.enter_async_context(SandboxServer(sandbox))
        await stack.enter_async_context(fake.serving())
        owner = await Owner.at(http, telegram.url)
        url = postgres.url(name).replace("+asyncpg", "")
        env = {
            "DATABASE_URL": url, "NEXUS_HOME": str(tmp_path / "home"), "NEXUS_PORT": str(port),
            "NEXUS_SECRET_KEYS": Keyring.new_key_text(), "PUBLIC_URL": address, "TELEGRAM_API_BASE": telegram.url,
            "TELEGRAM_BOT_TOKEN": _TOKEN, "TELEGRAM_OWNER_IDS": str(owner.id), "LOG_FORMAT": "json",
            "SECRET_TELEGRAM": _TOKEN, "SECRET_HOOK": _SECRET,
        }  # fmt: skip
        file = tmp_path / "moon.json"
        file.write_text(
            json.dumps(document(dict(fake.credentials()), dict(fake.settings()) | {"api_base": fake.url}))
        )
        async with running(["-m", "bot", "import", str(file)], log=tmp_path / "import.log", env=env) as once:
            assert await once.process.wait() == 0, once.tail()
        async with running(["-m", "bot", "run"], log=tmp_path / "first.log", env=env) as first:
            await wait_until_answers(f"{address}/readyz", first)
            await owner.send("/start")
            await owner.wait(lambda message: bool(message.get("reply_markup")), what="first screen")
            for rule in (*_OTHERS, _RULE):
                await make_rule(owner, rule)
            event_id = await send(http, address, {"token_id": 777, "rarity_score": 97})
            await first.stop(signal.SIGKILL)
        second = await stack.enter_async_context(
            running(["-m", "bot", "run"], log=tmp_path / "second.log", env=env)
        )
        await wait_until_answers(f"{address}/readyz", second)
        asked = await owner.wait(has("Одобрить"), what="draft to approve")
        assert "777" in text_of(asked)
        await send(http, address, {"token_id": 1, "rarity_score": 3})
        await owner.press(asked, "Одобрить")
        channel = (await owner.channels())["Moon"]
        posted = await owner.wait(lambda message: "777" in text_of(message), chat=channel, what="post")
        connection = await asyncpg.connect(url)
        stack.push_async_callback(connection.close)
        rows = await ended(connection)
        assert [(row["status"], row["why"]) for row in rows] == [("success", None), ("skipped", "conditions")]
        assert str(rows[0]["event_id"]) == event_id
        (reason,) = json.loads(rows[0]["conditions"])["items"]
        assert (reason["actual"], reason["expected"], reason["held"]) == (97, 95, True)
        (done,) = json.loads(rows[0]["actions_executed"])
        assert (done["action"], done["result"]) == ("generate", "success")
        await until_published(connection)
        assert [post.text for post in fake.wall] == [text_of(posted)]
        assert await connection.fetchval("SELECT count(*) FROM content") == 1
        assert "Traceback" not in second.log.read_text()


async def ended(connection: asyncpg.Connection) -> list[asyncpg.Record]:
    """Wait until both events have their run, and return the runs, the oldest first."""
    return await _wait(
        connection,
        "SELECT * FROM automation_logs WHERE status <> 'running' ORDER BY started_at",
        lambda rows: len(rows) == 2,
    )


async def until_published(connection: asyncpg.Connection) -> None:
    """Wait until the post is out on both channels."""
    query = "SELECT status FROM publications WHERE status = 'published'"
    await _wait(connection, query, lambda rows: len(rows) == 2)


async def _wait(connection: asyncpg.Connection, query: str, enough: Any) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = []
    for _ in range(240):
        rows = await connection.fetch(query)
        if enough(rows):
            return rows
        await asyncio.sleep(0.25)
    raise AssertionError(f"{query}: {rows}")
