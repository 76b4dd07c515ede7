"""Telegram for the storm: the local Telegram itself, with the faults that all platforms' servers have before it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from bot.sandbox import Sandbox, SandboxServer
from tests.fakes.platforms.server import FakePlatform, WallPost

TOKEN = "900003:telegram-in-the-storm"


class StormyTelegram(FakePlatform):
    """Passes every call on to a local Telegram; what is live is what stands in its channel."""

    slug = "telegram"

    def __init__(self, *args: Any) -> None:
        self._sandbox = Sandbox(TOKEN)
        self._sandbox.add_channel("Acme", "acme").admins[TOKEN.partition(":")[0]] = {}
        self._behind = ""
        self._http: aiohttp.ClientSession | None = None
        super().__init__(*args)

    @property
    def texts(self) -> list[str]:
        return [
            str(post.content.get("text") or post.content.get("caption"))
            for post in self._sandbox.messages("@acme")
        ]

    def find(self, post_id: str) -> WallPost | None:
        return None  # nobody asks: a bot cannot read a channel

    def credentials(self) -> Mapping[str, Any]:
        return {"bot_token": TOKEN, "chat_id": "@acme"}

    def publishes(self, request: web.Request) -> bool:
        return "/send" in request.path and not request.path.endswith("sendChatAction")

    def rate_limited(self, seconds: int) -> web.Response:
        body = {
            "ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {seconds}",
            "parameters": {"retry_after": seconds},
        }  # fmt: skip
        return web.json_response(body, status=429)

    def unauthorized(self) -> web.Response:
        return _refuse(401, "Unauthorized")

    def rejected(self) -> web.Response:
        return _refuse(400, "Bad Request: can't parse entities")

    def server_error(self) -> web.Response:
        return _refuse(500, "Internal Server Error")

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/bot{token}/{method}", self._pass_on)]

    async def _pass_on(self, request: web.Request) -> web.Response:
        assert self._http is not None
        headers = {"Content-Type": request.headers.get("Content-Type", "")}
        async with self._http.post(
            f"{self._behind}{request.path}", data=await request.read(), headers=headers
        ) as answer:
            return web.Response(
                body=await answer.read(), status=answer.status, content_type="application/json"
            )

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncGenerator[FakePlatform]:
        async with SandboxServer(self._sandbox) as server, aiohttp.ClientSession() as self._http:
            self._behind = server.url
            async with super().serving(port) as served:
                yield served
        self._sandbox.close()


def _refuse(status: int, description: str) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description}
    return web.json_response(body, status=status)
