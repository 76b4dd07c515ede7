"""Which platform stands at the other end? A strict server a platform, all with the same faults.

A fake checks what it is sent as the real platform does (limits, types, authentication, unknown ids) and keeps what is
really live on ``wall``. The faults are the same for all: they strike the calls that publish, before or after the
effect, and answer in the platform's own form.
"""

import asyncio
import itertools
import re
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar
from urllib.parse import unquote_plus

from aiohttp import web

from core.clock import Clock
from core.media.store import MediaStore
from tests.fakes.platforms.consent import ConsentPage

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Fault(StrEnum):
    """What goes wrong in one publishing call."""

    HANG = "hang"  # nothing is done and no answer comes
    CUT = "cut"  # done, then the connection is closed without an answer
    ERROR_BEFORE = "error_before"  # HTTP 500, nothing done
    ERROR_AFTER = "error_after"  # done, then HTTP 500
    RATE_LIMIT = "rate_limit"  # 429, come back in ``RETRY_AFTER`` seconds
    UNAUTHORIZED = "unauthorized"  # the token is no longer accepted
    REJECT = "reject"  # this content is refused
    SLOW = "slow"  # done, the answer comes after ``SLOW_SECONDS``
    GARBAGE = "garbage"  # done, the answer cannot be read
    NONE = "none"  # this call goes well: so that a later part of a thread can be struck


RETRY_AFTER = 37
SLOW_SECONDS = 0.15


_MARK = re.compile(r"zz(?:f)([a-z]+)zz(\d+)zz")


def _letters(fault: Fault) -> str:
    return fault.value.replace("_", "")


def mark(fault: Fault, number: int) -> str:
    """Return what a text must hold for ``fault`` to strike it once; ``number`` tells posts apart."""
    return f"zzf{_letters(fault)}zz{number}zz"


class Refuse(Exception):
    """Raised by a handler to answer with ``response``."""

    def __init__(self, response: web.Response) -> None:
        super().__init__(response.status)
        self.response = response


