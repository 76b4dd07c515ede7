"""Does NEXUS work with every part outside (database, Redis, Telegram, model, imported channels), together and apart?"""

import json
import os
import re
import secrets
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import asyncpg
import pytest

from core.db.embedded import EmbeddedPostgres
from core.security.keyring import Keyring
from tests.e2e.outside_postgres import POSTGRES_15, postgres_15
from tests.e2e.owner import Owner, has, text_of
from tests.e2e.processes import Running, free_port, running, wait_until_answers
from tests.workers.redis_server import RedisServer

pytestmark = pytest.mark.timeout(240)

_TOKEN = "900001:control-bot-token"
_KEY = "sk-ant-e2e-only"
_OWNER = 4242
_IDEA = "Мы открыли раннюю подписку для первых ста участников"


@pytest.fixture(scope="module")
def outside_server(postgres: EmbeddedPostgres) -> Generator[str]:
    """The address of a PostgreSQL that NEXUS does not run itself: the oldest one supported, or else the suite's own."""
    if POSTGRES_15.is_dir() and os.geteuid() == 0:
        with postgres_15() as url:
            yield url
    else:
        yield postgres.url("postgres").replace("postgresql+asyncpg", "postgresql")


@pytest.fixture
async def outside_database(outside_server: str) -> str:
    """An empty database there, as an owner would write its address."""
    name = f"nexus_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(outside_server)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    address, mark, options = outside_server.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{options}"


@pytest.fixture(scope="module")
def outside_redis() -> Generator[str]:
    """The address of a Redis of this file's own."""
    with tempfile.TemporaryDirectory(prefix="nexus-test-redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        yield server.url
        server.stop()


def _import_file(folder: Path, channel: int) -> Path:
    file = folder / "nexus.json"
    file.write_text(
        json.dumps(
            {
                "products": [
                    {
                        "name": "Soul Garden",
                        "slug": "soul-garden",
                        "brand_voice": {
                            "personality": ["mysterious", "philosophical"],
                            "vocabulary": {"preferred": ["soul"], "avoid": ["moon", "lambo"]},
                            "tone_examples": {"announcement": "A new consciousness stirs..."},
                            "emoji_set": ["🌟", "✨", "🔮"],
                        },
                        "channels": [
                            {
                                "platform": "telegram",
                                "platform_name": "@soul_garden",
                                "credentials": {"bot_token": "${CHANNEL_BOT_TOKEN}", "chat_id": str(channel)},
                            }
                        ],
                    }
                ],
                "settings": {"general": {"timezone": "Europe/Moscow", "language": "ru"}},
            }
        )
    )
    return file


@pytest.fixture(params=["together", "apart"])
async def nexus(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    http: aiohttp.ClientSession,
    outside_database: str,
    outside_redis: str,
) -> AsyncGenerator[tuple[Running, Owner, int, str]]:
    """NEXUS, as one process or one each, beside servers that it was only told about."""
    telegram_port, model_port, port = free_port(), free_port(), free_port()
    telegram = f"http://127.0.0.1:{telegram_port}"
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(
            running(
                [
                    "-m",
                    "bot.sandbox",
                    "--token",
                    _TOKEN,
                    "--port",
                    str(telegram_port),
                    "--owner",
                    str(_OWNER),
                ],
                log=tmp_path / "telegram.log",
            )
        )
        model = await stack.enter_async_context(
            running(
                ["-m", "tests.fakes.anthropic", "--port", str(model_port), "--key", _KEY],
                log=tmp_path / "model.log",
            )
        )
        await wait_until_answers(f"{telegram}/sandbox/api/state", sandbox)
        async with http.post(
            f"{telegram}/sandbox/api/channels", json={"title": "Soul Garden", "username": "soul_garden"}
        ) as answer:
            assert answer.status == 200, await answer.text()
        owner = await Owner.at(http, telegram)
        channel = (await owner.channels())["Soul Garden"]
        env = {
            "TELEGRAM_BOT_TOKEN": _TOKEN,
            "TELEGRAM_OWNER_IDS": str(_OWNER),
            "TELEGRAM_API_BASE": telegram,
            "ANTHROPIC_API_KEY": _KEY,
            "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{model_port}",
            "DATABASE_URL": outside_database,
            "REDIS_URL": outside_redis,
            "NEXUS_HOME": str(tmp_path / "home"),
            "NEXUS_PORT": str(port),
            "NEXUS_SECRET_KEYS": Keyring.new_key_text(),
            "CHANNEL_BOT_TOKEN": _TOKEN,
            "LOG_FORMAT": "json",
        }
        file = _import_file(tmp_path, channel)
        for command in (["migrate", "up"], ["import", str(file)], ["import", str(file)]):
            async with running(["-m", "bot", *command], log=tmp_path / "import.log", env=env) as once:
                assert await once.process.wait() == 0, once.tail()
        parts: list[Running] = []
        commands = ["bot", "worker", "scheduler", "receiver"] if request.param == "apart" else ["run"]
        for part in commands:
            parts.append(
                await stack.enter_async_context(
                    running(["-m", "bot", part], log=tmp_path / "nexus.log", env=env)
                )
            )
        started = parts[-1]
        await wait_until_answers(f"http://127.0.0.1:{port}/readyz", started)
        assert model.process.returncode is None, model.tail()
        yield started, owner, channel, outside_database
        assert [part.process.returncode for part in parts] == [None] * len(parts), started.tail()
        assert [await part.stop() for part in reversed(parts)] == [0] * len(parts), started.tail()


async def test_an_idea_becomes_a_post(nexus: tuple[Running, Owner, int, str]) -> None:
    started, owner, channel, database = nexus
    await owner.send("/start")
    await owner.wait(lambda message: not message["out"], what="answer to /start")
    await owner.send(_IDEA)
    card = await owner.wait(has("Одобрить"), what="card")
    assert "Текст написал ИИ" in text_of(card)
    await owner.press(card, "Одобрить")
    approved = await owner.wait(
        lambda message: "Одобрено" in text_of(message) and has("Сейчас")(message), what="approved card"
    )
    await owner.press(approved, "Сейчас")
    post = await owner.wait(
        lambda message: bool(text_of(message)), chat=channel, what="post in the channel", seconds=60
    )
    report = await owner.wait(
        lambda message: f"t.me/soul_garden/{post['message_id']}" in json.dumps(message),
        what="report with the link",
    )
    assert report["message_id"] != card["message_id"]

    connection = await asyncpg.connect(database)
    try:
        [row] = await connection.fetch("SELECT status, platform_post_id, platform_url FROM publications")
        assert (row["status"], row["platform_post_id"]) == ("published", str(post["message_id"]))
        [usage] = await connection.fetch("SELECT model, input_tokens, output_tokens FROM ai_usage")
        assert usage["input_tokens"] > 0
        [stored] = await connection.fetch("SELECT credentials::text FROM channels")
        assert _TOKEN not in stored["credentials"]
    finally:
        await connection.close()
    said = started.log.read_text()
    assert "Traceback" not in said
    assert not re.search(f"control-bot-token|{_KEY}", said), "a secret is in the log"
