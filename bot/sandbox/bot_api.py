"""How is one HTTP request to the Bot API answered, with or without something going wrong on purpose?"""

import inspect
from pathlib import PurePosixPath
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Fault
from bot.sandbox.filing import file_path
from bot.sandbox.journal import Call
from bot.sandbox.limits import DOWNLOAD_BYTES
from bot.sandbox.methods import Context, find_method
from bot.sandbox.model import BotAccount, Chat, Json
from bot.sandbox.params import Params, read_params
from bot.sandbox.refusals import Refusal
from bot.sandbox.state import Sandbox

NOT_FOUND = Refusal(404, "Not Found")
UNAUTHORIZED = Refusal(401, "Unauthorized")


class BotApi:
    """The `/bot<token>/<method>` and `/file/bot<token>/<path>` half of the sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method call."""
        sandbox = self._sandbox
        bot = sandbox.bot_by_token(request.match_info["token"])
        found = find_method(request.match_info["method"])
        name = found[0] if found else request.match_info["method"]
        bot_id = bot.id if bot else None
        call = sandbox.journal.open(sandbox.clock(), bot_id, name)
        fault = sandbox.faults.take(name, bot_id, None, body_read=False)
        if fault is not None:
            return _abort(request, call, fault)
        try:
            params = await read_params(request)
            call.params = params.journal()
            if bot is None:
                raise UNAUTHORIZED
            if found is None:
                raise NOT_FOUND
            fault = sandbox.faults.take(name, bot.id, self._chat_id(bot, params), body_read=True)
            stop = await self._before(request, call, fault, bot) if fault else None
            if stop is not None:
                return stop
            result = found[1](Context(sandbox, bot, params))
            if inspect.isawaitable(result):
                result = await result
            sandbox.storage.commit()
        except Refusal as refusal:
            sandbox.storage.commit()
            return _refused(call, refusal)
        call.effect = True
        return await self._after(request, call, fault, result)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file that getFile named."""
        call = self._sandbox.journal.open(self._sandbox.clock(), None, "download")
        bot = self._sandbox.bot_by_token(request.match_info["token"])
        if bot is None:
            return _refused(call, UNAUTHORIZED)
        call.bot_id, path = bot.id, request.match_info["path"]
        stored = self._sandbox.files.get(PurePosixPath(path).stem)
        if stored is None or file_path(stored) != path or stored.size > DOWNLOAD_BYTES:
            return _refused(call, NOT_FOUND)
        fault = self._sandbox.faults.take("download", bot.id, None, body_read=True)
        if fault is not None:
            stop = await self._before(request, call, fault, bot)
            if stop is not None:
                return stop
        call.status = 200
        return web.Response(
            body=self._sandbox.storage.read_blob(stored.uid), content_type="application/octet-stream"
        )

    def _chat_id(self, bot: BotAccount, params: Params) -> int | None:
        """The number of the chat a call is about, for faults tied to a chat; names are looked up."""
        reference = params.text("chat_id")
        chat: Chat | None = self._sandbox.channel(reference) if reference else None
        if chat is not None:
            return chat.id
        return int(reference) if reference.lstrip("-").isdigit() else None

    async def _before(
        self, request: web.Request, call: Call, fault: Fault, bot: BotAccount
    ) -> web.StreamResponse | None:
        call.fault = fault.kind
        if fault.kind == "refuse":
            return _abort(request, call, fault)
        if fault.kind == "hang":
            await self._sandbox.faults.hold(fault.seconds)
            return _abort(request, call, fault)
        if fault.kind == "slow":
            await self._sandbox.faults.hold(fault.seconds)
        elif fault.kind == "poison":
            self._sandbox.updates.add_unparsable(bot, fault.chat_id or self._sandbox.owner.id)
        elif fault.kind != "500_after":
            refusal = fault.refusal()
            if refusal is not None:
                raise refusal
        return None

    async def _after(
        self, request: web.Request, call: Call, fault: Fault | None, result: Any
    ) -> web.StreamResponse:
        kind = fault.kind if fault else None
        if fault is not None and kind == "hang_after":
            await self._sandbox.faults.hold(fault.seconds)
        if fault is not None and kind in {"cut", "hang_after"}:
            return _abort(request, call, fault)
        if fault is not None and kind == "500_after":
            return _refused(call, fault.refusal() or NOT_FOUND)
        call.status = 200
        if kind == "malformed":
            return web.Response(text='{"ok":true,"result":{"message_id":', content_type="application/json")
        answer: Json = {"ok": True, "result": result}
        return web.json_response(answer)


def _refused(call: Call, refusal: Refusal) -> web.Response:
    call.status, call.description = refusal.code, refusal.description
    headers = {}
    if refusal.parameters and "retry_after" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return web.json_response(refusal.body(), status=refusal.code, headers=headers)


def _abort(request: web.Request, call: Call, fault: Fault) -> web.Response:
    """Drop the connection without a word; the response returned is never sent."""
    call.fault = fault.kind
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
