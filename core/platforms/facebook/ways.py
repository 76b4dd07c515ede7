"""What is asked for to connect a Facebook page by a token? The page's own token, which says which page it is."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from core.errors import AuthExpired, Rejected
from core.platforms import meta, pasting
from core.platforms.base import Target
from core.platforms.connecting import Step, Way
from core.platforms.facebook import client
from core.platforms.facebook.client import API, Credentials

_NOWHERE = "000"  # a page for the calls that are about the token alone


def read_token(text: str) -> str:
    """Find the token. Raises ``InvalidInput``."""
    return pasting.token(text, least=20)


async def page_of(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    """Return which page a token belongs to. Raises like ``Check``: a person's token is not a page's."""
    opened = Credentials(access_token=given["access_token"], page_id=_NOWHERE)
    try:
        # Only a page has a category: Graph refuses the field of a person.
        found = await client.ask(dataclasses.replace(target, credentials=opened), "/me", "id,category")
    except Rejected as error:
        raise AuthExpired(
            str(error), error_code="not-a-page-token", platform="facebook", reason=str(error)
        ) from None
    return {"page_id": meta.text_of(target, API, found, "id", publishes=False)}


PASTED = (Way("token", (Step("access_token", read_token, secret=True),), complete=page_of),)
