"""How is Discord called? As a bot in a channel, or by the channel's webhook."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator

from core.errors import AuthExpired, PlatformError, Rejected
from core.platforms import http, rest
from core.platforms.base import Target
from core.platforms.http import Answer
from core.platforms.rest import Api, Call

_WEBHOOK = re.compile(r"https?://[^/\s]+/(?:api/(?:v\d+/)?)?webhooks/(\d+)/([\w-]+)")
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_LOST = {10003: "channel-gone", 10015: "webhook-gone", 50001: "rights-missing", 50013: "rights-missing"}
_UNKNOWN_MESSAGE = 10008
_SHOWN_ERRORS = 3


class Credentials(BaseModel):
    """``bot_token`` and ``channel_id``, or ``webhook_url``."""

    bot_token: SecretStr | None = Field(default=None, min_length=20)
    channel_id: str | None = Field(default=None, pattern=r"^\d{5,25}$")
    webhook_url: SecretStr | None = None

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK.fullmatch(value.get_secret_value()):
            raise ValueError("is not a webhook's address like https://discord.com/api/webhooks/123/abc")
        return value

    @model_validator(mode="after")
    def _one_way(self) -> "Credentials":
        if (self.bot_token is None or self.channel_id is None) and self.webhook_url is None:
            raise ValueError("give bot_token and channel_id, or webhook_url")
        return self

    @property
    def webhook(self) -> tuple[str, str] | None:
        """The webhook's id and token, where that is the way in."""
        if self.bot_token is not None or self.webhook_url is None:
            return None
        match = _WEBHOOK.fullmatch(self.webhook_url.get_secret_value())
        return (match[1], match[2]) if match else None


def _reason(answer: Answer) -> str | None:
    """``{"message", "code", "errors": {…: {"_errors": [{"message"}]}}}``; the inner messages say which field."""
    data = answer.data if isinstance(answer.data, dict) else {}
    inner = list(_messages(data.get("errors"), ""))[:_SHOWN_ERRORS]
    words = "; ".join(inner) or data.get("message")
    return str(words) if words else None


def _messages(node: Any, path: str) -> Any:
    if not isinstance(node, Mapping):
        return
    for error in node.get("_errors", []):
        if isinstance(error, Mapping) and error.get("message"):
            yield f"{path}: {error['message']}" if path else str(error["message"])
    for name, below in node.items():
        if name != "_errors":
            yield from _messages(below, f"{path}.{name}" if path else str(name))


def _refusal(answer: Answer, reason: str) -> PlatformError | None:
    code = answer.data.get("code") if isinstance(answer.data, dict) else None
    if code in _LOST:
        return AuthExpired(reason, error_code=_LOST[code], platform="discord", reason=reason)
    if code == _UNKNOWN_MESSAGE:
        return Rejected(reason, error_code="not-found", platform="discord", reason=reason)
    return None


def _retry_after(answer: Answer) -> float | None:
    seconds = answer.data.get("retry_after") if isinstance(answer.data, dict) else None
    return float(seconds) if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None


API = Api("discord", "Discord", _reason, _refusal, _retry_after)


def credentials(target: Target) -> Credentials:
    """The channel's credentials."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not Discord credentials")
    return opened


async def call(target: Target, request: Call) -> Answer:
    """Make one call; ``path`` begins at the channel or the webhook ("/messages"), or at the root with "//".

    Raises as ``core.platforms.rest.call``.
    """
    opened = credentials(target)
    hook = opened.webhook
    headers = dict(request.headers or {})
    if hook is not None:
        here = f"/webhooks/{hook[0]}/{hook[1]}"
        secrets: tuple[str, ...] = (hook[1],)
    else:
        assert opened.bot_token is not None  # noqa: S101 - the model's own rule
        secrets = (opened.bot_token.get_secret_value(),)
        headers["Authorization"] = f"Bot {secrets[0]}"
        here = f"/channels/{opened.channel_id}"
    path = request.path[1:] if request.path.startswith("//") else here + request.path
    answer = await http.request(
        target.http,
        http.Request(
            platform=API.title,
            method=request.method,
            url=f"{target.api_base}{path}",
            publishes=request.publishes,
            clock=target.clock,
            secrets=secrets,
            json=request.json,
            data=request.data,
            headers=headers,
            params=request.params or {},
            timeout=request.timeout,
            retry_after=API.retry_after,
        ),
    )
    if answer.status < 400:
        return answer
    raise rest.refused(API, answer, secrets)
