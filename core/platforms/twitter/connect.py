"""Whose account is it, when do its tokens end, and how are they renewed? A refresh token works once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from core.errors import AuthExpired
from core.platforms import oauth, rest
from core.platforms.base import Account, Target
from core.platforms.oauth import Client, Way
from core.platforms.twitter import client
from core.platforms.twitter.client import API, OAUTH, Credentials


async def check(target: Target) -> Account:
    """Show the account. Raises ``AuthExpired``, ``Rejected`` or ``Transient``."""
    me = await client.ask(target, "/2/users/me")
    if not isinstance(me, Mapping) or not isinstance(me.get("username"), str):
        raise rest.unreadable(target, API, publishes=False)
    name = me["username"]
    number = str(me.get("id") or "")
    return Account(
        name=f"@{name}",
        url=f"https://x.com/{name}",
        settings={"username": name},
        credentials={"user_id": number} if number else {},
        known_as=tuple(filter(None, (number, name))),
    )


def expires_at(credentials: BaseModel) -> datetime | None:
    """Tell when the access token ends; None for one that nobody said it of, or that cannot be renewed."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not X credentials")
    return credentials.expires_at


def lasts_until(credentials: BaseModel) -> datetime | None:
    """Tell when only the owner can help: with its access token, if there is nothing to renew it by."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not X credentials")
    return None if credentials.refresh_token and credentials.client_id else credentials.expires_at


async def refresh(target: Target) -> Mapping[str, Any]:
    """Return new tokens. Raises as ``core.platforms.base.Refresh``."""
    opened = client.credentials(target)
    if opened.refresh_token is None or not opened.client_id:
        raise AuthExpired(
            "this token cannot be renewed; connect the account again",
            error_code="no-refresh-token",
            platform="twitter",
        )
    secret = opened.client_secret.get_secret_value() if opened.client_secret else ""
    way = Way(target.http, target.clock, f"{target.api_base}{OAUTH.token}", API.slug, API.title)
    tokens = await oauth.renew(
        way, OAUTH, Client(opened.client_id, secret), refresh_token=opened.refresh_token.get_secret_value()
    )
    return {name: tokens[name] for name in ("access_token", "refresh_token", "expires_at") if name in tokens}
