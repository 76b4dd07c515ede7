"""What do the stories about many platforms share? Strict platforms, a Telegram that is published to, a model, a receiver."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from pydantic import AnyHttpUrl, SecretStr

from bot.sandbox import Sandbox, SandboxServer
from core.chats import service as chats
from core.clock import ManualClock
from core.config import Settings
from core.platforms.bluesky import identity
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.channels.steps import OURS
from tests.bot.conftest import OWNER
from tests.bot.consent.browser import Browser
from tests.bot.everywhere.story import Story, forms
from tests.bot.person import Person
from tests.bot.telegram import BOT_ID
from tests.core.publications.conftest import RecordingQueue
from tests.e2e.processes import free_port
from tests.fakes.anthropic import FakeAnthropic
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform
from workers.receiver import attach

SLUGS = ("twitter", "bluesky", "mastodon", "linkedin", "instagram")


@pytest.fixture
def public_port() -> int:
    """The port under which the receiver is reached from outside."""
    return free_port()


@pytest.fixture
async def fakes(
    clock: ManualClock, public_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Mapping[str, FakePlatform]]:
    """The platforms' servers."""
    async with AsyncExitStack() as stack:
        started = {slug: await stack.enter_async_context(FAKES[slug](clock).serving()) for slug in SLUGS}
        started["twitter"].page.redirects = {f"http://127.0.0.1:{public_port}/oauth/twitter/callback"}
        monkeypatch.setattr(identity, "DIRECTORY", f"{started['bluesky'].url}/directory")
        yield started


@pytest.fixture
async def box() -> AsyncGenerator[Sandbox]:
    """A Telegram with the channel @acme, which our bot administers."""
    box = Sandbox(OURS)
    box.add_channel("Acme", "acme").admins[str(BOT_ID)] = {}
    yield box
    box.close()


@pytest.fixture
async def published_to(box: Sandbox) -> AsyncGenerator[str]:
    """The address of that Telegram."""
    async with SandboxServer(box) as server:
        yield server.url


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    """A model that writes each platform's own form."""
    async with FakeAnthropic(answering=forms) as server:
        yield server


@pytest.fixture
def settings(
    settings: Settings,
    fakes: Mapping[str, FakePlatform],
    claude: FakeAnthropic,
    published_to: str,
    public_port: int,
) -> Settings:
    """Settings that lead to all of them."""
    return settings.model_copy(
        update={
            "telegram_owner_ids": (OWNER,),
            "telegram_bot_token": SecretStr(OURS),
            "telegram_api_base": AnyHttpUrl(published_to),
            "anthropic_api_key": SecretStr(claude.key),
            "anthropic_base_url": claude.url,
            "public_url": AnyHttpUrl(f"http://127.0.0.1:{public_port}"),
            "platform_bases": {slug: fake.url for slug, fake in fakes.items()},
            "x_client_id": fakes["twitter"].page.client_id,
            "x_client_secret": SecretStr(fakes["twitter"].page.secret),
        }
    )


@pytest.fixture
async def receiver(runtime: Runtime, public_port: int) -> AsyncGenerator[None]:
    """The receiver, to which the consent page sends the browser back."""
    app = web.Application()
    attach(app, runtime)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", public_port).start()
    yield
    await runner.cleanup()


@pytest.fixture
async def story(
    owner: Person,
    runtime: Runtime,
    clock: ManualClock,
    product: Product,
    fakes: Mapping[str, FakePlatform],
    box: Sandbox,
    receiver: None,
) -> AsyncGenerator[Story]:
    """An owner with a product and no channel yet, and everything around them."""
    queue = RecordingQueue()
    runtime.database._queue = queue
    async with runtime.unit_of_work() as session:
        await chats.remember(session, OWNER, started_at=clock.now())
    async with Browser.open(owner, runtime) as browser:
        yield Story(owner, runtime, clock, browser, fakes, box, queue)
