"""What stands in for an OpenAI-compatible server in tests? A strict one, with faults and other servers' manners.

In a test: ``async with FakeOpenAI() as server: server.url``. For another process:
``python -m tests.fakes.openai --port 8091`` (with ``--key K`` it wants that key, without it none, as local servers
do); faults are queued over ``POST /fake/faults`` with ``{"faults": ["broken", …]}`` (one per coming call, ``"ok"``
for none), and ``GET /fake/requests`` shows what came.
"""

import argparse
import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.anthropic import Answering, default_answer
from tests.fakes.anthropic_checks import fill_schema
from tests.fakes.openai_checks import BadRequestError, Manners, check
from tests.fakes.streaming import Pace, stream

SERVED = frozenset({"house-large", "house-small", "gpt-5.1"})


@dataclass
class Seen:
    """One recorded request."""

    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def system(self) -> str:
        """The whole system prompt."""
        return self._of("system")

    @property
    def content(self) -> str:
        """What the user's turns say."""
        return self._of("user")

    def _of(self, role: str) -> str:
        return "\n".join(turn["content"] for turn in self.body["messages"] if turn["role"] == role)


@dataclass
class FakeOpenAI:
    """The server. ``faults`` are used up one per accepted call; ``key`` is None where none is asked for."""

    key: str | None = "test-key"
    port: int = 0
    served: frozenset[str] = SERVED
    manners: Manners = field(default_factory=Manners)
    faults: deque[str] = field(default_factory=deque)
    requests: list[Seen] = field(default_factory=list)
    answering: Answering | None = None
    usage: dict[str, Any] | None = field(
        default_factory=lambda: {"prompt_tokens": 1200, "completion_tokens": 300, "total_tokens": 1500}
    )
    slow_seconds: float = 30.0
    pace: Pace = field(default_factory=Pace)
    _runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address for OPENAI_BASE_URL."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def models_asked(self) -> list[str]:
        return [str(seen.body.get("model")) for seen in self.requests]

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._chat)
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

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        try:
            body = json.loads(raw)
        except ValueError:
            return _error(400, "We could not parse the JSON body of your request.")
        self.requests.append(Seen(dict(request.headers), body if isinstance(body, dict) else {}))
        refusal = self._refused(request, body)
        if refusal is not None:
            return refusal
        fault = self.faults.popleft() if self.faults else "ok"
        if fault in _STATUS_FAULTS:
            status, message, code, headers = _STATUS_FAULTS[fault]
            return _error(status, message, code=code, headers=headers)
        if fault in {"drop", "cut", "slow"}:
            return await self._transport_fault(fault, request)
        if fault == "redirect":
            return web.Response(status=307, headers={"Location": "http://127.0.0.1:9/v1/chat/completions"})
        if fault in _RAW_FAULTS:
            text, content_type = _RAW_FAULTS[fault]
            return web.Response(text=text, content_type=content_type)
        in_stream = fault in STREAM_FAULTS
        completion = self._completion(body, "ok" if in_stream else fault)
        if not body.get("stream") or fault == "not_streamed":
            return web.json_response(completion)
        self.pace.stall_seconds = self.slow_seconds
        counted = bool(body.get("stream_options", {}).get("include_usage"))
        chunks = chunks_of(completion, counted=counted)
        return await stream(request, chunks, self.pace, fault if in_stream else "ok", ERROR_CHUNK)

    def _refused(self, request: web.Request, body: object) -> web.Response | None:
        """What a server checks before it starts a model."""
        offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.key is not None and offered != self.key:
            told = f"Incorrect API key provided: {offered}." if offered else "You didn't provide an API key."
            return _error(401, told, code="invalid_api_key")
        if request.content_type != "application/json":
            return _error(415, "The content type must be application/json")
        try:
            checked = check(body, self.manners)
        except BadRequestError as error:
            return _error(400, str(error), param=error.param, code=error.code)
        if checked["model"] not in self.served:
            return _error(404, f"The model `{checked['model']}` does not exist", code="model_not_found")
        return None

    async def _transport_fault(self, fault: str, request: web.Request) -> web.StreamResponse:
        if fault == "slow":
            await asyncio.sleep(self.slow_seconds)
        elif fault == "cut":  # announces more than it sends
            response = web.StreamResponse(
                headers={"Content-Type": "application/json", "Content-Length": "5000"}
            )
            await response.prepare(request)
            await response.write(b'{"id": "chatcmpl-cut"')
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _completion(self, body: dict[str, Any], fault: str) -> dict[str, Any]:
        text = (self.answering or answer_to)(body)
        message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
        choice: dict[str, Any] = {"index": 0, "message": message, "finish_reason": "stop"}
        if fault in _TEXT_FAULTS:
            message["content"] = _TEXT_FAULTS[fault].replace("{text}", text)
        elif fault in _REASON_FAULTS:
            choice["finish_reason"] = _REASON_FAULTS[fault]
            message["content"] = text[: len(text) // 2]
        elif fault == "refusal":
            message |= {"content": None, "refusal": "I'm sorry, I cannot help with that."}
        elif fault == "parts":
            message["content"] = [{"type": "text", "text": text}]
        elif fault == "no_reason":
            choice["finish_reason"] = None
        elif fault != "ok":
            raise ValueError(f"no such fault: {fault}")
        answer = {
            "id": f"chatcmpl-{len(self.requests):04d}",
            "object": "chat.completion",
            "created": 1_790_000_000,
            "model": body["model"],
            "choices": [choice],
        }
        return answer if self.usage is None else answer | {"usage": self.usage}

    async def _set_faults(self, request: web.Request) -> web.Response:
        self.faults = deque((await request.json())["faults"])
        return web.json_response({"faults": list(self.faults)})

    async def _show_requests(self, request: web.Request) -> web.Response:
        return web.json_response(
            [{"model": seen.body.get("model"), "body": seen.body} for seen in self.requests]
        )


STREAM_FAULTS = frozenset({"stream_drop", "stream_stall", "stream_error", "stream_end", "not_streamed"})
ERROR_CHUNK = {"error": {"code": 502, "message": "Provider returned error"}}


def chunks_of(completion: dict[str, Any], *, counted: bool) -> list[dict[str, Any] | str]:
    """The chunks in which a server streams ``completion``; the count comes in one of its own, when it was asked for."""
    frame = {name: completion[name] for name in ("id", "created", "model")} | {
        "object": "chat.completion.chunk"
    }
    [choice] = completion["choices"]
    content, refusal = choice["message"]["content"] or "", choice["message"]["refusal"]
    if isinstance(content, list):
        content = "".join(part["text"] for part in content)
    deltas = [{"role": "assistant", "content": ""}]
    deltas += [{"content": content[start : start + 7]} for start in range(0, len(content), 7)]
    deltas += [{"refusal": refusal}] if refusal else []
    chunks: list[dict[str, Any] | str] = [
        frame | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas
    ]
    ended = {"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}
    chunks.append(frame | {"choices": [ended]})
    if counted and "usage" in completion:
        chunks.append(frame | {"choices": [], "usage": completion["usage"]})
    return [*chunks, "[DONE]"]


def answer_to(body: dict[str, Any]) -> str:
    """A text that shows the idea it was made from, in the shape asked for: by the API, or in words in the prompt."""
    [first, *_] = [turn["content"] for turn in body["messages"] if turn["role"] == "user"]
    line = default_answer({"messages": [{"content": first}]})
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema") or _schema_in_words(body)
    return line if schema is None else json.dumps(fill_schema(schema, line), ensure_ascii=False)


def _schema_in_words(body: dict[str, Any]) -> dict[str, Any] | None:
    for turn in body["messages"]:
        _, found, after = turn["content"].partition("JSON schema:\n")
        if found:
            schema, _ = json.JSONDecoder().raw_decode(after)
            return dict(schema)
    return None


_QUOTA = "You exceeded your current quota, please check your plan and billing details."
_STATUS_FAULTS: dict[str, tuple[int, str, str | None, dict[str, str]]] = {
    "rate_limited": (429, "Rate limit reached for requests", "rate_limit_exceeded", {"Retry-After": "4000"}),
    "rate_limited_briefly": (
        429,
        "Rate limit reached for requests",
        "rate_limit_exceeded",
        {"Retry-After": "0"},
    ),
    "rate_limited_otherwise": (429, _QUOTA, None, {}),
    "broken": (500, "The server had an error while processing your request", None, {}),
    "bad_gateway": (502, "Bad gateway", None, {}),
    "unavailable": (503, "The engine is currently overloaded", None, {}),
    "no_credit": (402, "Insufficient credits", None, {}),
    "no_quota": (429, _QUOTA, "insufficient_quota", {}),
    "forbidden": (403, "You are not allowed to sample from this model", None, {}),
    "filtered": (400, "The prompt triggered the filter", "content_filter", {}),
    "too_large": (413, "Request entity too large", None, {}),
    "bad_request": (400, "messages: something is wrong", None, {}),
    "unprocessable": (422, "something is wrong", None, {}),
    "model_gone": (404, "model 'gone' not found, try pulling it first", None, {}),
    "not_a_model": (400, "house-large is not a valid model ID", None, {}),
    "no_room": (400, "The prompt exceeds the context window", "context_length_exceeded", {}),
    "no_such_page": (404, "404 page not found", None, {}),
}
_TEXT_FAULTS = {
    "nonsense": "Certainly! Here is your post: {not json",
    "wrong_shape": '{"unexpected": 1}',
    "empty": "",
    "fenced": "```json\n{text}\n```",
    "chatty": "Sure, here it is:\n{text}\nHope you like it!",
    "thinking": '<think>The schema says {"text": …}. Hm.</think>\n{text}',
}
_REASON_FAULTS = {"truncated": "length", "content_filter": "content_filter", "tool": "tool_calls"}
_RAW_FAULTS: dict[str, tuple[str, str]] = {
    "html": ("<html><body>Welcome to the proxy</body></html>", "text/html"),
    "half_json": ('{"id": "chatcmpl-1", "choices":', "application/json"),
    "list": ("[1, 2, 3]", "application/json"),
    "no_choices": ('{"object": "chat.completion", "choices": []}', "application/json"),
    "error_inside": ('{"error": {"code": 502, "message": "Provider returned error"}}', "application/json"),
    "limit_inside": ('{"error": {"code": 429, "message": "Slow down"}}', "application/json"),
    "words_inside": (
        '{"error": "Unexpected endpoint or method. (POST /chat/completions)"}',
        "application/json",
    ),
    "endless": ('{"padding": "' + "x" * (5 * 1024 * 1024) + '"}', "application/json"),
}


def _error(
    status: int,
    message: str,
    *,
    param: str | None = None,
    code: str | None = None,
    headers: dict[str, str] | None = None,
) -> web.Response:
    told = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return web.json_response({"error": told}, status=status, headers=headers)


async def _serve(port: int, key: str | None) -> None:
    async with FakeOpenAI(key=key, port=port) as server:
        print(f"OPENAI_BASE_URL={server.url} OPENAI_API_KEY={key or ''}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="An OpenAI-compatible server for trying and testing NEXUS.")
    parser.add_argument("--port", type=int, default=8091)
    parser.add_argument("--key", default=None)
    arguments = parser.parse_args()
    try:
        asyncio.run(_serve(arguments.port, arguments.key))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
