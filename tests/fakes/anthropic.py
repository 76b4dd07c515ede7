"""What stands in for Anthropic in tests? A strict server with its Messages API, and faults to switch on.

In a test: ``async with FakeAnthropic() as claude: claude.url``. For another process:
``python -m tests.fakes.anthropic --port 8090``; faults are queued over ``POST /fake/faults`` with
``{"faults": ["overloaded", …]}`` (one per coming call, ``"ok"`` for none), and ``GET /fake/requests`` shows what came.
"""

import argparse
import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.anthropic_checks import BadRequestError, check, fill_schema
from tests.fakes.streaming import Pace, stream

_VERSIONS = {"2023-06-01", "2026-10-21"}
SERVED = frozenset(
    {"claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5", "claude-sonnet-4-6", "claude-haiku-4-5"}
)
Answering = Callable[[dict[str, Any]], str]


@dataclass
class Seen:
    """One recorded request."""

    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def model(self) -> str:
        return str(self.body.get("model"))

    @property
    def system(self) -> str:
        """The whole system prompt."""
        blocks = self.body.get("system", "")
        return blocks if isinstance(blocks, str) else "\n".join(block["text"] for block in blocks)

    @property
    def content(self) -> str:
        """What the user's turns say."""
        turns = [message["content"] for message in self.body["messages"] if message["role"] == "user"]
        return "\n".join(turn if isinstance(turn, str) else json.dumps(turn) for turn in turns)


@dataclass
class FakeAnthropic:
    """The server. ``faults`` are used up one per call; ``answering`` makes the text of an answer."""

    key: str = "test-key"
    port: int = 0
    served: frozenset[str] = SERVED
    faults: deque[str] = field(default_factory=deque)
    requests: list[Seen] = field(default_factory=list)
    answering: Answering | None = None
    usage: dict[str, Any] = field(default_factory=lambda: {"input_tokens": 1200, "output_tokens": 300})
    slow_seconds: float = 30.0
    pace: Pace = field(default_factory=Pace)
    on_request: Callable[[], None] | None = None  # called once a request is here
    _runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address for ANTHROPIC_BASE_URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def models_asked(self) -> list[str]:
        return [seen.model for seen in self.requests]

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/messages", self._messages)
        app.router.add_post("/fake/faults", self._set_faults)
        app.router.add_get("/fake/requests", self._show_requests)
        # Short: a client held back by the fault "slow" must not hold back the end of a test.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        try:
            body = json.loads(raw)
        except ValueError:
            return _error(400, "invalid_request_error", "The request body is not valid JSON")
        self.requests.append(Seen(dict(request.headers), body if isinstance(body, dict) else {}))
        if self.on_request is not None:
            self.on_request()
        refusal = self._refused(request, body)
        if refusal is not None:
            return refusal
        fault = self.faults.popleft() if self.faults else "ok"
        if fault in _STATUS_FAULTS:
            status, kind, message, headers = _STATUS_FAULTS[fault]
            return _error(status, kind, message, headers)
        if fault in {"drop", "cut", "slow"}:
            return await self._transport_fault(fault, request)
        if fault in _RAW_FAULTS:
            text, content_type = _RAW_FAULTS[fault]
            return web.Response(text=text, content_type=content_type)
        in_stream = fault in STREAM_FAULTS
        answer = self._message(body, "ok" if in_stream else fault)
        if not body.get("stream") or fault == "not_streamed":
            return web.json_response(answer)
        self.pace.stall_seconds = self.slow_seconds
        return await stream(request, events_of(answer), self.pace, fault if in_stream else "ok", ERROR_EVENT)

    def _refused(self, request: web.Request, body: object) -> web.Response | None:
        """What the real API checks before it starts a model."""
        offered = request.headers.get("x-api-key") or request.headers.get("Authorization", "").removeprefix(
            "Bearer "
        )
        if not offered:
            return _error(401, "authentication_error", "x-api-key or Authorization header is required")
        if offered != self.key:
            return _error(401, "authentication_error", "invalid bearer token")
        if request.headers.get("anthropic-version") not in _VERSIONS:
            return _error(400, "invalid_request_error", "anthropic-version: a known version is required")
        if request.content_type != "application/json":
            return _error(415, "invalid_request_error", "content-type must be application/json")
        try:
            checked = check(body)
        except BadRequestError as error:
            return _error(400, "invalid_request_error", str(error))
        if checked["model"] not in self.served:
            return _error(404, "not_found_error", f"model: {checked['model']}")
        return None

    async def _transport_fault(self, fault: str, request: web.Request) -> web.StreamResponse:
        if fault == "slow":
            await asyncio.sleep(self.slow_seconds)
        elif fault == "cut":  # announces more than it sends
            response = web.StreamResponse(
                headers={"Content-Type": "application/json", "Content-Length": "5000"}
            )
            await response.prepare(request)
            await response.write(b'{"id": "msg_cut"')
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _message(self, body: dict[str, Any], fault: str) -> dict[str, Any]:
        text = (self.answering or default_answer)(body)
        content: list[dict[str, Any]] = [{"type": "text", "text": text}]
        stop_reason = "end_turn"
        if fault == "thinking":
            content.insert(0, {"type": "thinking", "thinking": "Let me think…", "signature": "sig"})
        elif fault == "truncated":
            content[0]["text"] = text[: len(text) // 2]
            stop_reason = "max_tokens"
        elif fault == "refusal":
            content = []
            stop_reason = "refusal"
        elif fault == "nonsense":
            content[0]["text"] = "Certainly! Here is your post: {not json"
        elif fault == "wrong_shape":
            content[0]["text"] = '{"unexpected": 1}'
        elif fault == "fenced":
            content[0]["text"] = f"```json\n{text}\n```"
        elif fault == "pause":
            stop_reason = "pause_turn"
        elif fault != "ok":
            raise ValueError(f"no such fault: {fault}")
        return {
            "id": f"msg_{len(self.requests):04d}",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": content,
            "stop_reason": stop_reason,
            "stop_sequence": None,
            "usage": {"cache_creation_input_tokens": 0, "cache_read_input_tokens": 0} | self.usage,
        }

    async def _set_faults(self, request: web.Request) -> web.Response:
        self.faults = deque((await request.json())["faults"])
        return web.json_response({"faults": list(self.faults)})

    async def _show_requests(self, request: web.Request) -> web.Response:
        return web.json_response([{"model": seen.model, "body": seen.body} for seen in self.requests])


STREAM_FAULTS = frozenset({"stream_drop", "stream_stall", "stream_error", "stream_end", "not_streamed"})
ERROR_EVENT = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}


