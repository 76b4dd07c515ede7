"""What is sent to an OpenAI-compatible server? A chat completion, in the dialect that this server takes for this model.

Servers and models differ in what they accept: a schema, plain JSON or neither; two names for the length limit; a
temperature or an effort. What a server refuses is named in its 400, and the next body goes without it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel

from core.ai.provider import Request

Format = Literal["json_schema", "json_object", "none"]
TokensField = Literal["max_tokens", "max_completion_tokens"]

_NEXT_FORMAT: dict[Format, Format] = {"json_schema": "json_object", "json_object": "none"}
_FORMAT_WORDS = ("response_format", "json_schema", "json_object", "structured output", "grammar", "guided")
_ROOM_WORDS = ("context length", "context_length", "context size", "context window", "too large")
_SMALLER = 3  # the share of the length limit that is asked for when a model has no room for all of it
# A strict schema may not hold these; the answer is checked against them here instead.
_NOT_STRICT = frozenset(
    {
        "title", "default", "examples", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern", "format",
    }
)  # fmt: skip
_LONGEST_FAULTS = 1_000  # characters


@dataclass(frozen=True, slots=True)
class Dialect:
    """What to send to one server for one model."""

    format: Format = "json_schema"
    tokens: TokensField = "max_tokens"
    temperature: bool = True
    effort: bool = False  # models that take no temperature are asked for an effort instead
    tokens_renamed: bool = False
    small: bool = False
    stream: bool = True
    stream_options: bool = True  # without them a stream is not counted


@dataclass(frozen=True, slots=True)
class Repair:
    """A second try: what the model said, and what is wrong with it."""

    said: str
    faults: str


def body(
    request: Request[Any], dialect: Dialect, repair: Repair | None = None, *, streamed: bool = False
) -> dict[str, Any]:
    """Return the JSON body of one call; ``streamed`` is a wish that the dialect may not know."""
    tokens = request.max_tokens // _SMALLER if dialect.small else request.max_tokens
    sent: dict[str, Any] = {
        "model": request.model,
        "messages": _messages(request, dialect, repair),
        dialect.tokens: tokens,
    }
    if dialect.temperature and request.temperature is not None:
        sent["temperature"] = request.temperature
    if dialect.effort:
        sent["reasoning_effort"] = request.effort
    if dialect.format == "json_schema":
        answer = {"name": "answer", "strict": True, "schema": schema_of(request.answer)}
        sent["response_format"] = {"type": "json_schema", "json_schema": answer}
    elif dialect.format == "json_object":
        sent["response_format"] = {"type": "json_object"}
    if streamed and dialect.stream:
        sent["stream"] = True
        if dialect.stream_options:
            sent["stream_options"] = {"include_usage": True}
    return sent


def adjusted(dialect: Dialect, complaint: str) -> Dialect | None:
    """Return the dialect without what ``complaint`` (the text of a 400) names; None when it names nothing of ours.

    Every change is made once, so the number of tries is bounded.
    """
    said = complaint.lower()
    if dialect.stream_options and ("stream_options" in said or "include_usage" in said):
        return replace(dialect, stream_options=False)
    if dialect.stream and "stream" in said:
        return replace(dialect, stream=False)
    if not dialect.small and _no_room(said):
        return replace(dialect, small=True)
    if dialect.temperature and "temperature" in said:
        return replace(dialect, temperature=False, effort=True)
    if dialect.effort and "effort" in said:
        return replace(dialect, effort=False)
    if not dialect.tokens_renamed and dialect.tokens in said:
        other: TokensField = "max_completion_tokens" if dialect.tokens == "max_tokens" else "max_tokens"
        return replace(dialect, tokens=other, tokens_renamed=True)
    if dialect.format in _NEXT_FORMAT and any(word in said for word in _FORMAT_WORDS):
        return replace(dialect, format=_NEXT_FORMAT[dialect.format])
    return None


def schema_of(answer: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of ``answer`` as the strict mode wants it: every field required, no other ones, no limits."""
    return _strict_object(answer.model_json_schema())


def _no_room(complaint: str) -> bool:
    return any(word in complaint for word in _ROOM_WORDS)


def _messages(request: Request[Any], dialect: Dialect, repair: Repair | None) -> list[dict[str, str]]:
    system = "\n\n".join(block.text for block in request.system)
    if dialect.format != "json_schema":
        system = f"{system}\n\n{_in_words(request.answer)}"
    messages = [{"role": "system", "content": system}, {"role": "user", "content": request.content}]
    if repair is not None:
        wanted = "" if dialect.format != "json_schema" else f" {_in_words(request.answer)}"
        messages += [
            # Cut where an answer within the length limit never is, so that the price of the repair stays bounded.
            {"role": "assistant", "content": repair.said[: request.max_tokens] or "{}"},
            {
                "role": "user",
                "content": f"That cannot be used: {repair.faults[:_LONGEST_FAULTS]}. "
                f"Give the whole answer again, as JSON only.{wanted}",
            },
        ]
    return messages


def _in_words(answer: type[BaseModel]) -> str:
    schema = json.dumps(schema_of(answer), ensure_ascii=False)
    return f"Answer with one JSON object and nothing around it. It must match this JSON schema:\n{schema}"


def _strict(node: object) -> object:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    return _strict_object(node) if isinstance(node, Mapping) else node


def _strict_object(node: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in node.items():
        if key in {
            "properties",
            "$defs",
        }:  # below these, keys are names of fields and not words of the language
            kept[key] = {name: _strict(inner) for name, inner in value.items()}
        elif key not in _NOT_STRICT:
            kept[key] = _strict(value)
    if kept.get("type") == "object":
        kept |= {"required": list(node.get("properties", {})), "additionalProperties": False}
    return kept
