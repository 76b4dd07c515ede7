"""What did an OpenAI-compatible server answer? Its body read with suspicion, its errors as those of the seam."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.ai.provider import (
    Answer,
    BadKey,
    BadRequest,
    Charge,
    InvalidAnswer,
    ModelGone,
    NoCredit,
    Overloaded,
    ProviderError,
    Refused,
    Truncated,
    Usage,
    seconds,
)

# Besides the documented "stop", what compatible servers say for the same thing.
_COMPLETE = frozenset({"stop", "eos", "end_turn", "", None})
_THOUGHT = re.compile(r"\s*<think>.*?</think>", re.DOTALL)
_UNPAID = ("insufficient credits", "insufficient balance", "billing", "credit balance")
_FILTERED = ("content_filter", "content_policy", "moderation")
_UNKNOWN_MODEL = (
    "model_not_found",
    "not a valid model",
    "model not found",
    "no such model",
    "model does not exist",
)
_NO_ROOM = ("context length", "context_length", "context size", "context window")
_BY_STATUS: dict[int, type[ProviderError]] = {
    401: BadKey,
    402: NoCredit,
    403: BadKey,
    408: Overloaded,
    409: Overloaded,
    425: Overloaded,
    429: Overloaded,
}


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="allow")


class _Part(_Lenient):
    type: str = "text"
    text: str | None = None


class _Said(_Lenient):
    content: str | list[_Part] | None = None
    refusal: str | None = None


class _Choice(_Lenient):
    message: _Said
    finish_reason: str | None = None


class _Details(_Lenient):
    cached_tokens: int | None = Field(default=None, ge=0)


class _Reported(_Lenient):
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(default=0, ge=0)
    prompt_tokens_details: _Details | None = None


class _Body(_Lenient):
    choices: list[_Choice] = Field(min_length=1)
    model: str | None = None
    usage: Any = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the model wrote. ``usage.reported`` is empty when the server does not count."""

    text: str
    model: str
    usage: Usage


class NotOfShape(Exception):
    """The text is not the JSON that was asked for; the message names the faults."""


def said(body: bytes, model: str) -> Said:
    """Return what the model wrote in the ``body`` of a 200. Raises ``ProviderError``."""
    data = parsed(body)
    error = data.get("error") if isinstance(data, dict) else None
    if error and not (isinstance(data, dict) and data.get("choices")):
        raise told_as_success(error, body)
    try:
        checked = _Body.model_validate(data)
    except ValidationError:
        raise _no_completion("the answer is not a chat completion") from None
    choice, name = checked.choices[0], checked.model or model
    usage = _used(checked.usage)
    if choice.message.refusal:
        raise Refused("the model declined", usage=usage, model=name)
    if choice.finish_reason in _FILTERED:
        raise Refused(f"stopped by {choice.finish_reason}", usage=usage, model=name)
    if choice.finish_reason == "length":
        raise Truncated("stopped by length", usage=usage, model=name)
    if choice.finish_reason not in _COMPLETE:
        raise InvalidAnswer(f"stopped by {str(choice.finish_reason)[:40]}", usage=usage, model=name)
    return Said(_text(choice.message.content), name, usage)


def read(answer: type[Answer], text: str) -> Answer:
    """Return ``text`` as ``answer``, without the thoughts, fence or words around it. Raises ``NotOfShape``."""
    bare = _THOUGHT.sub("", text).strip()
    start, end = bare.find("{"), bare.rfind("}")
    if start < 0 or end < start:
        raise NotOfShape("there is no JSON object in it")
    try:
        return answer.model_validate_json(bare[start : end + 1])
    except ValidationError as invalid:
        faults = [f"{'.'.join(map(str, item['loc'])) or 'JSON'}: {item['msg']}" for item in invalid.errors()]
        raise NotOfShape("; ".join(faults)) from None


def parsed(body: bytes) -> Any:
    """Return the JSON in ``body``, None when there is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def complaint(body: bytes) -> str:
    """Return what an error's body says in one line: its parameter, code and message, or the text there is instead."""
    data = parsed(body)
    inner = data.get("error", data) if isinstance(data, dict) else data
    if isinstance(inner, dict) and isinstance(inner.get("message"), str):
        parts = (inner.get("param"), inner.get("code"), inner["message"])
        return " ".join(str(part) for part in parts if part)[:600]
    text = json.dumps(inner, default=str) if inner is not None else body.decode("utf-8", "replace")
    return " ".join(text.split())[:600]


def failure(status: int, words: str, headers: Mapping[str, str]) -> ProviderError:
    """Return the error for an HTTP ``status`` with the server's ``words``, which go to the log, not to the owner."""
    message, low = f"HTTP {status}: {words[:300]}", words.lower()
    # Some servers speak of billing in every 429; only this code means that waiting would not help.
    if "insufficient_quota" in low or (status in {400, 403} and any(word in low for word in _UNPAID)):
        return NoCredit(message)
    if status in {400, 403} and any(word in low for word in _FILTERED):
        return Refused(message)
    if status == 404 and "model" in low:
        return ModelGone(message)
    if status in {400, 422} and any(word in low for word in _UNKNOWN_MODEL):
        return ModelGone(message)
    if status in {400, 422} and any(word in low for word in _NO_ROOM):
        return Truncated(message)  # another model may have a longer context
    if status == 404 or 300 <= status < 400:
        return BadRequest(f"{message}; is OPENAI_BASE_URL complete? most servers want /v1 at its end")
    if status == 429:
        wait = headers.get("Retry-After", "").strip()[:40]
        told = f"{message} (Retry-After: {wait})" if wait else message
        return Overloaded(told, retry_after=seconds(wait))
    if status in _BY_STATUS:
        return _BY_STATUS[status](message)
    return Overloaded(message) if status >= 500 else BadRequest(message)


def told_as_success(error: object, body: bytes) -> ProviderError:
    """Return the error that a router put into the body of a 200, for the server behind it."""
    code = error.get("code") if isinstance(error, dict) else None
    if isinstance(code, int) and 400 <= code < 600:
        found = failure(code, complaint(body), {})
        found.charge = Charge.UNKNOWN if code >= 500 else Charge.NONE
        return found
    return _no_completion(f"an error instead of an answer: {complaint(body)[:200]}")


def _no_completion(message: str) -> InvalidAnswer:
    error = InvalidAnswer(message)
    error.charge = Charge.UNKNOWN
    return error


def _used(usage: object) -> Usage:
    """The count, or none: a good text is not thrown away because a server counts in its own way."""
    try:
        reported = _Reported.model_validate(usage)
    except ValidationError:
        return Usage()
    return Usage(
        reported.prompt_tokens,
        reported.completion_tokens,
        reported.model_dump(exclude_none=True, mode="json"),
    )


def _text(content: str | list[_Part] | None) -> str:
    if isinstance(content, list):
        return "".join(part.text or "" for part in content if part.type == "text")
    return content or ""
