"""Does the doctor find what is broken, and say what to do?"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy import update

from bot.sandbox import Sandbox, SandboxServer
from core.channels import service as channels
from core.channels.models import Channel
from core.clock import ManualClock
from core.config import Settings
from core.db.session import Database, create_engine
from core.doctor import inside, outside
from core.doctor.findings import Finding, Level, failure, ok, warning, worst
from core.doctor.telegram import Refused, Unreachable, identify
from core.jobs.queue import DroppingQueue
from core.products import service as products
from core.runtime import Runtime
from core.security.keyring import Keyring
from core.settings import heartbeats, service
from core.settings.service import Ai
from tests.bot.cli.command import nexus

TOKEN = "123456:TEST-token"


def one(findings: list[Finding], part: str) -> Finding:
    """Return the only finding about ``part``."""
    (found,) = [finding for finding in findings if finding.part == part]
    return found


def test_the_worst_finding_counts() -> None:
    assert worst([ok("a", "")]) is Level.OK
    assert worst([ok("a", ""), failure("b", "", ""), warning("c", "", "")]) is Level.FAILURE
    assert worst([]) is Level.OK


async def test_telegram_tells_who_the_token_belongs_to() -> None:
    async with SandboxServer(Sandbox(TOKEN, bot_username="my_bot")) as server:
        found = await identify(server.url, TOKEN)
        assert found.username == "@my_bot"
        assert found.at is not None
        assert abs(found.at - datetime.now(UTC)) < timedelta(seconds=5)
        with pytest.raises(Refused):
            await identify(server.url, "1:OTHER")
    with pytest.raises(Unreachable) as caught:
        await identify("http://127.0.0.1:1", TOKEN)
    assert TOKEN not in str(caught.value)


async def test_missing_and_wrong_tokens_are_failures(settings: Settings) -> None:
    missing = await outside.check_telegram(settings)
    assert {finding.level for finding in missing} == {Level.FAILURE}
    async with SandboxServer(Sandbox("777:OTHER")) as server:
        asked = settings.model_copy(
            update={
                "telegram_bot_token": SecretStr(TOKEN),
                "telegram_owner_ids": (1,),
                "telegram_api_base": AnyHttpUrl(server.url),
            }
        )
        found = await outside.check_telegram(asked)
    assert one(found, "telegram").level is Level.FAILURE
    assert one(found, "owner").level is Level.OK
    assert all(finding.advice for finding in [*missing, one(found, "telegram")])


HOUSE = AnyHttpUrl("http://127.0.0.1:11434/v1?api-key=s3cret")


@pytest.mark.parametrize(
    ("env", "ai", "level", "told"),
    [
        ({}, Ai(), Level.OK, "ANTHROPIC_API_KEY is not set"),
        ({"anthropic_api_key": SecretStr("s3cret")}, Ai(), Level.OK, "claude-sonnet-5-5"),
        ({}, Ai(provider="openai"), Level.WARNING, "OPENAI_API_KEY is not set"),
        ({"openai_api_key": SecretStr("s3cret")}, Ai(provider="openai"), Level.WARNING, "no model is"),
        (
            {"openai_base_url": HOUSE},
            Ai(provider="openai"),
            Level.WARNING,
            "http://127.0.0.1:11434/v1 is chosen",
        ),
        (
            {"openai_base_url": HOUSE},
            Ai(provider="openai", openai_model="a", openai_fallback_model="b"),
            Level.OK,
            "http://127.0.0.1:11434/v1: asked without a key; models: a, b",
        ),
        (
            {"openai_api_key": SecretStr("s3cret")},
            Ai(provider="openai", openai_model="a"),
            Level.OK,
            "https://api.openai.com/v1: OPENAI_API_KEY is set; models: a",
        ),
    ],
)
def test_who_writes_and_what_is_missing(
    settings: Settings, env: dict[str, object], ai: Ai, level: Level, told: str
) -> None:
    found = outside.check_ai(settings.model_copy(update=env), ai)
    assert found.level is level
    assert told in found.message
    assert "s3cret" not in found.message + found.advice
    assert (found.advice == "") is (level is Level.OK)


async def test_the_choice_is_read_from_the_database(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await service.change(session, Ai, provider="openai")
    assert (await inside.ai_settings(runtime.database)).provider == "openai"


async def test_redis_that_is_away_is_a_failure(settings: Settings) -> None:
    assert (await outside.check_redis(settings)).level is Level.OK
    away = settings.model_copy(update={"redis_url": SecretStr("redis://:s3cret@127.0.0.1:1")})
    found = await outside.check_redis(away)
    assert found.level is Level.FAILURE
    assert "s3cret" not in found.message + found.advice


def test_disk_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, level in ((10 * 1024**3, Level.OK), (500 * 1024**2, Level.WARNING), (1024, Level.FAILURE)):
        monkeypatch.setattr("shutil.disk_usage", lambda path, free=free: type("Usage", (), {"free": free}))
        assert outside.check_disk(tmp_path).level is level


async def test_empty_schema_is_named(empty_database_url: str, keyring: Keyring, clock: ManualClock) -> None:
    database = Database(create_engine(empty_database_url), DroppingQueue())
    found = await inside.check_database(database, keyring, clock.now())
    await database.close()
    assert one(found, "schema").level is Level.FAILURE
    assert "nexus migrate up" in one(found, "schema").advice


async def test_healthy_and_broken_channels_and_keys(runtime: Runtime, clock: ManualClock) -> None:
    found = await inside.check_database(runtime.database, runtime.keyring, clock.now())
    assert one(found, "channel").level is Level.WARNING  # there is none
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Moonbird")
        channel = await channels.connect(
            session,
            runtime.keyring,
            product_id=product.id,
            platform="telegram",
            platform_name="@moonbird",
            credentials={"bot_token": TOKEN, "chat_id": "@moonbird"},
        )
        await heartbeats.beat(session, "scheduler", clock.now())
    found = await inside.check_database(runtime.database, runtime.keyring, clock.now())
    assert worst(found) is Level.OK, found

    clock.advance(timedelta(minutes=5))
    async with runtime.unit_of_work() as session:
        await channels.mark_error(session, channel.id, "revoked")
        await session.execute(update(Channel).values(platform_name="@moved"))
    other = Keyring.parse(Keyring.new_key_text(2))
    found = await inside.check_database(runtime.database, other, clock.now())
    assert one(found, "keys").level is Level.FAILURE
    assert "telegram @moved" in one(found, "keys").message
    assert "revoked" in one(found, "channel").message
    assert "scheduler" in one(found, "processes").message
    assert one(found, "processes").level is Level.WARNING


def test_command_tells_people_and_programs(tmp_path: Path) -> None:
    for_people = nexus("doctor", folder=tmp_path)
    assert for_people.code == 2
    assert "✗ telegram: TELEGRAM_BOT_TOKEN is not set" in for_people.out
    assert "→ " in for_people.out
    for_programs = nexus("doctor", "--json", folder=tmp_path, env={"LOG_LEVEL": "LOUD"})
    assert for_programs.code == 2
    body = json.loads(for_programs.out)
    assert body["status"] == "failure"
    assert body["findings"][0]["part"] == "settings"
    assert "LOG_LEVEL" in body["findings"][0]["message"]
    assert not (tmp_path / ".nexus" / "postgres").exists()
