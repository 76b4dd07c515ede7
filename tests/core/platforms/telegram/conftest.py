"""A local Telegram with a public channel that our bot administers, and a target that reaches it."""

import dataclasses
import struct
import uuid
import zlib
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Sandbox, SandboxServer
from core.clock import ManualClock
from core.media.store import MediaStore
from core.platforms.base import Target
from core.platforms.telegram import PLATFORM

TOKEN = "123456:TEST"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def png(shade: int = 0) -> bytes:
    """A real PNG of eight by eight pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([shade]) * 8) * 8
    return (
        PNG_HEAD
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    """A Telegram with the channel @acme, where the bot has every right."""
    box = Sandbox(TOKEN)
    box.add_channel("Acme news", "acme").admins["123456"] = {}
    yield box
    box.close()


@pytest.fixture
async def target(sandbox: Sandbox, tmp_path: Path, clock: ManualClock) -> AsyncGenerator[Target]:
    """The channel @acme, ready to be called."""
    timeout = aiohttp.ClientTimeout(total=5, connect=2, sock_read=0.4)
    async with SandboxServer(sandbox) as server, aiohttp.ClientSession(timeout=timeout) as http:
        yield Target(
            channel_id=uuid.uuid4(),
            credentials=PLATFORM.credentials.model_validate({"bot_token": TOKEN, "chat_id": "@acme"}),
            settings={},
            http=http,
            media=MediaStore(tmp_path / "media"),
            clock=clock,
            api_base=server.url,
        )


def with_chat(target: Target, chat_id: str, token: str = TOKEN) -> Target:
    """The same target with other credentials."""
    opened = PLATFORM.credentials.model_validate({"bot_token": token, "chat_id": chat_id})
    return dataclasses.replace(target, credentials=opened)