def events_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The events in which the API streams ``message``: the text in small pieces, the count of the output at the end."""
    usage = message["usage"]
    begun = {**message, "content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": begun}, {"type": "ping"}]
    for index, block in enumerate(message["content"]):
        name = str(block["type"])
        empty = {"type": name, name: ""}
        events.append({"type": "content_block_start", "index": index, "content_block": empty})
        for start in range(0, len(block[name]), 7):
            delta = {"type": f"{name}_delta", name: block[name][start : start + 7]}
            events.append({"type": "content_block_delta", "index": index, "delta": delta})
        events.append({"type": "content_block_stop", "index": index})
    ended = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    events.append(
        {"type": "message_delta", "delta": ended, "usage": {"output_tokens": usage["output_tokens"]}}
    )
    return [*events, {"type": "message_stop"}]


def default_answer(body: dict[str, Any]) -> str:
    """A text that shows the idea it was made from, in whatever shape the schema asks for."""
    content = body["messages"][-1]["content"]
    texts = [content] if isinstance(content, str) else [block.get("text", "") for block in content]
    said = "\n".join(texts)
    schema = body.get("output_config", {}).get("format", {}).get("schema")
    line = f"✨ {_idea_in(said)}"
    return line if schema is None else json.dumps(fill_schema(schema, line), ensure_ascii=False)


def _idea_in(content: str) -> str:
    """The value of "idea" when the request carries JSON that has one, else the end of what was said."""
    decoder = json.JSONDecoder()
    at = content.find("{")
    while at >= 0:
        try:
            found, _ = decoder.raw_decode(content, at)
        except ValueError:
            at = content.find("{", at + 1)
            continue
        if isinstance(found, dict) and isinstance(found.get("idea"), str):
            return str(found["idea"])
        at = content.find("{", at + 1)
    return content.strip()[-300:]


_STATUS_FAULTS: dict[str, tuple[int, str, str, dict[str, str]]] = {
    "rate_limited": (429, "rate_limit_error", "Rate limit reached", {"retry-after": "4000"}),
    "rate_limited_briefly": (429, "rate_limit_error", "Rate limit reached", {"retry-after": "0"}),
    "no_streaming": (400, "invalid_request_error", "stream: streaming is not supported here", {}),
    "overloaded": (529, "overloaded_error", "Overloaded", {}),
    "broken": (500, "api_error", "Internal server error", {}),
    "unavailable": (503, "api_error", "Service unavailable", {}),
    "no_credit": (402, "billing_error", "Payment required", {}),
    "low_balance": (400, "invalid_request_error", "Your credit balance is too low to access the API", {}),
    "forbidden": (403, "permission_error", "Not allowed", {}),
    "too_large": (413, "request_too_large", "Request exceeds the maximum size", {}),
    "bad_request": (400, "invalid_request_error", "messages: something is wrong", {}),
    "model_gone": (404, "not_found_error", "model: gone", {}),
}
_RAW_FAULTS: dict[str, tuple[str, str]] = {
    "html": ("<html><body>Welcome to the proxy</body></html>", "text/html"),
    "half_json": ('{"id": "msg_1", "type":', "application/json"),
    "list": ("[1, 2, 3]", "application/json"),
}


def _error(status: int, kind: str, message: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(
        {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_fake"},
        status=status,
        headers={"request-id": "req_fake"} | (headers or {}),
    )


async def _serve(port: int, key: str) -> None:
    async with FakeAnthropic(key=key, port=port) as claude:
        print(f"ANTHROPIC_BASE_URL={claude.url} ANTHROPIC_API_KEY={key}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(
        description="An Anthropic-compatible server for trying and testing NEXUS."
    )
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--key", default="test-key")
    arguments = parser.parse_args()
    try:
        asyncio.run(_serve(arguments.port, arguments.key))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
