"""How is a Mastodon server called?"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field, SecretStr

from core.errors import PlatformError, Rejected
from core.platforms import rest
from core.platforms.base import Target
from core.platforms.http import Answer
from core.platforms.rest import Api, Call


class Credentials(BaseModel):
    """An access token with the scopes read:accounts, read:statuses, write:statuses and write:media.

    ``account_id``: whose it is (number, @, server), as the server says when it is connected.
    """

    access_token: SecretStr = Field(min_length=8)
    account_id: str | None = None


def _reason(answer: Answer) -> str | None:
    """Mastodon says ``{"error": …}``, some servers add ``error_description``."""
    data = answer.data if isinstance(answer.data, dict) else {}
    words = data.get("error_description") or data.get("error")
    return str(words) if words else None


def _refusal(answer: Answer, reason: str) -> PlatformError | None:
    if answer.status == 404:
        return Rejected(reason, error_code="not-found", platform="mastodon", reason=reason)
    return None


API = Api("mastodon", "Mastodon", _reason, _refusal)


def token(target: Target) -> str:
    """The channel's access token."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not Mastodon credentials")
    return opened.access_token.get_secret_value()


async def call(target: Target, request: Call) -> Answer:
    """Make one call with the channel's token. Raises as ``core.platforms.rest.call``."""
    return await rest.call(target, API, request, token=token(target))


async def ask(target: Target, path: str, params: Mapping[str, str] | None = None) -> Any:
    """Return what a GET answers."""
    return (await call(target, Call("GET", path, params=params))).data


async def account(target: Target) -> Mapping[str, Any]:
    """Return the account that the token belongs to."""
    found = await ask(target, "/api/v1/accounts/verify_credentials")
    if not isinstance(found, Mapping) or not isinstance(found.get("id"), str):
        raise rest.unreadable(target, API, publishes=False)
    return found


async def own_posts(
    target: Target, account_id: str, *, before: str | None = None, limit: int = 40
) -> Sequence[Mapping[str, Any]]:
    """Return the account's newest posts, newest first; ``before`` is an id; ``limit`` is at most 40."""
    params = {"limit": str(limit), "exclude_reblogs": "true"} | ({"max_id": before} if before else {})
    found = await ask(target, f"/api/v1/accounts/{account_id}/statuses", params)
    if not isinstance(found, list):
        raise rest.unreadable(target, API, publishes=False)
    return [post for post in found if isinstance(post, Mapping)]
