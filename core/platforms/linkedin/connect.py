"""As whom will posts appear, when does the token end, and can it be renewed? Tokens live for 60 days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from core.errors import AuthExpired
from core.platforms import oauth
from core.platforms.base import Account, Target
from core.platforms.linkedin import client
from core.platforms.linkedin.client import API, OAUTH, Credentials
from core.platforms.oauth import Client, Way


async def check(target: Target) -> Account:
    """Show the author. Raises ``AuthExpired``, ``Rejected`` or ``Transient``."""
    author = client.credentials(target).author
    number = author.rpartition(":")[2]
    if author.startswith("urn:li:organization:"):
        found = await client.ask(target, f"/rest/organizations/{number}")
        vanity = found.get("vanityName")
        url = f"https://www.linkedin.com/company/{vanity or number}"
        return Account(name=str(found.get("localizedName") or number), url=url, known_as=(author,))
    found = await client.ask(target, "/v2/userinfo")
    if str(found.get("sub")) != number:
        raise AuthExpired(
            "the token belongs to somebody else than the author",
            error_code="wrong-account",
            platform="linkedin",
        )
    return Account(name=str(found.get("name") or number), known_as=(author,))


def expires_at(credentials: BaseModel) -> datetime | None:
    """Tell when the access token ends; None when nobody said."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not LinkedIn credentials")
    return credentials.expires_at


def lasts_until(credentials: BaseModel) -> datetime | None:
    """Tell when only the owner can help: when neither the access token nor what renews it is good any more."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not LinkedIn credentials")
    if credentials.refresh_token is None or not credentials.client_id or credentials.client_secret is None:
        return credentials.expires_at
    if credentials.refresh_expires_at is None or credentials.expires_at is None:
        return credentials.refresh_expires_at
    return max(credentials.refresh_expires_at, credentials.expires_at)


async def refresh(target: Target) -> Mapping[str, Any]:
    """Return new tokens, where LinkedIn gave this application a refresh token. Raises as ``Refresh``."""
    opened = client.credentials(target)
    if opened.refresh_token is None or not opened.client_id or opened.client_secret is None:
        raise AuthExpired(
            "LinkedIn gives this application no renewal; connect the account again",
            error_code="no-refresh-token", platform="linkedin",
        )  # fmt: skip
    base = str(target.settings.get("oauth_base") or "").rstrip("/")
    address = f"{base}/oauth/v2/accessToken" if base else OAUTH.token
    way = Way(target.http, target.clock, address, API.slug, API.title)
    tokens = await oauth.renew(
        way, OAUTH, Client(opened.client_id, opened.client_secret.get_secret_value()),
        refresh_token=opened.refresh_token.get_secret_value(),
    )  # fmt: skip
    return {name: tokens[name] for name in ("access_token", "refresh_token", "expires_at") if name in tokens}