@dataclass(slots=True)
class WallPost:
    """Something that is live on the account."""

    id: str
    text: str
    reply_to: str | None = None
    media: list[Any] = field(default_factory=list)
    key: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class FakePlatform(ABC):
    """A platform's server. Subclasses add routes and say how their platform refuses."""

    slug: ClassVar[str]
    page: ConsentPage  # of those where the owner can agree on one
    readable: ClassVar[bool] = False  # the account's own posts can be read back, so the adapter should look

    retry_seconds: ClassVar[int] = 0  # what it asks to wait; 0: RETRY_AFTER
    any_body: ClassVar[bool] = False  # an answer is judged by its status alone
    tells_itself: ClassVar[bool] = (
        False  # a lost answer can be asked for at once, so publishing finds the post
    )
    needs_media: ClassVar[bool] = False  # there is no post without a file
    takes_pictures: ClassVar[bool] = True
    fetches_addresses: ClassVar[bool] = False  # takes the address of a picture, no file
    keeps_alt: ClassVar[bool] = True  # descriptions of pictures

    def __init__(self, clock: Clock) -> None:
        self.clock = clock  # what the platform's own times are taken from
        self.revoked = False  # when True no call is authorized any more
        self.away = False  # when True every connection is closed without an answer, and nothing is done
        self.busy = (
            False  # when True every call that only asks is told to come back in ``RETRY_AFTER`` seconds
        )
        self.wall: list[WallPost] = []
        self.faults: deque[Fault] = deque()
        self.by_text = (
            False  # faults are named by marks in the texts, see ``mark``, and strike each text once
        )
        self.struck: set[str] = set()
        self.requests: list[str] = []  # "METHOD /path", every one
        self.published_calls = 0  # calls that publish, struck ones too
        self.url = ""
        self.files_from: MediaStore | None = None  # what `fetchable` addresses lead to
        self._ids = itertools.count(1001)
        self._released = asyncio.Event()

    # What a subclass says of its platform.

    @abstractmethod
    def routes(self) -> list[web.RouteDef]:
        """Return the API's addresses."""

    @abstractmethod
    def credentials(self) -> Mapping[str, Any]:
        """Return credentials this server accepts, as a channel stores them."""

    @abstractmethod
    def publishes(self, request: web.Request) -> bool:
        """Tell whether the call makes a post visible; preparing calls (uploads, containers) do not."""

    @abstractmethod
    def rate_limited(self, seconds: int) -> web.Response:
        """Return the platform's "too many requests"."""

    @abstractmethod
    def unauthorized(self) -> web.Response:
        """Return the platform's "token not accepted"."""

    @abstractmethod
    def rejected(self) -> web.Response:
        """Return the platform's "this content is refused"."""

    def settings(self) -> Mapping[str, Any]:
        """Return the channel's settings beside ``api_base``."""
        return {}

    async def text_in(self, request: web.Request) -> str:
        """Return the text of a publishing call, with whatever stands around it."""
        return unquote_plus((await request.read()).decode("utf-8", "replace"))

    def _marked(self, text: str) -> Fault:
        found = _MARK.search(text)
        if found is None or found[0] in self.struck:
            return Fault.NONE
        self.struck.add(found[0])
        return next(fault for fault in Fault if _letters(fault) == found[1])

    def fetchable(self, url: str) -> str:
        """Return where this platform fetches the file ``media://…``; a server that fetches looks there for real."""
        return f"{self.url}/outside/{url.removeprefix('media://')}"

    def server_error(self) -> web.Response:
        """Return the platform's "something went wrong"."""
        return web.json_response({"error": "internal"}, status=500)

    # What tests ask.

    def then(self, *faults: Fault) -> None:
        """Strike the next publishing calls, one fault each."""
        self.faults.extend(faults)

    @property
    def texts(self) -> list[str]:
        """Return what is live, in order."""
        return [post.text for post in self.wall]

    def next_id(self) -> str:
        """Return a fresh id."""
        return str(next(self._ids))

    def find(self, post_id: str) -> WallPost | None:
        """Return the live post with this id."""
        return next((post for post in self.wall if post.id == post_id), None)

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncGenerator["FakePlatform"]:
        """Listen on the loopback address; ``url`` is then its base."""
        # Requests that hang are let go at the end; nothing of theirs is worth waiting for.
        app = web.Application(middlewares=[self._middleware()], client_max_size=256 * 1024 * 1024)
        app.add_routes(
            [
                web.get("/outside/{name}", self._outside),
                web.get("/media/{name}", self._outside),
                *self.routes(),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        host, bound = runner.addresses[0][:2]
        self.url = f"http://{host}:{bound}"
        try:
            yield self
        finally:
            self._released.set()
            await runner.cleanup()

    async def _outside(self, request: web.Request) -> web.StreamResponse:
        """The owner's own server, as seen from outside."""
        assert self.files_from is not None
        return web.FileResponse(self.files_from.path(f"media://{request.match_info['name']}"))

    def _middleware(self) -> Any:
        @web.middleware
        async def strike(request: web.Request, handler: Handler) -> web.StreamResponse:
            self.requests.append(f"{request.method} {request.path}")
            if self.away:
                assert request.transport is not None
                request.transport.abort()
                return web.Response(status=503)
            try:
                return await answer(request, handler)
            except Refuse as refusal:
                return refusal.response

        async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
            if not self.publishes(request):
                return self.rate_limited(RETRY_AFTER) if self.busy else await handler(request)
            self.published_calls += 1
            if self.by_text:
                fault = self._marked(await self.text_in(request))
            else:
                fault = self.faults.popleft() if self.faults else Fault.NONE
            return await self._strike(fault, request, handler)

        return strike

    async def _strike(self, fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
        before = {
            Fault.ERROR_BEFORE: self.server_error,
            Fault.RATE_LIMIT: lambda: self.rate_limited(RETRY_AFTER),
            Fault.UNAUTHORIZED: self.unauthorized,
            Fault.REJECT: self.rejected,
        }
        if fault in before:
            await request.read()
            return before[fault]()
        if fault is Fault.HANG:
            await request.read()
            await self._released.wait()
            return self.server_error()
        answer = await handler(request)
        if answer.status >= 400:
            return answer  # refused on its own merits: there was no effect to hide
        if fault is Fault.CUT:
            assert request.transport is not None
            request.transport.abort()
        elif fault is Fault.ERROR_AFTER:
            return self.server_error()
        elif fault is Fault.SLOW:
            await asyncio.sleep(SLOW_SECONDS)
        elif fault is Fault.GARBAGE:
            return web.Response(text="<html>gateway</html>", content_type="text/html")
        return answer
