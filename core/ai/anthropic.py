"""How is Claude asked? Anthropic's Messages API through its own SDK, which is loaded at the first call.

Importing the SDK takes two seconds and 85 MB, so processes that never write do not pay for it.
"""

import asyncio
import importlib
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.ai import models_map
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

    async def complete(self, request: Request[Answer]) -> Completion[Answer]:
        """Ask once, without retries of the SDK's own. Raises ``ProviderError``."""
        import anthropic

        try:
            async with asyncio.timeout(request.time_limit):
                response = await self._client.messages.with_raw_response.create(**_arguments(request))
                body = await response.read()
        except (TimeoutError, anthropic.APITimeoutError):
            raise TimedOut(f"no answer within {request.time_limit:g} s") from None
        except anthropic.APIConnectionError as error:
            raise _unreachable(error) from None
        except anthropic.APIStatusError as error:
            raise _status_error(error) from None
        except anthropic.AnthropicError as error:
            raise BadRequest(f"the SDK would not send it: {type(error).__name__}") from error
        return _completion(request, body)


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
    if status in _BY_STATUS:
        return _BY_STATUS[status](message)
    return Overloaded(message) if status >= 500 else BadRequest(message)


def _reason(body: object) -> str:
    """The API's error message, or what there is instead, shortened."""
    inner = body.get("error") if isinstance(body, dict) else None
    text = inner.get("message") if isinstance(inner, dict) else body
    return (text if isinstance(text, str) else json.dumps(text, default=str))[:300]
