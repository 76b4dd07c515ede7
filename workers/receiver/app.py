"""What can be asked over HTTP? Events are taken, files given out by signed address, consents settled; else a JSON 404."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from functools import partial

import structlog
from aiohttp import web

from core.config import WEBHOOK_PATH
from core.errors import NotFound
from core.events import nudging, refusals
from core.health.readiness import hindrance
from core.media.public import PATH, may_read
from core.media.remote import BucketAway
from core.media.store import SCHEME
from core.outage import repeat
from core.runtime import Runtime
from core.settings import heartbeats
from workers.identity import worker_name
from workers.receiver import consent, events, telegram
from workers.receiver.answers import error_response
from workers.receiver.keys import RUNTIME
from workers.receiver.serving import Runner

log = structlog.get_logger(__name__)

RECEIVER = "receiver"  # name of the heartbeat row
_BEAT_SECONDS = 10.0
_DRAIN_SECONDS = 5.0
# Any other kind of file, a page or a drawing with a script in it among them, is handed out to be kept.
_SHOWN = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "mp3": "audio/mpeg", "m4a": "audio/mp4",
    "ogg": "audio/ogg",
}  # fmt: skip

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def json_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer unknown paths and wrong methods in the JSON form."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return error_response(404, "not-found", "There is nothing at this address")
    except web.HTTPMethodNotAllowed as error:
        allowed = ", ".join(sorted(error.allowed_methods))
        return error_response(
            405, "method-not-allowed", f"This address takes {allowed}", headers={"Allow": allowed}
        )


async def _healthz(request: web.Request) -> web.Response:
    return web.json_response({"status": "alive"})


async def _readyz(request: web.Request) -> web.Response:
    problem = await hindrance(request.app[RUNTIME])
    if problem is None:
        return web.json_response({"status": "ready"})
    return error_response(503, problem.code, problem.message)


async def _media(request: web.Request) -> web.StreamResponse:
    """A file that a platform fetches, by its signed address; whatever is wrong with it, there is nothing here."""
    runtime = request.app[RUNTIME]
    name, query = request.match_info["name"], request.query
    allowed = may_read(
        name,
        expires=query.get("expires", ""),
        signature=query.get("signature", ""),
        keyring=runtime.keyring,
        now=runtime.clock.now(),
    )
    if not allowed:
        raise web.HTTPNotFound
    try:
        path = await runtime.media.local(SCHEME + name)
    except NotFound:
        raise web.HTTPNotFound from None
    except BucketAway as error:
        log.warning("file_not_served", reason=str(error))
        return error_response(503, error.code, "The file cannot be read now", headers={"Retry-After": "30"})
    return web.FileResponse(path, headers=_headers_of(name))


def _headers_of(name: str) -> dict[str, str]:
    """What was uploaded is shown as a picture or a film, or kept as a file; never run as a page of ours."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private",
    }
    kind = _SHOWN.get(name.rpartition(".")[2])
    if kind is None:
        return headers | {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"}
    return headers | {"Content-Type": kind}


async def _beside(app: web.Application) -> AsyncGenerator[None]:
    """Tell workers of events, look at refused signatures, and leave signs of life, as long as the application lives."""
    stop, runtime = asyncio.Event(), app[RUNTIME]
    look = partial(refusals.look, runtime)

    async def beat() -> None:
        async with runtime.unit_of_work() as session:
            await heartbeats.beat(
                session,
                RECEIVER,
                runtime.clock.now(),
                {"process": worker_name(), "keys": list(runtime.keyring.ids)},
            )

    async with asyncio.TaskGroup() as group:
        group.create_task(repeat("heartbeat of the receiver", beat, _BEAT_SECONDS, stop))
        group.create_task(repeat("look at refused signatures", look, refusals.LOOK_SECONDS, stop))
        group.create_task(nudging.run(runtime, stop))
        yield
        nudging.end(runtime, stop)


def attach(app: web.Application, runtime: Runtime) -> None:
    """Add the receiver's addresses and its error form to ``app``, before it starts."""
    app[RUNTIME] = runtime
    app.middlewares.append(json_errors)
    app.cleanup_ctx.append(_beside)
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz)
    app.router.add_get(PATH + "{name}", _media)
    app.router.add_post(events.PATH, events.take)
    if telegram.is_wanted(runtime.settings):
        app.router.add_post(WEBHOOK_PATH, telegram.take)
    # A look at the headers alone must not use a link up.
    app.router.add_get(consent.PATH, consent.callback, allow_head=False)


async def run_receiver(runtime: Runtime, stop: asyncio.Event) -> None:
    """Serve on ``NEXUS_HOST:NEXUS_PORT`` until ``stop``. Raises ``OSError`` when the port is taken."""
    app = web.Application()
    attach(app, runtime)
    # Signatures are of bodies as they were sent; a compressed one is refused, not unpacked.
    runner = Runner(app, access_log=None, shutdown_timeout=_DRAIN_SECONDS, auto_decompress=False)
    await runner.setup()
    try:
        settings = runtime.settings
        await web.TCPSite(runner, settings.nexus_host, settings.nexus_port).start()
        log.info("receiver_listens", host=settings.nexus_host, port=settings.nexus_port)
        await stop.wait()
    finally:
        await runner.cleanup()
