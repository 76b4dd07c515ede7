"""How is what is no HTTP at all answered? In the one JSON form too, and the connection is closed."""

from http import HTTPStatus

import structlog
from aiohttp import web
from aiohttp.http_exceptions import LineTooLong

from workers.receiver.answers import error_response

log = structlog.get_logger(__name__)

LONGEST_LINE = LONGEST_FIELD = 8190  # bytes; aiohttp's own limits, written down for senders


class Protocol(web.RequestHandler):
    """aiohttp's, with other words for what could not be read or went wrong."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        answer: web.StreamResponse
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            super().handle_error(request, status, exc, message)  # logs it; raises when an answer has begun
            answer = error_response(status, "internal-error", "That is our fault; send again later")
        else:
            # Nothing of what came is shown or logged: it may be a secret in the wrong place.
            log.info("not_http", reason=type(exc).__name__)
            answer = (
                error_response(
                    400, "header-too-long", f"A line of the head has at most {LONGEST_FIELD} bytes"
                )
                if isinstance(exc, LineTooLong)
                else error_response(400, "bad-request", "This is not a request of HTTP/1.1")
            )
        answer.force_close()
        return answer


class _Server(web.Server):
    """aiohttp's, which speaks our protocol."""

    def __call__(self) -> Protocol:
        return Protocol(self, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """aiohttp's, with such a server."""

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        # The server takes no other protocol as an option: it is made anew with what aiohttp has given it.
        return _Server(
            made.request_handler, request_factory=made.request_factory, loop=made._loop, **made._kwargs
        )
