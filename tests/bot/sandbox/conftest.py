"""A running sandbox with its control bot, an owner who pressed start, and a channel."""

import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox import OWNER_ID, Sandbox, SandboxServer

TOKEN = "123456:TEST"
OTHER_TOKEN = "777777:OTHER"


def png(width: int = 4, height: int = 3) -> bytes:
    """A real, grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class Telegram:
    """Talks to the sandbox over HTTP, as a bot (`call`, `ok`, `fails`) and as the page (`page`)."""

    def __init__(self, sandbox: Sandbox, url: str, http: aiohttp.ClientSession) -> None:
        self.sandbox, self.url, self.http = sandbox, url, http
        self.owner = OWNER_ID

    async def call(
        self, method: str, *, token: str = TOKEN, data: Any = None, **params: Any
    ) -> tuple[int, Any]:
        """Status and body of a Bot API call: JSON, or the form in `data`."""
        body = {"data": data} if data is not None else {"json": params}
        async with self.http.post(f"{self.url}/bot{token}/{method}", **body) as answer:
            return answer.status, await answer.json()

    async def ok(self, method: str, **options: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.call(method, **options)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def fails(self, method: str, **options: Any) -> str:
        """`code description` of a call that must be refused."""
        status, body = await self.call(method, **options)
        assert body["ok"] is False
        assert status == body["error_code"]
        return f"{status} {body['description']}"

    async def page(self, method: str, path: str, **options: Any) -> Any:
        """The answer of the page's API, which must be 200."""
        async with self.http.request(method, f"{self.url}/sandbox/{path}", **options) as answer:
            body = await answer.json()
            assert answer.status == 200, body
            return body

    async def say(self, text: str, who: int = OWNER_ID) -> Any:
        """Somebody writes to the control bot."""
        return await self.page(
            "POST", f"api/chats/{OWNER_ID}/send", params={"as": str(who)}, json={"text": text}
        )

    async def updates(self, **options: Any) -> Any:
        """What getUpdates gives at once; everything given is confirmed by the next call here."""
        found = await self.ok("getUpdates", **options)
        if found:
            await self.ok("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return found


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """A fresh Telegram in which the owner has pressed start and that update has been read."""
    sandbox = Sandbox(TOKEN)
    sandbox.add_bot(OTHER_TOKEN, "other_bot", "Other")
    async with SandboxServer(sandbox) as server, aiohttp.ClientSession() as http:
        client = Telegram(sandbox, server.url, http)
        await client.say("/start")
        await client.updates()
        yield client
    sandbox.close()


@pytest.fixture
async def channel(telegram: Telegram) -> int:
    """The id of the public channel @acme, administered by the control bot."""
    body = await telegram.page("POST", "api/channels", json={"title": "Acme", "username": "acme"})
    await telegram.updates()
    return int(body["chat"]["id"])
