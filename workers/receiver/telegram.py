"""What is answered to Telegram's webhook? 200 once the update is stored; only whoever knows the secret is heard."""

import asyncio
import hmac
import json

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from core.config import Settings
from core.inbox import service as updates
from core.outage import UNAVAILABLE
from workers.receiver.answers import error_response
from workers.receiver.keys import RUNTIME

log = structlog.get_logger(__name__)

_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LIMIT = 1024 * 1024  # bytes; Telegram's own are far smaller
_BODY_SECONDS = 10.0


def is_wanted(settings: Settings) -> bool:
    """Tell whether this installation gets its updates by webhook."""
    return (
        settings.telegram_mode == "webhook"
        and settings.telegram_webhook_secret is not None
        and settings.telegram_bot_token is not None
    )


async def take(request: web.Request) -> web.Response:
    """Store one update. What is wrong with a request without the secret is not looked at."""
    runtime = request.app[RUNTIME]
    settings = runtime.settings
    secret, token = settings.telegram_webhook_secret, settings.telegram_bot_token
    if secret is None or token is None:
        raise web.HTTPNotFound
    given = request.headers.get(_SECRET, "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(given, secret.get_secret_value().encode()):
        log.warning("webhook_refused", reason="secret")
        return _closing(error_response(401, "not-authentic", "The secret token is missing or wrong"))
    if request.content_length is not None and request.content_length > LIMIT:
        return _closing(error_response(413, "too-large", "An update has at most 1 MiB"))
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            update = json.loads(await _read(request))
    except web.HTTPRequestEntityTooLarge:
        return _closing(error_response(413, "too-large", "An update has at most 1 MiB"))
    except TimeoutError:
        return _closing(
            error_response(408, "body-too-slow", f"The body has to come within {_BODY_SECONDS:g} s")
        )
    except (ValueError, RecursionError, HttpProcessingError, web.RequestPayloadError, ConnectionError):
        return _closing(error_response(400, "invalid-body", "The body is not an update"))
    if not updates.is_update(update):
        return error_response(400, "invalid-body", "The body is not an update")
    bot_id = int(token.get_secret_value().partition(":")[0])
    try:
        async with runtime.unit_of_work() as session:
            await updates.store(session, bot_id, [update])
    except UNAVAILABLE as error:
        log.warning("update_not_stored", update_id=update["update_id"], reason=type(error).__name__)
        return error_response(503, "not-now", "Try again later", headers={"Retry-After": "5"})
    return web.Response()


async def _read(request: web.Request) -> bytes:
    body = bytearray()
    while chunk := await request.content.readany():
        body += chunk
        if len(body) > LIMIT:
            raise web.HTTPRequestEntityTooLarge(max_size=LIMIT, actual_size=len(body))
    return bytes(body)


def _closing(answer: web.Response) -> web.Response:
    answer.force_close()  # what is left of the body is not read
    return answer
