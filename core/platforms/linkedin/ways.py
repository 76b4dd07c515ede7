"""What is asked for to connect LinkedIn by a token? The token alone says whose it is; a page is named beside."""

import dataclasses
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core.errors import InvalidInput
from core.platforms import pasting, rest
from core.platforms.base import Target
from core.platforms.connecting import Step, Way
from core.platforms.linkedin import client
from core.platforms.linkedin.client import API, Credentials

_LIFE = timedelta(
    days=60
)  # no token lives longer; https://learn.microsoft.com/linkedin/shared/authentication
_PAGE = re.compile(
    r"(?:.*linkedin\.com/(?:company|school|showcase)/|urn:li:organization:)?(\d{2,15})(?:[/?#].*)?"
)
_ANYBODY = "urn:li:person:x"


def read_token(text: str) -> str:
    """Find the token. Raises ``InvalidInput``."""
    return pasting.token(text, least=20)


def read_page(text: str) -> str:
    """Find the page: its number, or a link that holds it, as the page's administration has. Raises ``InvalidInput``."""
    found = _PAGE.fullmatch(text.strip())
    if found is None:
        raise InvalidInput("this is no page", reason="not-a-page")
    return f"urn:li:organization:{found[1]}"


async def person_of(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    """Return as whom the token's owner posts, and when it ends at the latest. Raises like ``Check``."""
    opened = Credentials(access_token=given["access_token"], author=_ANYBODY)
    found = await client.ask(dataclasses.replace(target, credentials=opened), "/v2/userinfo")
    if not isinstance(found.get("sub"), str) or not found["sub"]:
        raise rest.unreadable(target, API, publishes=False)
    return {"author": f"urn:li:person:{found['sub']}", **await life(target, given)}


async def life(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    """Return when a token ends at the latest, as nobody says when this one was made."""
    return {"expires_at": (target.clock.now() + _LIFE).isoformat()}


_TOKEN = Step("access_token", read_token, secret=True)
PASTED = (
    Way("token", (_TOKEN,), complete=person_of),
    Way("page_token", (Step("author", read_page), _TOKEN), complete=life),
)
