"""What does the chat page see: chats, messages, files, and everything that changes?"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from bot.sandbox.chat_list import summary
from bot.sandbox.guard import Handler
from bot.sandbox.methods.commands import commands_for_owner
from bot.sandbox.model import BotAccount, Chat, Json
from bot.sandbox.posting import seen_by_page
from bot.sandbox.refusals import CHAT_NOT_FOUND, Refusal, bad_request
from bot.sandbox.rendering import page_message
from bot.sandbox.state import Sandbox

WEB = Path(__file__).parent / "web"
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "video/", "audio/")
POLICY = (
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; style-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing is loaded from elsewhere; scripts come from files, never from the page's text."""


def answering(action: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """Turn a function that returns JSON or raises `Refusal` into a request handler."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await action(request))
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.code)

    return handle


def control_bot(sandbox: Sandbox) -> BotAccount:
    """The bot the page talks to. Raises `Refusal` 400 before any token is known."""
    if sandbox.control is None:
        raise bad_request("no bot yet: register a token first")
    return sandbox.control


def chat_of(sandbox: Sandbox, request: web.Request) -> Chat:
    """The chat in the address: a channel by its id or `@name`, a dialog by the person's id (`?bot=` for another bot)."""
    reference = request.match_info["chat_id"]
    chat = sandbox.channel(reference)
    if chat is None and reference.isdigit():
        other = request.query.get("bot", "")
        bot = sandbox.bots.get(int(other)) if other.isdigit() else control_bot(sandbox)
        if bot is not None and int(reference) in sandbox.people:
            return sandbox.dialog(int(reference), bot)
    if chat is None:
        raise Refusal(404, f"Not Found: {CHAT_NOT_FOUND}")
    return chat


class PageApi:
    """The reading half of the page's API."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._sockets: set[web.WebSocketResponse] = set()

    async def state(self, _request: web.Request) -> Json:
        """Everything the page needs to draw itself."""
        sandbox = self._sandbox
        bot = control_bot(sandbox)
        sandbox.dialog(sandbox.owner.id, bot)
        sandbox.storage.commit()
        chats = [summary(sandbox, chat) for chat in sandbox.chats.values() if seen_by_page(sandbox, chat)]
        return {
            "owner": sandbox.owner.user(),
            "bot": bot.user(),
            "chats": chats,
            "commands": commands_for_owner(sandbox, bot),
            "version": sandbox.live.version,
        }

    async def messages(self, request: web.Request) -> Json:
        """One page of a chat, oldest first; reading the newest page counts as having read the chat."""
        sandbox, chat = self._sandbox, chat_of(self._sandbox, request)
        before, limit = (request.query.get(name, "") for name in ("before", "limit"))
        size = max(1, min(int(limit) if limit.isdigit() else 50, 500))
        posts = [
            one for one in sandbox.posts[chat.key].values() if not before.isdigit() or one.id < int(before)
        ]
        if not before and posts and chat.last_read < posts[-1].id:
            chat.last_read = posts[-1].id
            sandbox.save(chat)
            sandbox.storage.commit()
        return {"messages": [page_message(sandbox, post) for post in posts[-size:]]}

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file for the page. What a browser might run is only ever downloaded."""
        stored = self._sandbox.files.get(request.match_info["uid"])
        if stored is None:
            raise web.HTTPNotFound
        shown = stored.mime.startswith(SHOWN_INLINE)
        headers = {
            "Cache-Control": "private, max-age=86400",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        if not shown:
            headers["Content-Disposition"] = "attachment"
        mime = stored.mime if shown else "application/octet-stream"
        return web.Response(
            body=self._sandbox.storage.read_blob(stored.uid), content_type=mime, headers=headers
        )

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """Push every change until the page goes away."""
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        events: asyncio.Queue[Json] = asyncio.Queue()
        unwatch = self._sandbox.live.watch(events.put_nowait)
        self._sockets.add(socket)
        try:
            async with asyncio.TaskGroup() as group:
                sender = group.create_task(_send(socket, events))
                async for message in socket:
                    if message.type is WSMsgType.ERROR:
                        break
                sender.cancel()
        finally:
            unwatch()
            self._sockets.discard(socket)
        return socket

    async def close(self) -> None:
        """Say goodbye to open pages, so that the server can stop."""
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The chat page and its parts."""
        name = request.match_info.get("path") or "index.html"
        path = (WEB / name).resolve()
        if not path.is_relative_to(WEB) or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(
            path, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        )


async def _send(socket: web.WebSocketResponse, events: asyncio.Queue[Json]) -> None:
    while True:
        event = await events.get()
        try:
            await socket.send_str(json.dumps(event, ensure_ascii=False))
        except ConnectionError:
            return
