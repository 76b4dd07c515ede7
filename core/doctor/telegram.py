"""Who does a bot token belong to, and can its owner be written to? Calls light enough for any process."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from core.errors import Actor, NexusError

_TIMEOUT = aiohttp.ClientTimeout(total=10)


class Refused(NexusError):
    """Telegram does not know the token."""

    actor = Actor.OWNER
    code = "token-refused"


class Unreachable(NexusError):
    """Telegram gave no usable answer."""

    actor = Actor.NOBODY
    code = "telegram-unreachable"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose token it is. ``at`` is the time by the answer's Date header, whole seconds; None without one."""

    username: str
    at: datetime | None

    def __str__(self) -> str:
        return self.username


async def identify(api_base: str, token: str) -> Identity:
    """Return whose token it is. Raises ``Refused`` or ``Unreachable``; neither holds the token."""
    result, at = await _call(api_base, token, "getMe")
    return Identity(f"@{result.get('username', '?')}", at)


async def may_write_to(api_base: str, token: str, chat_id: int) -> bool:
    """Tell whether the bot may write to a person: whether they have ever started it. Raises like ``identify``."""
    try:
        await _call(api_base, token, "getChat", chat_id=chat_id)
    except _NotFound:
        return False
    return True


class _NotFound(Unreachable):
    """There is no such chat for this bot."""


async def _call(
    api_base: str, token: str, method: str, **fields: int
) -> tuple[dict[str, Any], datetime | None]:
    url = f"{api_base.rstrip('/')}/bot{token}/{method}"
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http, http.post(url, json=fields) as answer:
            body, at = await answer.json(content_type=None), _date(answer.headers.get("Date"))
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise Unreachable(f"{api_base}: {_reason(error)}") from None
    if not isinstance(body, dict):
        raise Unreachable(f"{api_base}: the answer is not the Bot API's")
    if body.get("ok") and isinstance(body.get("result"), dict):
        return body["result"], at
    if body.get("error_code") == 400 and "not found" in str(body.get("description")):
        raise _NotFound(f"{api_base}: {body.get('description')}")
    if body.get("error_code") in {401, 404}:
        raise Refused(str(body.get("description", "Unauthorized")))
    raise Unreachable(f"{api_base}: {body.get('description', 'no description')}")


def _date(header: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _reason(error: Exception) -> str:
    """Return why there was no answer; never the address, which holds the token."""
    if isinstance(error, aiohttp.ClientConnectorError):
        number = error.errno or 0  # negative ones are the resolver's
        return os.strerror(number) if number > 0 else "the host name is not known"
    return "no answer in time" if isinstance(error, TimeoutError) else error.__class__.__name__
