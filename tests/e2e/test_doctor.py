"""Does `nexus doctor` find nothing at a healthy set-up, and name what is broken at each of these broken ones?"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.cli.doctor import findings
from bot.sandbox import OWNER_ID, Sandbox, SandboxServer, ensure_channel
from bot.sandbox.owner import write
from core.channels import service as channels
from core.channels.models import Channel
from core.clock import SystemClock
from core.content import service as content
from core.doctor import outside
from core.doctor.findings import Finding, Level, worst
from core.ids import new_id
from core.products import service as products
from core.publications.models import Publication
from core.runtime import Runtime
from core.security.keyring import Keyring
from core.settings import heartbeats
from tests.conftest import TEST_KEYS
from tests.fakes.anthropic import FakeAnthropic
from tests.fakes.platforms.mastodon import FakeMastodon
from tests.fakes.platforms.server import FakePlatform
from tests.workers.redis_server import RedisServer

pytestmark = pytest.mark.usefixtures("logging_as_before")

TOKEN = "900007:doctor-test-token"
AI_KEY = "sk-ant-doctor-test"


@dataclass
class SetUp:
    """A whole installation whose parts a test may break."""

    runtime: Runtime
    sandbox: Sandbox
    mastodon: FakePlatform
    redis: RedisServer
    monkeypatch: pytest.MonkeyPatch

    def env(self, **values: str) -> None:
        """Change what the environment says."""
        for name, value in values.items():
            self.monkeypatch.setenv(name, value)

    async def execute(self, statement: str) -> None:
        """Change what the database holds."""
        async with self.runtime.unit_of_work() as session:
            await session.execute(text(statement))

    async def look(self, *, ask_ai: bool = False) -> list[Finding]:
        """Run the doctor as the command does."""
        return await asyncio.to_thread(findings, ask_ai=ask_ai)


@pytest.fixture
def redis(tmp_path_factory: pytest.TempPathFactory) -> Generator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    async with FakeAnthropic(AI_KEY) as server:
        yield server


@pytest.fixture
async def healthy(
    runtime: Runtime,
    database_url: str,
    tmp_path: Path,
    redis: RedisServer,
    claude: FakeAnthropic,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[SetUp]:
    """Everything a working installation has: a bot its owner has started, two channels, Redis, a model, two parts."""
    sandbox = Sandbox(TOKEN)
    ensure_channel(sandbox, "Moon", "moon")
    fake = FakeMastodon(SystemClock())
    async with SandboxServer(sandbox) as telegram, fake.serving():
        setup = SetUp(runtime, sandbox, fake, redis, monkeypatch)
        monkeypatch.chdir(tmp_path)
        setup.env(
            TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_OWNER_IDS=str(OWNER_ID), TELEGRAM_API_BASE=telegram.url,
            DATABASE_URL=database_url, REDIS_URL=redis.url, NEXUS_SECRET_KEYS=TEST_KEYS,
            NEXUS_HOME=str(tmp_path / "home"), ANTHROPIC_API_KEY=AI_KEY, ANTHROPIC_BASE_URL=claude.url,
        )  # fmt: skip
        assert sandbox.control is not None
        write(sandbox, sandbox.dialog(OWNER_ID, sandbox.control), OWNER_ID, "/start")
        await _fill(runtime, telegram.url, fake)
        yield setup


async def _fill(runtime: Runtime, telegram: str, fake: FakePlatform) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Moonbird")
        await channels.connect(
            session, runtime.keyring, product_id=product.id, platform="telegram", platform_name="@moon",
            credentials={"bot_token": TOKEN, "chat_id": "@moon"}, settings={"api_base": telegram},
        )  # fmt: skip
        await channels.connect(
            session, runtime.keyring, product_id=product.id, platform="mastodon", platform_name="acme",
            credentials=dict(fake.credentials()), settings={"api_base": fake.url, **fake.settings()},
        )  # fmt: skip
        for part in ("worker", "scheduler"):
            await heartbeats.beat(session, part, datetime.now(UTC))


async def test_a_healthy_set_up_has_no_findings(healthy: SetUp) -> None:
    found = await healthy.look(ask_ai=True)
    assert worst(found) is Level.OK, [one for one in found if one.level is not Level.OK]
    parts = {one.part for one in found}
    assert parts >= {
        "settings", "telegram", "owner", "clock", "redis", "jobs", "disk", "database", "schema", "keys", "channel",
        "account", "processes", "queue", "events", "notifications", "ai", "model",
    }  # fmt: skip
    assert len([one for one in found if one.part == "account"]) == 2


async def _token(setup: SetUp) -> None:
    setup.env(TELEGRAM_BOT_TOKEN="900008:somebody-elses")


async def _telegram_away(setup: SetUp) -> None:
    setup.env(TELEGRAM_API_BASE="http://127.0.0.1:1")


async def _stranger(setup: SetUp) -> None:
    setup.env(TELEGRAM_OWNER_IDS=f"{OWNER_ID},987654321")


async def _redis_away(setup: SetUp) -> None:
    setup.redis.stop()


async def _database_away(setup: SetUp) -> None:
    setup.env(DATABASE_URL="postgresql://nexus:s3cret@127.0.0.1:1/nexus")


async def _old_schema(setup: SetUp) -> None:
    await setup.execute("UPDATE alembic_version SET version_num = 'ad1f8f1a1f0a'")


async def _other_keys(setup: SetUp) -> None:
    setup.env(NEXUS_SECRET_KEYS=Keyring.new_key_text(2))


async def _revoked(setup: SetUp) -> None:
    setup.mastodon.revoked = True


async def _not_an_administrator(setup: SetUp) -> None:
    channel = setup.sandbox.channel("@moon")
    assert channel is not None
    channel.admins.clear()


async def _marked(setup: SetUp) -> None:
    async with setup.runtime.unit_of_work() as session:
        await session.execute(
            update(Channel)
            .where(Channel.platform == "mastodon")
            .values(status="error", error_message="revoked")
        )


async def _overdue(setup: SetUp) -> None:
    async with setup.runtime.unit_of_work() as session:
        channel = (await session.execute(text("SELECT id, product_id FROM channels LIMIT 1"))).one()
        draft = await content.create_draft(session, product_id=channel.product_id, text="Tea")
        session.add(
            Publication(
                id=new_id(), content_id=draft.id, channel_id=channel.id, metrics={}, content_version=1,
                scheduled_at=datetime.now(UTC) - timedelta(hours=2),
            )
        )  # fmt: skip


async def _silent(setup: SetUp) -> None:
    await setup.execute("UPDATE heartbeats SET beat_at = now() - interval '1 hour' WHERE name = 'worker'")


async def _untold(setup: SetUp) -> None:
    await setup.execute(
        "INSERT INTO notifications (id, kind, payload, attempts, status, error_message)"
        " VALUES (gen_random_uuid(), 'trouble', '{}', 5, 'pending', 'blocked')"
    )


async def _no_model_key(setup: SetUp) -> None:
    setup.env(ANTHROPIC_API_KEY="sk-ant-revoked-long-ago")


async def _mistyped(setup: SetUp) -> None:
    setup.env(NEXUS_PORT="many")


Break = Callable[[SetUp], Awaitable[None]]
BROKEN: list[tuple[Break, str, Level, str]] = [
    (_token, "telegram", Level.FAILURE, "does not accept TELEGRAM_BOT_TOKEN"),
    (_telegram_away, "telegram", Level.FAILURE, "gave no answer"),
    (_stranger, "owner", Level.WARNING, "987654321"),
    (_redis_away, "redis", Level.FAILURE, "does not answer"),
    (_database_away, "database", Level.FAILURE, "127.0.0.1"),
    (_old_schema, "schema", Level.FAILURE, "ad1f8f1a1f0a"),
    (_other_keys, "keys", Level.FAILURE, "mastodon acme"),
    (_revoked, "account", Level.FAILURE, "Moonbird: mastodon"),
    (_not_an_administrator, "account", Level.FAILURE, "Moonbird: telegram"),
    (_marked, "channel", Level.WARNING, "mastodon is error: revoked"),
    (_overdue, "queue", Level.FAILURE, "1 post(s) are overdue"),
    (_silent, "processes", Level.WARNING, "worker since"),
    (_untold, "notifications", Level.WARNING, "1 notification(s)"),
    (_no_model_key, "model", Level.FAILURE, "claude-"),
    (_mistyped, "settings", Level.FAILURE, "NEXUS_PORT"),
]


@pytest.mark.parametrize(
    ("break_it", "part", "level", "said"), BROKEN, ids=[one[0].__name__.strip("_") for one in BROKEN]
)
async def test_what_is_broken_is_named_with_what_to_do(
    healthy: SetUp, break_it: Break, part: str, level: Level, said: str
) -> None:
    await break_it(healthy)
    found = await healthy.look(ask_ai=True)
    named = [one for one in found if one.part == part and one.level is not Level.OK]
    assert [one.level for one in named] == [level], found
    assert said in named[0].message
    assert named[0].advice
    told = " ".join(one.message + one.advice for one in found)
    for secret in (TOKEN, AI_KEY, "s3cret", "revoked-long-ago", TEST_KEYS.partition(":")[2]):
        assert secret not in told


def test_a_clock_that_is_off_is_named() -> None:
    now = datetime.now(UTC)
    for seconds, level in ((1, Level.OK), (-10, Level.WARNING), (90, Level.FAILURE)):
        found = outside.check_clock("Telegram", now + timedelta(seconds=seconds), now)
        assert found.level is level
