"""How does a post reach the owner's address? Signed, with an id that is the same for every try."""

import base64
import hmac
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, field_validator

from core.errors import AuthExpired, Rejected
from core.platforms import http
from core.platforms.base import Account, MediaItem, Part, Sent, Target
from core.platforms.http import Answer
from core.platforms.media_files import address

TITLE = "Webhook"
DEFAULT_BASE = "https://webhook.invalid"  # every channel brings its own address


class Credentials(BaseModel):
    """Where to send, and the secret that signs: text, or ``whsec_`` and base64 as Standard Webhooks write it."""

    url: str
    secret: SecretStr = Field(min_length=16)

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
            raise ValueError("is not a web address like https://example.org/hook")
        return value


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Send the post. Any answer of 200 to 299 means that it was taken. Raises as ``core.platforms.base.Publish``."""
    data = dict(part.payload) | {"media": [await _file(target, item) for item in part.media]}
    message_id = f"msg_{key[:32]}"
    await _send(target, message_id, {"type": part.method, "data": data}, publishes=True)
    return Sent((message_id,))


async def check(target: Target) -> Account:
    """Send a `ping`, which a receiver answers like any message. Raises as ``Publish``."""
    await _send(target, f"msg_ping_{target.channel_id.hex}", {"type": "ping", "data": {}}, publishes=False)
    host = urlsplit(_address(target)).hostname or ""
    return Account(name=host, known_as=(_credentials(target).url,))


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Return the `webhook-signature` of a message."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(_key(secret), signed, "sha256").digest()
    return "v1," + base64.b64encode(digest).decode()


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        return base64.b64decode(secret.removeprefix("whsec_") + "==")
    return secret.encode()


async def _send(target: Target, message_id: str, message: dict[str, Any], *, publishes: bool) -> None:
    opened = _credentials(target)
    moment = target.clock.now()
    stamped = {"type": message["type"], "timestamp": moment.isoformat(), "data": message["data"]}
    body = json.dumps(stamped, ensure_ascii=False).encode()
    timestamp = str(int(moment.timestamp()))
    secret = opened.secret.get_secret_value()
    answer = await http.request(
        target.http,
        http.Request(
            platform=TITLE, method="POST", url=_address(target), publishes=publishes, clock=target.clock,
            secrets=(secret, opened.url), data=body, any_body=True,
            headers={
                "Content-Type": "application/json",
                "webhook-id": message_id,
                "webhook-timestamp": timestamp,
                "webhook-signature": signature(secret, message_id, timestamp, body),
            },
        ),
    )  # fmt: skip
    if answer.status >= 400:
        raise _refused(answer)


def _refused(answer: Answer) -> AuthExpired | Rejected:
    reason = f"HTTP {answer.status}"
    if answer.status in {401, 403, 404, 410}:
        return AuthExpired(
            "the receiver does not take our messages", error_code="refused", platform="webhook", reason=reason
        )
    return Rejected(
        "the receiver refuses this post",
        error_code=f"http-{answer.status}",
        platform="webhook",
        reason=reason,
    )


def _address(target: Target) -> str:
    url = _credentials(target).url
    if target.api_base == DEFAULT_BASE:
        return url
    parts = urlsplit(url)
    return f"{target.api_base}{parts.path}" + (f"?{parts.query}" if parts.query else "")


async def _file(target: Target, item: MediaItem) -> dict[str, str]:
    return {"type": str(item.kind), "url": await address(target, item), "alt": item.alt}


def _credentials(target: Target) -> Credentials:
    if not isinstance(target.credentials, Credentials):
        raise TypeError("these are not a webhook's credentials")
    return target.credentials
