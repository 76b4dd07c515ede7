"""What do the flows over HTTP share? The local Telegram, a product with a channel in it, the bot, and its owner."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
from pydantic import AnyHttpUrl, SecretStr

from bot.sandbox import OWNER_ID, Sandbox, SandboxServer
from core.clock import ManualClock
from core.config import Settings
from core.jobs.queue import DroppingQueue
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from tests.bot.over_http.process import connect_a_product, running_bot
from tests.bot.sandbox.conftest import TOKEN
from tests.e2e.owner import Owner


@pytest.fixture
async def sandbox() -> AsyncGenerator[tuple[Sandbox, str]]:
    """A local Telegram and its address."""
    made = Sandbox(TOKEN)
    async with SandboxServer(made) as server:
        yield made, server.url
    made.close()


@pytest.fixture
def settings(tmp_path: Path, sandbox: tuple[Sandbox, str]) -> Settings:
    """Settings that point at the local Telegram."""
    return Settings(
        _env_file=None,
        nexus_home=tmp_path / "home",
        telegram_bot_token=SecretStr(TOKEN),
        telegram_owner_ids=(OWNER_ID,),
        telegram_api_base=AnyHttpUrl(sandbox[1]),
    )


@pytest.fixture
async def runtime(
    settings: Settings, database_url: str, keyring: Keyring, clock: ManualClock, sandbox: tuple[Sandbox, str]
) -> AsyncGenerator[Runtime]:
    """A runtime with a product whose channel is in the local Telegram."""
    async with open_runtime(
        settings, database_url=database_url, keyring=keyring, queue=DroppingQueue(), clock=clock
    ) as opened:
        await connect_a_product(opened, sandbox[0])
        yield opened


@pytest.fixture
async def http() -> AsyncGenerator[aiohttp.ClientSession]:
    """A client for the page's API."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def owner(
    http: aiohttp.ClientSession, runtime: Runtime, sandbox: tuple[Sandbox, str]
) -> AsyncGenerator[Owner]:
    """The owner in front of the chat page, with the bot running."""
    async with running_bot(runtime):
        yield Owner(http, sandbox[1], OWNER_ID)
