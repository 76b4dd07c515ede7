"""What do the flows around consent pages share? Strict platforms, a receiver they send the browser to, a started chat."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from pydantic import AnyHttpUrl, SecretStr

from core.channels import service as channels
from core.channels.models import Channel
from core.chats import service as chats
from core.clock import ManualClock
from core.config import Settings
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.conftest import OWNER
from tests.bot.consent.browser import Browser
from tests.bot.person import Person
from tests.e2e.processes import free_port
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform
from workers.receiver import attach

NAMES = {"twitter": "X", "linkedin": "LINKEDIN", "facebook": "FACEBOOK", "instagram": "INSTAGRAM", "threads": "THREADS", "vk": "VK"}  # fmt: skip
_STARTED = ("mastodon", *NAMES)


@pytest.fixture
def public_port() -> int:
    """The port under which the receiver is reached from outside."""
    return free_port()


@pytest.fixture
async def fakes(clock: ManualClock, public_port: int) -> AsyncGenerator[Mapping[str, FakePlatform]]:
    """Every platform with a consent page; each knows the address to come back to."""
    async with AsyncExitStack() as stack:
        started = {slug: await stack.enter_async_context(FAKES[slug](clock).serving()) for slug in _STARTED}
        for slug, fake in started.items():
            fake.page.redirects = {f"http://127.0.0.1:{public_port}/oauth/{slug}/callback"}
        yield started


@pytest.fixture
def settings(settings: Settings, fakes: Mapping[str, FakePlatform], public_port: int) -> Settings:
    """Settings with an application at every platform, and the strict servers in place of the real ones."""
    values: dict[str, object] = {
        "public_url": AnyHttpUrl(f"http://127.0.0.1:{public_port}"),
        "platform_bases": {slug: fakes[slug].url for slug in NAMES},
    }
    for slug, name in NAMES.items():
        values[f"{name.lower()}_client_id"] = fakes[slug].page.client_id
        if name != "VK":
            values[f"{name.lower()}_client_secret"] = SecretStr(fakes[slug].page.secret)
    return settings.model_copy(update=values)


@pytest.fixture
async def receiver(runtime: Runtime, public_port: int) -> AsyncGenerator[None]:
    """The receiver, listening."""
    app = web.Application()
    attach(app, runtime)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", public_port).start()
    yield
    await runner.cleanup()


@pytest.fixture
async def browser(
    owner: Person, runtime: Runtime, product: Product, receiver: None
) -> AsyncGenerator[Browser]:
    """The owner's browser; the chat has been started."""
    async with runtime.unit_of_work() as session:
        await chats.remember(session, OWNER, started_at=runtime.clock.now())
    async with Browser.open(owner, runtime) as opened:
        yield opened


@pytest.fixture
async def broken(runtime: Runtime, product: Product, fakes: Mapping[str, FakePlatform]) -> Channel:
    """An account on X whose token X no longer takes, with settings of its own."""
    fake = fakes["twitter"]
    async with runtime.unit_of_work() as session:
        channel = await channels.connect(
            session, runtime.keyring, product_id=product.id, platform="twitter", platform_name="@acme",
            credentials={**fake.credentials(), "user_id": "42"},
            settings={"api_base": fake.url, "oauth_base": fake.url, "username": "acme", "max_characters": 4000},
        )  # fmt: skip
        await channels.mark_error(session, channel.id, "Unauthorized")
    fake.revoked = True
    return channel
