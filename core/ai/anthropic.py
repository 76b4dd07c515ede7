"""How is Claude asked? Anthropic's Messages API through its own SDK, which is loaded at the first call.

Importing the SDK takes two seconds and 85 MB, so processes that never write do not pay for it.
"""

import asyncio
import importlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.ai import models_map, sse
from core.ai.anthropic_stream import Assembly
from core.ai.growing import Growing
from core.ai.provider import (
    Answer,
    BadKey,
    BadRequest,
    Charge,
    Completion,
    InvalidAnswer,
    ModelGone,
    NoCredit,
    Overloaded,
    ProviderError,
    Refused,
    Request,
    Terms,
    TimedOut,
    Truncated,
    Unreachable,
    Usage,
    seconds,
)
from core.config import Settings

if TYPE_CHECKING:
    from anthropic import APIStatusError, AsyncAnthropic

_DEFAULT_BASE_URL = "https://api.anthropic.com"
_COMPLETE = frozenset({"end_turn", "stop_sequence"})
_CUT_OFF = frozenset({"max_tokens", "model_context_window_exceeded"})


class _Lenient(BaseModel):
    """Part of an answer; what we do not use may be anything."""

    model_config = ConfigDict(extra="allow")


class _Content(_Lenient):
    type: str
    text: str = ""


class _ReportedUsage(_Lenient):
    input_tokens: int = Field(ge=0)
    output_tokens: int = Field(ge=0)
    cache_creation_input_tokens: int | None = None
    cache_read_input_tokens: int | None = None


class _Message(_Lenient):
    """The answer's body, checked by us: the SDK builds its objects from anything, a page of HTML included."""

    model: str
    content: list[_Content]
    stop_reason: str | None
    usage: _ReportedUsage

    def used(self) -> Usage:
        """The tokens, the cached ones among the input (the API counts them apart)."""
        cached = (self.usage.cache_creation_input_tokens or 0) + (self.usage.cache_read_input_tokens or 0)
        return Usage(
            self.usage.input_tokens + cached,
            self.usage.output_tokens,
            self.usage.model_dump(exclude_none=True),
        )


class AnthropicProvider:
    """The provider over one open client; made by ``opened``."""

    terms = Terms(price_list="anthropic")

    def __init__(self, client: "AsyncAnthropic") -> None:
        self._client = client

    async def complete(
        self, request: Request[Answer], on_text: Callable[[str], None] | None = None
    ) -> Completion[Answer]:
        """Ask once, without retries of the SDK's own. Raises ``ProviderError``."""
        if on_text is None:
            body = await self._guarded(request, self._whole(request))
            return _completion(request, body)
        assembly = Assembly(Growing(request.shown, on_text))
        try:
            body = await self._guarded(request, self._streamed(request, assembly))
        except (TimedOut, Unreachable, InvalidAnswer) as error:
            if assembly.begun:
                raise assembly.marked(error) from None
            raise
        except BadRequest as error:
            if "stream" not in str(error).lower():
                raise
            body = await self._guarded(request, self._whole(request))
        return _completion(request, body)

    async def _guarded(self, request: Request[Any], asking: Awaitable[bytes]) -> bytes:
        """Wait for the answer, never beyond the time limit, and turn whatever fails into an error of the seam."""
        import anthropic
        import httpx2

        try:
            async with asyncio.timeout(request.time_limit):
                return await asking
        except (TimeoutError, anthropic.APITimeoutError, httpx2.TimeoutException):
            raise TimedOut(f"no answer within {request.time_limit:g} s") from None
        except anthropic.APIConnectionError as error:
            raise _unreachable(error) from None
        except anthropic.APIStatusError as error:
            raise _status_error(error) from None
        except anthropic.AnthropicError as error:
            raise BadRequest(f"the SDK would not send it: {type(error).__name__}") from error
        except httpx2.HTTPError as error:
            raise Unreachable(f"the stream broke off: {type(error).__name__}") from None

    async def _whole(self, request: Request[Any]) -> bytes:
        response = await self._client.messages.with_raw_response.create(**_arguments(request))
        body: bytes = await response.read()
        return body

    async def _streamed(self, request: Request[Any], assembly: Assembly) -> bytes:
        """The answer as it comes, put together; whole from a server that does not stream."""
        create = self._client.messages.with_streaming_response.create
        async with create(**_arguments(request), stream=True) as response:
            kind = response.headers.get("content-type", "")
            if not kind.startswith("text/event-stream"):
                whole: bytes = await response.read()
                return whole
            chunks = response.http_response.aiter_bytes()
            limits = {"idle_limit": request.idle_limit, "first_limit": request.time_limit}
            async with aclosing(sse.events(chunks, **limits)) as events:
                async for event in events:
                    assembly.take(event)
        if not assembly.ended:
            raise Unreachable("the stream ended before the message did")
        return json.dumps(assembly.message).encode()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[AnthropicProvider]:
    """Open a client with the installation's key, and close it. Raises ``BadKey`` when the key cannot be one."""
    key = settings.anthropic_api_key.get_secret_value() if settings.anthropic_api_key else ""
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise BadKey("ANTHROPIC_API_KEY is not set, or cannot be a key: it has characters no header may hold")
    # In a thread: two seconds of importing must not stop the chat.
    anthropic = await asyncio.to_thread(importlib.import_module, "anthropic")
    client: AsyncAnthropic = anthropic.AsyncAnthropic(
        api_key=key,
        # Given always, or the SDK would look into the environment behind the settings' back.
        base_url=str(settings.anthropic_base_url or _DEFAULT_BASE_URL).rstrip("/"),
        # Its retries obey a Retry-After of days; the fallback model and the owner's button are better ones.
        max_retries=0,
    )
    try:
        yield AnthropicProvider(client)
    finally:
        await client.close()


