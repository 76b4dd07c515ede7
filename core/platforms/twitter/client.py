"""How is X called?"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, SecretStr

from core.errors import AuthExpired, PlatformError, Rejected
from core.platforms import rest
from core.platforms.base import Target
from core.platforms.http import Answer
from core.platforms.oauth import OAuth
from core.platforms.rest import Api, Call

OAUTH = OAuth(
    authorize="https://x.com/i/oauth2/authorize",
    token="/2/oauth2/token",  # noqa: S106 - an address
    scopes=("tweet.read", "tweet.write", "users.read", "media.write", "offline.access"),
    client_auth="basic",
)


class Credentials(BaseModel):
    """A user's access token; with a refresh token and the application's id it is renewed by itself."""

    access_token: SecretStr = Field(min_length=8)
    refresh_token: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    user_id: str | None = None  # whose token it is, as X says when it is connected
    expires_at: datetime | None = None


def _reason(answer: Answer) -> str | None:
    """``{"title", "detail", "errors": [{"message"}]}``"""
    data = answer.data if isinstance(answer.data, dict) else {}
    errors = [one.get("message") for one in data.get("errors", []) if isinstance(one, dict)]
    words = data.get("detail") or "; ".join(str(one) for one in errors if one) or data.get("title")
    return str(words) if words else None


def _refusal(answer: Answer, reason: str) -> PlatformError | None:
    lowered = reason.lower()
    if answer.status == 402 or "creditsdepleted" in lowered.replace(" ", ""):
        return AuthExpired(reason, error_code="no-credit", platform="twitter", reason=reason)
    if answer.status == 403 and "duplicate" in lowered:
        return Rejected(reason, error_code="duplicate", platform="twitter", reason=reason)
    if answer.status == 403 and "not allowed to create" in lowered:
        return Rejected(reason, error_code="http-403", platform="twitter", reason=reason)
    if answer.status == 404:
        return Rejected(reason, error_code="not-found", platform="twitter", reason=reason)
    return None


API = Api("twitter", "X", _reason, _refusal)


def credentials(target: Target) -> Credentials:
    """The channel's credentials."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not X credentials")
    return opened


async def call(target: Target, request: Call) -> Answer:
    """Make one call with the channel's token. Raises as ``core.platforms.rest.call``.

    Where X names no ``Retry-After``, the end of the window stands in ``x-rate-limit-reset``.
    """
    api = Api(API.slug, API.title, _reason, _refusal, lambda answer: _reset(answer, target))
    return await rest.call(target, api, request, token=credentials(target).access_token.get_secret_value())


async def ask(target: Target, path: str, params: dict[str, str] | None = None) -> Any:
    """Return the ``data`` of what a GET answers."""
    found = (await call(target, Call("GET", path, params=params))).data
    return found.get("data") if isinstance(found, dict) else None


def _reset(answer: Answer, target: Target) -> float | None:
    if answer.headers.get("Retry-After"):
        return None
    moment = answer.headers.get("x-rate-limit-reset", "")
    return float(moment) - target.clock.now().timestamp() if moment.isdecimal() else None
