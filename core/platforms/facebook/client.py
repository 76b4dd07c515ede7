"""How is a Facebook page called?"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, SecretStr

from core.platforms import meta
from core.platforms.base import Target
from core.platforms.oauth import OAuth
from core.platforms.rest import Call

OAUTH = OAuth(
    authorize="https://www.facebook.com/v25.0/dialog/oauth",
    token="/oauth/access_token",  # noqa: S106 - an address
    scopes=("pages_show_list", "pages_manage_posts", "pages_read_engagement", "pages_read_user_content"),
    pkce=False,
    separator=",",
)
API = meta.api("facebook", "Facebook")


class Credentials(BaseModel):
    """A page's access token and the page's number. One made from a long-lived user token does not end."""

    access_token: SecretStr = Field(min_length=8)
    page_id: str = Field(pattern=r"^\d{3,30}$")
    expires_at: datetime | None = None


def credentials(target: Target) -> Credentials:
    """The channel's credentials."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not Facebook credentials")
    return opened


async def call(target: Target, request: Call) -> Any:
    """Make one call with the page's token and return the body. Raises as ``core.platforms.meta.call``."""
    return await meta.call(target, API, request, token=credentials(target).access_token.get_secret_value())


async def ask(target: Target, path: str, fields: str) -> Any:
    """Return the ``fields`` of what stands at ``path``."""
    return await call(target, Call("GET", path, params={"fields": fields}))
