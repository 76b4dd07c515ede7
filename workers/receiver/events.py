"""What is answered to a product that reports an event? 202 once it is stored; else an error that says what to do.

Who has not signed costs little and learns nothing: a product that is not there, one without a secret and one that was put
away look the same, what the headers give away is refused before the body is read, and content is looked at only when the
signature is right.
"""

import asyncio

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from core.events import guessing, receiving
from core.events.errors import Guessing, NoEndpoint, NotAuthentic, NotNow, NotTaken, TooMany, Unreadable
from core.events.signatures.digest import Headers
from core.metrics import meters
from workers.receiver.answers import error_response
from workers.receiver.keys import RUNTIME

log = structlog.get_logger(__name__)

PATH = "/api/events/{slug}"
_BODY_SECONDS = 10.0  # a body that comes drop by drop holds a connection, and no longer than this

_STATUS: dict[type[NotTaken], int] = {
    NoEndpoint: 404, NotAuthentic: 401, Unreadable: 400, TooMany: 429, NotNow: 503, Guessing: 429,
}  # fmt: skip
_OUTCOME: dict[type[NotTaken], str] = {
    NoEndpoint: "no_endpoint", NotAuthentic: "not_authentic", Unreadable: "unreadable", TooMany: "too_many",
    NotNow: "not_now", Guessing: "guessing",
}  # fmt: skip
_JSON = "application/json"
_ANSWER = {"Content-Type": f"{_JSON}; charset=utf-8"}
_TAKEN, _DUPLICATE = meters.EVENTS.labels("taken"), meters.EVENTS.labels("duplicate")


class _NotRead(Exception):
    """The body was not taken; the answer says why."""

    def __init__(self, answer: web.Response) -> None:
        self.answer = answer


async def take(request: web.Request) -> web.Response:
    """Take one delivery."""
    runtime = request.app[RUNTIME]
    try:
        headers = _headers(request)
        sender = guessing.sender(request.remote, headers.get("x-forwarded-for"))
        receiving.hear(runtime, sender)
        where = await receiving.endpoint(runtime, request.match_info["slug"])
        scheme = receiving.scheme_of(headers)
        body = await _body(request, headers)
        stored = await receiving.receive(runtime, where, scheme, headers, body, sender=sender)
    except _NotRead as error:
        meters.EVENTS.labels("not_read").inc()
        return error.answer
    except NotTaken as error:
        meters.EVENTS.labels(_OUTCOME[type(error)]).inc()
        return _refusal(request, error)
    (_DUPLICATE if stored.repeated else _TAKEN).inc()
    # Written by hand: an id needs no escaping, and this is the answer that is given most.
    more = ', "duplicate": true' if stored.repeated else ""
    answer = f'{{"received": true, "event_id": "{stored.event_id}"{more}}}'
    return web.Response(body=answer.encode(), status=200 if stored.repeated else 202, headers=_ANSWER)


def _headers(request: web.Request) -> Headers:
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        name = name.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def _body(request: web.Request, headers: Headers) -> bytes:
    """Return the body's raw bytes. Raises ``_NotRead``."""
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise _NotRead(
            error_response(
                415, "unsupported-encoding", "Send the body as it is, not compressed", "Content-Encoding"
            )
        )
    if headers.get("content-type") != _JSON and request.content_type != _JSON:
        raise _NotRead(
            error_response(
                415, "unsupported-media-type", "The body has to be application/json", "Content-Type"
            )
        )
    if request.content_length is not None and request.content_length > receiving.LIMIT:
        raise _too_large()
    try:
        if request.content.is_eof():  # it has come with its headers
            body = request.content.read_nowait()
            if len(body) > receiving.LIMIT:
                raise _too_large()
            return body
        async with asyncio.timeout(_BODY_SECONDS):
            return await _read(request)
    except TimeoutError:
        answer = error_response(408, "body-too-slow", f"The body has to come within {_BODY_SECONDS:g} s")
    except (HttpProcessingError, web.RequestPayloadError, ConnectionError):
        answer = error_response(400, "invalid-body", "The body does not come as its headers say")
    answer.force_close()
    raise _NotRead(answer)


async def _read(request: web.Request) -> bytes:
    # What a body claims of its length, or does not, changes nothing: it is counted as it comes.
    body = bytearray()
    while chunk := await request.content.readany():
        body += chunk
        if len(body) > receiving.LIMIT:
            raise _too_large()
    return bytes(body)


def _too_large() -> _NotRead:
    answer = error_response(413, "too-large", f"A body has at most {receiving.LIMIT // 1024} KiB")
    answer.force_close()
    return _NotRead(answer)


def _refusal(request: web.Request, error: NotTaken) -> web.Response:
    status = _STATUS[type(error)]
    log.info(
        "delivery_not_taken", product=request.match_info["slug"][:100], status=status, reason=error.reason
    )
    headers = (
        {"Retry-After": str(error.retry_after)} if isinstance(error, (TooMany, NotNow, Guessing)) else None
    )
    answer = error_response(status, error.reason, str(error), error.field, headers)
    if isinstance(error, Guessing):
        answer.force_close()  # nothing more of what he sends is read
    return answer
