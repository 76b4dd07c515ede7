"""What does a chat-completions server accept? The strict half of the fake, with the differences between servers."""

from dataclasses import dataclass
from typing import Any

_FIELDS = frozenset(
    {
        "model", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "stream", "stop",
        "response_format", "reasoning_effort", "seed", "user", "tools", "tool_choice", "metadata", "store",
        "stream_options",
    }
)  # fmt: skip
_EFFORTS = {"minimal", "low", "medium", "high"}
_NOT_STRICT = (
    "title",
    "default",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "pattern",
)


@dataclass(frozen=True, slots=True)
class Manners:
    """What this server and its models take. ``formats`` beside those named are answered with 400."""

    formats: frozenset[str] = frozenset({"json_schema", "json_object"})
    tokens: frozenset[str] = frozenset({"max_tokens", "max_completion_tokens"})
    temperature: bool = True
    effort: bool = False
    most_tokens: int = 128_000
    stream: bool = True
    stream_options: bool = True


class BadRequestError(Exception):
    """The API's message for a 400, and the parameter it names."""

    def __init__(self, message: str, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.param = param
        self.code = code


def check(body: object, manners: Manners) -> dict[str, Any]:
    """Return ``body`` if the server would take it. Raises ``BadRequestError``."""
    if not isinstance(body, dict):
        raise BadRequestError("We could not parse the JSON body of your request.")
    for name in body:
        _require(name in _FIELDS, f"Unrecognized request argument supplied: {name}", name)
    _require(
        isinstance(body.get("model"), str) and body["model"], "you must provide a model parameter", "model"
    )
    _check_messages(body.get("messages"))
    _check_tokens(body, manners)
    if "temperature" in body:
        _require(
            manners.temperature,
            f"Unsupported value: 'temperature' does not support {body['temperature']} with this model. "
            "Only the default (1) value is supported.",
            "temperature",
        )
        _require(0 <= body["temperature"] <= 2, "Invalid 'temperature'", "temperature")
    if "reasoning_effort" in body:
        _require(
            manners.effort, "Unrecognized request argument supplied: reasoning_effort", "reasoning_effort"
        )
        _require(body["reasoning_effort"] in _EFFORTS, "Invalid 'reasoning_effort'", "reasoning_effort")
    _check_format(body, manners)
    if "stream_options" in body:
        known = manners.stream_options and body.get("stream") is True
        _require(known, "Unrecognized request argument supplied: stream_options", "stream_options")
    _require(manners.stream or not body.get("stream"), "stream: true is not supported", "stream")
    return body


def _check_messages(messages: object) -> None:
    if not isinstance(messages, list) or not messages:
        raise BadRequestError("Invalid 'messages': empty array.", "messages")
    for number, message in enumerate(messages):
        where = f"messages[{number}]"
        _require(isinstance(message, dict), f"Invalid '{where}': an object is expected", where)
        _require(message.get("role") in {"system", "user", "assistant"}, f"Invalid '{where}.role'", where)
        content = message.get("content")
        _require(isinstance(content, str) and content.strip(), f"Invalid '{where}.content': empty", where)
    _require(messages[-1]["role"] == "user", "The last message must be the user's", "messages")


def _check_tokens(body: dict[str, Any], manners: Manners) -> None:
    for name in ("max_tokens", "max_completion_tokens"):
        if name in body:
            other = "max_completion_tokens" if name == "max_tokens" else "max_tokens"
            _require(
                name in manners.tokens,
                f"Unsupported parameter: '{name}' is not supported with this model. Use '{other}' instead.",
                name,
                "unsupported_parameter",
            )
            _require(isinstance(body[name], int) and body[name] >= 1, f"Invalid '{name}'", name)
            if body[name] > manners.most_tokens:
                raise BadRequestError(
                    f"This model's maximum context length is {manners.most_tokens} tokens. Please reduce the length.",
                    "messages",
                    "context_length_exceeded",
                )
    _require(
        not {"max_tokens", "max_completion_tokens"} <= set(body), "Only one of both may be set", "max_tokens"
    )


def _check_format(body: dict[str, Any], manners: Manners) -> None:
    wanted = body.get("response_format")
    if wanted is None:
        return
    kind = wanted.get("type")
    _require(
        kind in manners.formats, f"'response_format.type' of '{kind}' is not supported", "response_format"
    )
    if kind == "json_object":
        said = " ".join(message["content"] for message in body["messages"])
        _require("json" in said.lower(), "'messages' must contain the word 'json' in some form", "messages")
    if kind == "json_schema":
        outer = wanted.get("json_schema", {})
        _require(
            outer.get("name"),
            "Missing required parameter: 'response_format.json_schema.name'",
            "response_format",
        )
        _check_schema(outer.get("schema"), strict=outer.get("strict") is True)


def _check_schema(schema: object, *, strict: bool) -> None:
    where = "Invalid schema for response_format"
    if not isinstance(schema, dict):
        raise BadRequestError(f"{where}: an object is expected", "response_format")
    if not strict:
        return
    for name in _NOT_STRICT:
        _require(name not in schema, f"{where}: '{name}' is not permitted", "response_format")
    if schema.get("type") == "object":
        properties = schema.get("properties", {})
        _require(
            schema.get("additionalProperties") is False,
            f"{where}: 'additionalProperties' is required to be supplied and to be false",
            "response_format",
        )
        _require(
            schema.get("required") == list(properties),
            f"{where}: 'required' has to include every key in properties",
            "response_format",
        )
        for inner in properties.values():
            _check_schema(inner, strict=True)
    if schema.get("type") == "array":
        _check_schema(schema.get("items"), strict=True)


def _require(condition: object, message: str, param: str | None = None, code: str | None = None) -> None:
    if not condition:
        raise BadRequestError(message, param, code)
