"""What is asked for to connect Instagram by a token? The account's long-lived token, which says whose it is."""

import dataclasses
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core.platforms import meta, pasting
from core.platforms.base import Target
from core.platforms.connecting import Step, Way
from core.platforms.instagram import client
from core.platforms.instagram.client import API, Credentials

_NOBODY = "000"  # an account for the calls that are about the token alone
# Nobody says when a token was made. One that seems to end soon is renewed as soon as that is allowed, and its end known.
_SOON = timedelta(days=9)


def read_token(text: str) -> str:
    """Find the token. Raises ``InvalidInput``."""
    return pasting.token(text, least=20)


async def account_of(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    """Return whose a token is. Raises like ``Check``."""
    opened = Credentials(access_token=given["access_token"], user_id=_NOBODY)
    found = await client.ask(
        dataclasses.replace(target, credentials=opened), "/me", fields="user_id,username"
    )
    return {
        "user_id": meta.text_of(target, API, found, "user_id", publishes=False),
        "expires_at": (target.clock.now() + _SOON).isoformat(),
    }


PASTED = (Way("token", (Step("access_token", read_token, secret=True),), complete=account_of),)
