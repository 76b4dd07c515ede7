"""What does the Messages API accept, and what answer fits a schema? The strict half of the fake."""

from typing import Any

_FIELDS = frozenset(
    {
        "model", "max_tokens", "messages", "system", "output_config", "metadata", "stop_sequences", "stream",
        "thinking", "tools", "tool_choice", "service_tier", "cache_control", "inference_geo",
    }
)  # fmt: skip
_SAMPLING = ("temperature", "top_p", "top_k")
_EFFORTS = {"low", "medium", "high", "xhigh", "max"}
_WITHOUT_EFFORT = ("claude-haiku-4-5",)
_REFUSED_IN_SCHEMAS = (
    "minLength",
    "maxLength",
    "maxItems",
    "minimum",
    "maximum",
    "pattern",
    "default",
)


class BadRequestError(Exception):
    """The API's message for a 400."""


def check(body: object) -> dict[str, Any]:
    """Return ``body`` if the API would take it. Raises ``BadRequestError``."""
    if not isinstance(body, dict):
        raise BadRequestError("the body must be an object")
    for name in _SAMPLING:
        _require(name not in body, f"{name}: sampling parameters are not supported by this model")
    for name in body:
        _require(name in _FIELDS, f"{name}: Extra inputs are not permitted")
    _require(isinstance(body.get("model"), str) and body["model"], "model: Field required")
    tokens = body.get("max_tokens")
    _require(isinstance(tokens, int) and 1 <= tokens <= 128_000, "max_tokens: must be between 1 and 128000")
    _check_messages(body.get("messages"))
    _check_system(body.get("system"))
    thinking = body.get("thinking", {})
    _require("budget_tokens" not in thinking, "thinking.budget_tokens: not supported by this model")
    _require(thinking.get("type") != "disabled", "thinking: cannot be disabled for this model")
    forced = body.get("tool_choice", {}).get("type") in {"any", "tool"}
    _require(not forced, "tool_choice: forcing a tool is not supported by this model")
    _check_output_config(body)
    return body


def _check_messages(messages: object) -> None:
    if not isinstance(messages, list) or not messages:
        raise BadRequestError("messages: at least one message is required")
    for number, message in enumerate(messages):
        where = f"messages.{number}"
        _require(isinstance(message, dict), f"{where}: must be an object")
        _require(message.get("role") in {"user", "assistant"}, f"{where}.role: must be user or assistant")
        _check_text(message.get("content"), f"{where}.content")
    _require(messages[-1]["role"] == "user", "messages: prefilling the assistant's turn is not supported")


def _check_text(content: object, where: str) -> None:
    if isinstance(content, str):
        _require(content.strip(), f"{where}: text content blocks must be non-empty")
        return
    if not isinstance(content, list) or not content:
        raise BadRequestError(f"{where}: must be text or a list of blocks")
    for block in content:
        _require(isinstance(block, dict) and "type" in block, f"{where}: every block needs a type")
        if block["type"] == "text":
            text = block.get("text")
            _require(
                isinstance(text, str) and text.strip(), f"{where}: text content blocks must be non-empty"
            )


def _check_system(system: object) -> None:
    if system is None or isinstance(system, str):
        return
    _check_text(system, "system")
    marks = [block for block in system if "cache_control" in block] if isinstance(system, list) else []
    _require(len(marks) <= 4, "system: a maximum of 4 blocks with cache_control may be provided")
    for block in marks:
        _require(block["cache_control"].get("type") == "ephemeral", "cache_control.type: must be ephemeral")


def _check_output_config(body: dict[str, Any]) -> None:
    config = body.get("output_config", {})
    effort = config.get("effort")
    _require(effort is None or effort in _EFFORTS, "output_config.effort: unknown value")
    takes = not str(body["model"]).startswith(_WITHOUT_EFFORT)
    _require(effort is None or takes, "output_config.effort: not supported by this model")
    wanted = config.get("format")
    if wanted is not None:
        _require(wanted.get("type") == "json_schema", "output_config.format.type: must be json_schema")
        _check_schema(wanted.get("schema"), "output_config.format.schema")


def _check_schema(schema: object, where: str) -> None:
    if not isinstance(schema, dict):
        raise BadRequestError(f"{where}: must be an object")
    for name in _REFUSED_IN_SCHEMAS:
        _require(
            name not in schema,
            f"{where}: For '{schema.get('type')}' type, property '{name}' is not supported",
        )
    if schema.get("type") == "object":
        closed = schema.get("additionalProperties") is False
        _require(
            closed, f"{where}: For 'object' type, 'additionalProperties' must be explicitly set to false"
        )
        for name, inner in schema.get("properties", {}).items():
            _check_schema(inner, f"{where}.properties.{name}")
    if schema.get("type") == "array":
        few = schema.get("minItems", 0) in {0, 1}
        _require(few, f"{where}: For 'array' type, 'minItems' values other than 0 or 1 are not supported")
        _check_schema(schema.get("items"), f"{where}.items")


def _require(condition: object, message: str) -> None:
    if not condition:
        raise BadRequestError(message)


def fill_schema(schema: dict[str, Any], text: str, definitions: dict[str, Any] | None = None) -> Any:
    """Return a value of ``schema`` in which every text is ``text``."""
    known = definitions or schema.get("$defs", {})
    if "$ref" in schema:
        return fill_schema(known[schema["$ref"].rpartition("/")[2]], text, known)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return fill_schema(schema["anyOf"][0], text, known)
    kind = schema.get("type")
    if kind == "object":
        return {name: fill_schema(inner, text, known) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [fill_schema(schema["items"], f"{text} ({number})", known) for number in (1, 2)]
    return {"string": text, "integer": 1, "number": 1.0, "boolean": True}.get(str(kind))
