"""How is VK called? One address a method; a refusal comes with HTTP 200 and an ``error`` in the body."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, Field, SecretStr, field_validator

from core.errors import AuthExpired, PlatformError, RateLimited, Rejected, Transient
from core.platforms import http, rest
from core.platforms.base import Target
from core.platforms.http import Answer
from core.platforms.oauth import OAuth
from core.platforms.rest import Api, Call

VERSION = "5.199"
# https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/connection/api-description
OAUTH = OAuth(
    authorize="https://id.vk.com/authorize",
    token="https://id.vk.com/oauth2/auth",  # noqa: S106 - an address
    scopes=("wall", "photos", "video", "groups", "offline"),
)

# https://dev.vk.com/reference/errors
_TOKEN = {5, 27, 28, 1114, 1117, 3609, 3610}
_RIGHTS = {7, 15, 203, 204, 260}
_TOO_FAST = {6: 1.0, 9: 60.0, 29: 3600.0}  # code: seconds to wait; VK names none
_IN_DOUBT = {1, 10}  # unknown error, internal error: the post may stand all the same
_GONE = {18, 30, 210}


class Credentials(BaseModel):
    """A user's token with the right `wall`, and whose wall it is: negative for a community."""

    access_token: SecretStr = Field(min_length=8)
    owner_id: int
    refresh_token: SecretStr | None = None
    client_id: str | None = None
    device_id: str | None = None
    expires_at: datetime | None = None

    @field_validator("owner_id")
    @classmethod
    def _somebody(cls, value: int) -> int:
        if value == 0:
            raise ValueError("is the number of a person, or of a community with a minus before it")
        return value


def _reason(answer: Answer) -> str | None:
    error = answer.data.get("error") if isinstance(answer.data, dict) else None
    return str(error.get("error_msg")) if isinstance(error, Mapping) and error.get("error_msg") else None


API = Api("vk", "VK", _reason)


def credentials(target: Target) -> Credentials:
    """The channel's credentials."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not VK credentials")
    return opened


async def call(target: Target, method: str, *, publishes: bool = False, **params: Any) -> Any:
    """Call ``method`` and return its ``response``; parameters that are None are left out.

    Raises as ``core.platforms.rest.call``, and what the error in the body means.
    """
    opened = credentials(target)
    body = {name: str(value) for name, value in params.items() if value is not None} | {"v": VERSION}
    request = Call("POST", f"/method/{method}", publishes=publishes, data=body)
    answer = await rest.call(target, API, request, token=opened.access_token.get_secret_value())
    data = answer.data if isinstance(answer.data, dict) else {}
    if "response" in data:
        return data["response"]
    if isinstance(data.get("error"), Mapping):
        raise _error(target, data["error"], publishes=publishes)
    raise rest.unreadable(target, API, publishes=publishes)


def _error(target: Target, error: Mapping[str, Any], *, publishes: bool) -> PlatformError:
    code = error.get("error_code")
    secret = credentials(target).access_token.get_secret_value()
    reason = http.redact(str(error.get("error_msg") or f"error {code}"), (secret,))[:500]
    more: dict[str, Any] = {"platform": "vk", "reason": reason}
    if code in _TOKEN:
        return AuthExpired(reason, error_code="bad-token", **more)
    if code in _RIGHTS:
        return AuthExpired(reason, error_code="rights-missing", **more)
    if code in _TOO_FAST:
        moment = target.clock.now() + timedelta(seconds=_TOO_FAST[code])
        return RateLimited("VK asks to slow down", retry_at=moment, platform="VK")
    if code == 14:
        return AuthExpired(
            "VK wants a person to solve a captcha", error_code="captcha", platform="vk", reason=reason
        )
    if code in _IN_DOUBT:
        kind = Transient if not publishes else None
        return kind(reason, error_code=f"vk-{code}", platform="VK") if kind else _doubt(target, reason, code)
    if code in _GONE:
        return Rejected(reason, error_code="not-found", **more)
    return Rejected(reason, error_code=f"vk-{code}", **more)


def _doubt(target: Target, reason: str, code: Any) -> PlatformError:
    request = http.Request(platform="VK", method="", url="", publishes=True, clock=target.clock)
    return http.doubtful(request, reason, f"vk-{code}")
