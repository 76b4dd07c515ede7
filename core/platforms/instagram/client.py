"""How is Instagram called?"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, SecretStr

from core.platforms import meta
from core.platforms.base import Target
from core.platforms.oauth import OAuth
from core.platforms.rest import Call

OAUTH = OAuth(
    authorize="https://www.instagram.com/oauth/authorize",
    token="https://api.instagram.com/oauth/access_token",  # noqa: S106 - an address
    scopes=(
        "instagram_business_basic",
        "instagram_business_content_publish",
        "instagram_business_manage_insights",
    ),
    pkce=False,
    separator=",",
)
API = meta.api("instagram", "Instagram")


class Credentials(BaseModel):
    """A professional account's long-lived token (60 days, renewed) and the account's number."""

    access_token: SecretStr = Field(min_length=8)
    user_id: str = Field(pattern=r"^\d{3,30}$")
    expires_at: datetime | None = None


def credentials(target: Target) -> Credentials:
    """The channel's credentials."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not Instagram credentials")
    return opened


def token(target: Target) -> str:
    """The account's token."""
    return credentials(target).access_token.get_secret_value()


async def ask(target: Target, path: str, **params: str) -> Any:
    """Return what a GET answers. Raises as ``core.platforms.meta.call``."""
    return await meta.call(target, API, Call("GET", path, params=params), token=token(target))
