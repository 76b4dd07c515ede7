"""How is Threads called?"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, SecretStr

from core.platforms import meta
from core.platforms.base import Target
from core.platforms.oauth import OAuth
from core.platforms.rest import Call

OAUTH = OAuth(
    authorize="https://threads.net/oauth/authorize",
    token="https://graph.threads.net/oauth/access_token",  # noqa: S106 - an address
    scopes=("threads_basic", "threads_content_publish", "threads_manage_insights", "threads_delete"),
    pkce=False,
    separator=",",
)
API = meta.api("threads", "Threads")


class Credentials(BaseModel):
    """An account's long-lived token (60 days, renewed) and the account's number."""

    access_token: SecretStr = Field(min_length=8)
    user_id: str = Field(pattern=r"^\d{3,30}$")
    expires_at: datetime | None = None


def credentials(target: Target) -> Credentials:
    """The channel's credentials."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not Threads credentials")
    return opened


def token(target: Target) -> str:
    """The account's token."""
    return credentials(target).access_token.get_secret_value()


async def call(target: Target, request: Call) -> Any:
    """Make one call with the account's token. Raises as ``core.platforms.meta.call``."""
    return await meta.call(target, API, request, token=token(target))


async def ask(target: Target, path: str, **params: str) -> Any:
    """Return what a GET answers."""
    return await call(target, Call("GET", path, params=params))
