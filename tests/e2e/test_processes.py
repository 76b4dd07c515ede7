"""Does NEXUS as many processes go on when any one of them is killed: bot, workers, schedulers, receiver, Telegram itself?"""

import asyncio
import json
import secrets
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pytest

from core.db.embedded import EmbeddedPostgres
from core.events.signatures import nexus as signature
from core.security.keyring import Keyring
from tests.e2e.composed import Container, composed
from tests.e2e.owner import Message, Owner, has, make_rule, text_of
from tests.e2e.processes import ROOT, Running, free_port, running, wait_until_answers
from tests.workers.redis_server import RedisServer

pytestmark = pytest.mark.timeout(420)

_TOKEN = "900007:processes-control-token"
_OWNER = 4343
_HOOK = "whsec_bW9vbmJpcmRzLW1vb25iaXJkcw=="
_SERVICES = {"migrate": 1, "receiver": 1, "bot": 1, "worker": 2, "scheduler": 2}
_VICTIMS = ("bot", "worker-1", "worker-2", "scheduler-1", "scheduler-2", "receiver", "telegram")
_RULE = {
    "name": "Rare mint",
    "trigger_type": "event",
    "trigger_config": {"event": "mint", "source": "webhook"},
    "actions": [
        {"type": "generate", "template": "spotlight", "platforms": ["telegram"], "scheduling": "now"}
    ],
}  # fmt: skip
_DOCUMENT: dict[str, Any] = {
    "products": [
        {
            "name": "Moon Birds", "slug": "moon-birds", "webhook_secret": "${SECRET_HOOK}",
            "channels": [
                {"platform": "telegram", "platform_name": "@moon",
                 "credentials": {"bot_token": "${SECRET_TELEGRAM}", "chat_id": "@moon"}},
            ],
        }
    ],
    # Its posts may stand close together, and go off at once.
    "settings": {
        "general": {"timezone": "Europe/Moscow", "language": "ru"},
        "publishing": {"min_gap_hours": 0, "undo_seconds": 0},
    },
}  # fmt: skip
_UNDER_WAY = """
SELECT (SELECT count(*) FROM publications WHERE status IN ('scheduled', 'publishing'))
     + (SELECT count(*) FROM automation_logs WHERE status = 'running')
"""
_PATIENCE = 150.0  # longer than the lease of a worker that died with work in hand


