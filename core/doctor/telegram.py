"""Who does a bot token belong to? One call, light enough for any process."""

import os

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


async def identify(api_base: str, token: str) -> str:
    """Return the bot's ``@username``. Raises ``Refused`` or ``Unreachable``; neither holds the token."""
    url = f"{api_base.rstrip('/')}/bot{token}/getMe"
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http, http.get(url) as answer:
            body = await answer.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise Unreachable(f"{api_base}: {_reason(error)}") from None
    if not isinstance(body, dict):
        raise Unreachable(f"{api_base}: the answer is not the Bot API's")
    if body.get("ok") and isinstance(body.get("result"), dict):
        return f"@{body['result'].get('username', '?')}"
    if body.get("error_code") in {401, 404}:
        raise Refused(str(body.get("description", "Unauthorized")))
    raise Unreachable(f"{api_base}: {body.get('description', 'no description')}")


def _reason(error: Exception) -> str:
    """Return why there was no answer; never the address, which holds the token."""
    if isinstance(error, aiohttp.ClientConnectorError):
        number = error.errno or 0  # negative ones are the resolver's
        return os.strerror(number) if number > 0 else "the host name is not known"
    return "no answer in time" if isinstance(error, TimeoutError) else error.__class__.__name__
