"""What do the flows about channels share? A local Telegram that the platform calls, and settings that point at it."""

from collections.abc import AsyncGenerator

import pytest
from pydantic import AnyHttpUrl, SecretStr

from bot.sandbox import Sandbox, SandboxServer
from core.config import Settings
from tests.bot.channels.steps import (
    OURS,
    THEIRS,
)
from tests.bot.conftest import OWNER, SECOND_OWNER
from tests.bot.telegram import BOT_ID


@pytest.fixture
async def sandbox() -> AsyncGenerator[tuple[Sandbox, str]]:
    """A Telegram with the channel @acme that our bot administers, and @club that another bot does."""
    box = Sandbox(OURS)
    box.add_channel("Acme news", "acme").admins[str(BOT_ID)] = {}
    box.add_bot(THEIRS, "acme_bot", "Acme")
    box.add_channel("Club", "club").admins["700001"] = {}
    async with SandboxServer(box) as server:
        yield box, server.url
    box.close()


@pytest.fixture
def settings(settings: Settings, sandbox: tuple[Sandbox, str]) -> Settings:
    """Settings that point at the local Telegram."""
    return settings.model_copy(
        update={
            "telegram_owner_ids": (OWNER, SECOND_OWNER),
            "telegram_bot_token": SecretStr(OURS),
            "telegram_api_base": AnyHttpUrl(sandbox[1]),
        }
    )


@pytest.fixture
def box(sandbox: tuple[Sandbox, str]) -> Sandbox:
    return sandbox[0]