class Telegram:
    """The sandbox in a process of its own; what it knows is in a folder, and its address stays."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.process: Running

    async def start(self, stack: AsyncExitStack) -> None:
        """Start it, and wait until it answers."""
        arguments = ["--token", _TOKEN, "--port", str(self._port), "--owner", str(_OWNER)]
        self.process = await stack.enter_async_context(
            running(
                ["-m", "bot.sandbox", *arguments, "--folder", str(self._folder)],
                log=self._folder.with_suffix(".log"),
            )
        )
        await wait_until_answers(f"{self.url}/sandbox/api/state", self.process)


@dataclass
class Everything:
    """All that runs, and the people around it."""

    stack: AsyncExitStack
    telegram: Telegram
    containers: dict[str, Container]
    http: aiohttp.ClientSession
    owner: Owner
    channel: int
    address: str
    database: asyncpg.Connection

    async def kill(self, victim: str) -> None:
        """End one process as a power cut would."""
        if victim == "telegram":
            self.telegram.process.process.kill()
            await self.telegram.process.process.wait()
        else:
            await self.containers[victim].kill()

    async def restart(self, victim: str) -> None:
        """Start it again, and wait until it is well."""
        if victim == "telegram":
            await self.telegram.start(self.stack)
        else:
            await self.containers[victim].start(self.stack)
            await self.containers[victim].healthy()

    async def happens(self, mark: str) -> None:
        """Let the product tell of something."""
        body = json.dumps(
            {"event": "mint", "timestamp": datetime.now(UTC).isoformat(), "data": {"token_id": mark}}
        ).encode()
        headers = {"Content-Type": "application/json", "X-Nexus-Signature": signature.sign(body, _HOOK)}
        async with self.http.post(
            f"{self.address}/api/events/moon-birds", data=body, headers=headers
        ) as answer:
            assert answer.status == 202, await answer.text()

    async def approved(self, mark: str) -> Message:
        """Wait for the card that speaks of ``mark``, and approve it."""
        card = await self._card(mark, "Одобрить")
        await self.owner.press(card, "Одобрить")
        return card

    async def publish_now(self, mark: str) -> None:
        """Approve the draft of an idea, and send it off."""
        await self.approved(mark)
        await self.owner.press(await self._card(mark, "Сейчас"), "Сейчас")

    async def plan(self, mark: str, seconds: int) -> None:
        """Have an idea published a little later."""
        await self.owner.send(mark)
        await self.approved(mark)
        await self.owner.press(await self._card(mark, "Запланировать"), "Запланировать")
        asked = await self.owner.wait(has("Ввести время"), what="choice of a time")
        await self.owner.press(asked, "Ввести время")
        await self.owner.wait(
            lambda message: (
                message["message_id"] >= asked["message_id"] and "Напишите, когда" in text_of(message)
            ),
            what="question",
        )
        await self.owner.send(f"через {seconds} секунд")
        sure = await self.owner.wait(
            lambda message: message["message_id"] > asked["message_id"] and has("✅ ")(message),
            what="confirmation",
        )
        await self.owner.press(sure, "✅ ")
        await self._planned()

    async def _planned(self) -> None:
        """Wait until a post stands in the queue."""
        for _ in range(100):
            if await self.database.fetchval("SELECT count(*) FROM publications WHERE status = 'scheduled'"):
                return
            await asyncio.sleep(0.1)
        raise AssertionError("nothing was planned")

    async def out(self, *marks: str) -> None:
        """Wait until all of these are in the channel."""
        for mark in marks:
            await self.owner.wait(
                lambda message, mark=mark: mark in text_of(message),  # type: ignore[misc]
                chat=self.channel, seconds=_PATIENCE, what=f"post {mark}",
            )  # fmt: skip

    async def settled(self) -> None:
        """Wait until the workers have written down what became of their work: a post is in the channel a moment before."""
        for _ in range(300):
            if not await self.database.fetchval(_UNDER_WAY):
                return
            await asyncio.sleep(0.1)
        raise AssertionError("something is under way for ever")

    async def _card(self, mark: str, label: str) -> Message:
        return await self.owner.wait(
            lambda message: mark in text_of(message) and has(label)(message),
            seconds=_PATIENCE, what=f"{mark} with {label}",
        )  # fmt: skip


@pytest.fixture(params=["polling", "webhook"])
async def everything(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: EmbeddedPostgres, http: aiohttp.ClientSession
) -> AsyncGenerator[Everything]:
    """Every process as Compose would start it, over a PostgreSQL and a Redis of their own."""
    async with AsyncExitStack() as stack:
        database_url = await _empty_database(postgres)
        redis = RedisServer(tmp_path)
        redis.start()
        stack.callback(redis.stop)
        telegram = Telegram(tmp_path / "telegram")
        await telegram.start(stack)
        owner = await Owner.at(http, telegram.url)
        await owner.make_channel("Moon", "moon")
        port = free_port()
        env = {
            "NEXUS_SECRET_KEYS": Keyring.new_key_text(), "POSTGRES_PASSWORD": "of-no-use-here",
            "PUBLIC_URL": f"http://127.0.0.1:{port}", "TELEGRAM_API_BASE": telegram.url,
            "TELEGRAM_BOT_TOKEN": _TOKEN, "TELEGRAM_OWNER_IDS": str(_OWNER),
            "TELEGRAM_MODE": request.param, "TELEGRAM_WEBHOOK_SECRET": "the-secret-of-the-webhook",
        }  # fmt: skip
        elsewhere = {
            "DATABASE_URL": database_url, "REDIS_URL": redis.url, "METRICS_HOST": "127.0.0.1",
            "NEXUS_HOME": str(tmp_path / "home"), "NEXUS_PORT": str(port),
        }  # fmt: skip
        containers = composed(_SERVICES, env=env, elsewhere=elsewhere, logs=tmp_path / "logs")
        await _first_start(stack, containers, tmp_path)
        database = await asyncpg.connect(database_url)
        stack.push_async_callback(database.close)
        channel = (await owner.channels())["Moon"]
        yield Everything(
            stack, telegram, containers, http, owner, channel, f"http://127.0.0.1:{port}", database
        )


async def _empty_database(postgres: EmbeddedPostgres) -> str:
    name = f"processes_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    await admin.execute(f"CREATE DATABASE {name}")
    await admin.close()
    return postgres.url(name).replace("+asyncpg", "")


async def _first_start(stack: AsyncExitStack, containers: dict[str, Container], folder: Path) -> None:
    """Migrate, bring the product in, and start the rest."""
    migrate = containers.pop("migrate")
    await migrate.start(stack)
    assert await migrate.process.process.wait() == 0, migrate.process.tail()
    file = folder / "moon.json"
    file.write_text(json.dumps(_DOCUMENT))
    env = dict(migrate.env) | {"SECRET_TELEGRAM": _TOKEN, "SECRET_HOOK": _HOOK}
    async with running(["-m", "bot", "import", str(file)], log=folder / "import.log", env=env) as once:
        assert await once.process.wait() == 0, once.tail()
    for container in containers.values():
        await container.start(stack)
    await asyncio.gather(*(container.healthy() for container in containers.values()))


async def test_whatever_process_is_killed_nothing_is_lost_and_nothing_comes_twice(
    everything: Everything,
) -> None:
    await everything.owner.send("/start")
    await everything.owner.wait(lambda message: bool(message.get("reply_markup")), what="first screen")
    await make_rule(everything.owner, _RULE)
    marks: list[str] = []
    for victim in (None, *_VICTIMS):
        marks += await _round(everything, victim)

    await everything.settled()
    said = [text_of(message) for message in await everything.owner.messages(everything.channel)]
    posts = [text for text in said if text]  # that the channel was made is a message, too
    assert {mark: sum(mark in post for post in posts) for mark in marks} == dict.fromkeys(marks, 1)
    assert len(posts) == len(marks)
    states = await everything.database.fetch("SELECT status, count(*) FROM publications GROUP BY status")
    assert [tuple(row) for row in states] == [("published", len(marks))]
    runs = await everything.database.fetch("SELECT status, count(*) FROM automation_logs GROUP BY status")
    assert [tuple(row) for row in runs] == [("success", len(_VICTIMS) + 1)]


async def _round(everything: Everything, victim: str | None) -> tuple[str, str, str]:
    """Publish an idea, an event and a planned post while ``victim`` is away; return what marks the three."""
    idea, event, planned = (f"{kind} {secrets.token_hex(4)}" for kind in ("Idea", "Mint", "Planned"))
    await everything.plan(planned, seconds=8)
    if victim is not None:
        await everything.kill(victim)
    # Those who can speak now do so while it is away; the others' words come once it is back.
    if victim != "receiver":
        await everything.happens(event)
    if victim != "telegram":
        await everything.owner.send(idea)
    if victim is not None:
        await everything.restart(victim)
    if victim == "receiver":
        await everything.happens(event)
    if victim == "telegram":
        await everything.owner.send(idea)
    await everything.publish_now(idea)
    await everything.approved(event)
    await everything.out(idea, event, planned)
    return idea, event, planned


def test_compose_starts_what_is_tried_here() -> None:
    """Two workers and two schedulers are Compose's own numbers, and every service here is started there."""
    import yaml

    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    replicas = {name: service.get("deploy", {}).get("replicas", 1) for name, service in services.items()}
    assert {name: replicas[name] for name in _SERVICES} == _SERVICES
    assert set(services) - {"postgres", "redis"} == set(_SERVICES)
