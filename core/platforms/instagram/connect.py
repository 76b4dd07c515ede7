"""Whose account is it, when does its token end, and how is it renewed?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from core.platforms import meta
from core.platforms.base import Account, Target
from core.platforms.instagram import client
from core.platforms.instagram.client import API, Credentials


async def check(target: Target) -> Account:
    """Show the account. Raises ``AuthExpired``, ``Rejected`` or ``Transient``."""
    number = client.credentials(target).user_id
    found = await client.ask(target, f"/{number}", fields="username")
    name = meta.text_of(target, API, found, "username", publishes=False)
    return Account(name=f"@{name}", url=f"https://www.instagram.com/{name}/", known_as=(number,))


def expires_at(credentials: BaseModel) -> datetime | None:
    """Tell when the token ends; None when nobody said."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not Instagram credentials")
    return credentials.expires_at


async def refresh(target: Target) -> Mapping[str, Any]:
    """Return a token for another 60 days. Raises as ``core.platforms.base.Refresh``."""
    token = client.token(target)
    params = {"grant_type": "ig_refresh_token", "access_token": token}
    return await meta.prolonged(target, API, "/refresh_access_token", params, token=token)
