"""What is asked for to connect X by tokens? Both of them and the application's id and secret: alone the first lives two hours."""

from collections.abc import Mapping
from typing import Any

from core.platforms import pasting
from core.platforms.base import Target
from core.platforms.connecting import Step, Way


def read_token(text: str) -> str:
    """Find a token. Raises ``InvalidInput``."""
    return pasting.token(text, least=10)


def read_client_id(text: str) -> str:
    """Find the application's id. Raises ``InvalidInput``."""
    return pasting.token(text, least=10, reason="not-a-client-id")


async def ends_now(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    """Have the tokens renewed at their first use: nobody says when they were made, and an access token lives two hours."""
    return {"expires_at": target.clock.now().isoformat()}


PASTED = (
    Way(
        "tokens",
        (
            Step("client_id", read_client_id),
            Step("client_secret", read_token, secret=True),
            Step("access_token", read_token, secret=True),
            Step("refresh_token", read_token, secret=True),
        ),
        complete=ends_now,
    ),
)
