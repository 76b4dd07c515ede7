"""How is a personal data server called? XRPC: one address a method, JSON in and out."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, SecretStr

from core.errors import AuthExpired, PlatformError, Rejected, Transient
from core.platforms import rest
from core.platforms.base import Target
from core.platforms.http import Answer
from core.platforms.rest import Api, Call


class Credentials(BaseModel):
    """A handle (or e-mail address) and an app password; the session made from them is kept beside."""

    identifier: str = Field(min_length=3)
    app_password: SecretStr = Field(min_length=4)
    did: str | None = None
    handle: str | None = None
    access_jwt: SecretStr | None = None
    refresh_jwt: SecretStr | None = None
    expires_at: datetime | None = None  # of the access token


def _reason(answer: Answer) -> str | None:
    """``{"error": "InvalidRequest", "message": …}``"""
    data = answer.data if isinstance(answer.data, dict) else {}
    words = " ".join(str(data[name]) for name in ("error", "message") if data.get(name))
    return words or None


def error_name(answer: Answer) -> str:
    """Return the error's name, which is what stays the same between versions."""
    return str(answer.data.get("error", "")) if isinstance(answer.data, dict) else ""


def _refusal(answer: Answer, reason: str) -> PlatformError | None:
    name = error_name(answer)
    if name == "ExpiredToken":
        # Nothing was done, and a new session is a matter of seconds.
        return Transient(reason, error_code="token-expired", platform="Bluesky")
    if name in {
        "AuthMissing",
        "InvalidToken",
        "AuthenticationRequired",
        "AccountTakedown",
        "AuthFactorTokenRequired",
    }:
        return AuthExpired(reason, error_code="bad-token", platform="bluesky", reason=reason)
    if name in {"RecordNotFound", "NotFound"} or "could not locate record" in reason.lower():
        return Rejected(reason, error_code="not-found", platform="bluesky", reason=reason)
    if name == "InvalidSwap":
        return Rejected(reason, error_code="exists", platform="bluesky", reason=reason)
    return None


API = Api("bluesky", "Bluesky", _reason, _refusal)


def credentials(target: Target) -> Credentials:
    """The channel's credentials."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not Bluesky credentials")
    return opened


def account_id(target: Target) -> str:
    """The account's DID. Raises ``Transient`` while there is no session."""
    did = credentials(target).did
    if not did:
        raise Transient("there is no session yet", error_code="token-expired", platform="Bluesky")
    return did


async def xrpc(
    target: Target,
    name: str,
    *,
    params: dict[str, str] | list[tuple[str, str]] | None = None,
    body: dict[str, Any] | None = None,
    publishes: bool = False,
) -> Any:
    """Call the method ``name``: a procedure when there is a ``body``, else a query. Raises as ``rest.call``."""
    opened = credentials(target)
    if opened.access_jwt is None:
        raise Transient("there is no session yet", error_code="token-expired", platform="Bluesky")
    method = "GET" if body is None else "POST"
    request = Call(method, f"/xrpc/{name}", publishes=publishes, params=params, json=body)
    answer = await rest.call(target, API, request, token=opened.access_jwt.get_secret_value())
    return answer.data