def _arguments(request: Request[Any]) -> dict[str, Any]:
    """The call's arguments. No sampling parameters: the models of today answer 400 to them."""
    from anthropic import transform_schema

    config: dict[str, Any] = {
        "format": {"type": "json_schema", "schema": transform_schema(request.answer)},
    }
    if models_map.takes_effort(request.model):
        config["effort"] = request.effort
    return {
        "model": request.model,
        "max_tokens": request.max_tokens,
        "system": [
            {"type": "text", "text": block.text}
            | ({"cache_control": {"type": "ephemeral"}} if block.cached else {})
            for block in request.system
        ],
        "messages": [{"role": "user", "content": request.content}],
        "output_config": config,
        "timeout": request.time_limit,
    }


def _completion(request: Request[Answer], body: bytes) -> Completion[Answer]:
    try:
        message = _Message.model_validate_json(body)
    except ValidationError:
        error = InvalidAnswer("the answer is not a message of the API")
        error.charge = Charge.UNKNOWN
        raise error from None
    usage = message.used()
    if message.stop_reason == "refusal":
        raise Refused("the model declined", usage=usage, model=message.model)
    if message.stop_reason in _CUT_OFF:
        raise Truncated(f"stopped by {message.stop_reason}", usage=usage, model=message.model)
    if message.stop_reason not in _COMPLETE:
        raise InvalidAnswer(f"stopped by {message.stop_reason}", usage=usage, model=message.model)
    # By type, not by place: thinking may come first.
    text = "".join(block.text for block in message.content if block.type == "text")
    try:
        answer = request.answer.model_validate_json(_without_fence(text))
    except ValidationError as invalid:
        where = ", ".join(".".join(map(str, item["loc"])) or item["type"] for item in invalid.errors())
        raise InvalidAnswer(f"not of the given shape: {where}", usage=usage, model=message.model) from None
    return Completion(answer, message.model, usage)


def _without_fence(text: str) -> str:
    """Compatible servers that ignore the schema like to wrap JSON in a Markdown fence."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        return text.removeprefix("```").removeprefix("json").removesuffix("```").strip()
    return text


def _unreachable(error: Exception) -> Unreachable:
    """A connection that was never made cannot have cost anything."""
    import httpx2

    problem = Unreachable(f"no connection: {type(error.__cause__ or error).__name__}")
    if isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout):
        problem.charge = Charge.NONE
    return problem


_BY_STATUS: dict[int, type[ProviderError]] = {
    401: BadKey,
    402: NoCredit,
    403: BadKey,
    404: ModelGone,
    408: Overloaded,
    409: Overloaded,
    429: Overloaded,
}


def _status_error(error: "APIStatusError") -> ProviderError:
    """What an HTTP status means. The message is the provider's own and goes to the log, not to the owner."""
    status = error.status_code
    message = f"HTTP {status}: {_reason(error.body)}"
    if status == 400 and "credit balance" in message.lower():
        return NoCredit(message)
    kind = _BY_STATUS.get(status) or (Overloaded if status >= 500 else BadRequest)
    if issubclass(kind, Overloaded):
        return kind(message, retry_after=seconds(error.response.headers.get("retry-after")))
    return kind(message)


def _reason(body: object) -> str:
    """The API's error message, or what there is instead, shortened."""
    inner = body.get("error") if isinstance(body, dict) else None
    text = inner.get("message") if isinstance(inner, dict) else body
    return (text if isinstance(text, str) else json.dumps(text, default=str))[:300]
