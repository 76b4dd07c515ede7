"""How is LinkedIn called? Every call names the API's version, which LinkedIn serves for about a year."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, Field, SecretStr, field_validator

from core.errors import AuthExpired, PlatformError, Rejected
from core.platforms import rest
from core.platforms.base import Target
from core.platforms.http import Answer
from core.platforms.oauth import OAuth
from core.platforms.rest import Api, Call

# Served until about autumn 2027; the channel's setting `linkedin_version` takes a newer one without an update.
VERSION = "202610"
OAUTH = OAuth(
    authorize="https://www.linkedin.com/oauth/v2/authorization",
    token="https://www.linkedin.com/oauth/v2/accessToken",  # noqa: S106 - an address
    scopes=("openid", "profile", "w_member_social"),
    pkce=False,
)


class Credentials(BaseModel):
    """An access token, and as whom to post: ``urn:li:person:…`` or ``urn:li:organization:…``."""

    access_token: SecretStr = Field(min_length=8)
    author: str
    refresh_token: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    expires_at: datetime | None = None
    refresh_expires_at: datetime | None = (
        None  # LinkedIn's refresh tokens end a year after the login, used or not
    )

    @field_validator("author")
    @classmethod
    def _urn(cls, value: str) -> str:
        if not re.fullmatch(r"urn:li:(person|organization):[\w-]+", value):
            raise ValueError("must be urn:li:person:… or urn:li:organization:…")
        return value


def _reason(answer: Answer) -> str | None:
    """``{"status", "code", "message", "serviceErrorCode"}``"""
    data = answer.data if isinstance(answer.data, dict) else {}
    return str(data["message"]) if data.get("message") else None


def _refusal(answer: Answer, reason: str) -> PlatformError | None:
    code = answer.data.get("code") if isinstance(answer.data, dict) else None
    if answer.status == 426 or code == "NONEXISTENT_VERSION":
        return AuthExpired(
            "LinkedIn no longer serves this API version; set linkedin_version of the channel",
            error_code="version-over", platform="linkedin", reason=reason,
        )  # fmt: skip
    if answer.status == 404:
        return Rejected(reason, error_code="not-found", platform="linkedin", reason=reason)
    if code in {"DUPLICATE_POST", "CONTENT_DUPLICATE"} or "duplicate" in reason.lower():
        return Rejected(reason, error_code="duplicate", platform="linkedin", reason=reason)
    return None


API = Api("linkedin", "LinkedIn", _reason, _refusal)


def credentials(target: Target) -> Credentials:
    """The channel's credentials."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not LinkedIn credentials")
    return opened


async def call(target: Target, request: Call) -> Answer:
    """Make one call with the channel's token and version. Raises as ``core.platforms.rest.call``."""
    version = str(target.settings.get("linkedin_version") or VERSION)
    headers = {"LinkedIn-Version": version, "X-Restli-Protocol-Version": "2.0.0", **(request.headers or {})}
    filled = Call(
        request.method, request.path, request.publishes, request.json, request.data, request.params, headers,
        request.timeout,
    )  # fmt: skip
    return await rest.call(target, API, filled, token=credentials(target).access_token.get_secret_value())


async def ask(target: Target, path: str, params: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """Return what a GET answers. Raises ``Transient`` when it is no object."""
    found = (await call(target, Call("GET", path, params=params))).data
    if not isinstance(found, Mapping):
        raise rest.unreadable(target, API, publishes=False)
    return found


def encoded(urn: str) -> str:
    """Return ``urn`` as a part of a path."""
    return quote(urn, safe="")
