"""Which page is it, may the token post there, and when does it end?"""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from core.platforms import meta
from core.platforms.base import Account, Target
from core.platforms.facebook import client
from core.platforms.facebook.client import API, Credentials


async def check(target: Target) -> Account:
    """Show the page. Raises ``AuthExpired``, ``Rejected`` or ``Transient``."""
    page = client.credentials(target).page_id
    found = await client.ask(target, f"/{page}", "name,link")
    url = found.get("link") if isinstance(found, Mapping) else None
    return Account(
        name=meta.text_of(target, API, found, "name", publishes=False),
        url=url if isinstance(url, str) else None,
        known_as=(page,),
    )


def expires_at(credentials: BaseModel) -> datetime | None:
    """Tell when the token ends; None for a page's token that does not."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not Facebook credentials")
    return credentials.expires_at
