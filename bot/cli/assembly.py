"""What is a running NEXUS made of? The only place where the bot and the workers meet."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.cli.home import keys_file, keys_fingerprint
from bot.cli.opening import Place
from bot.cli.parts import Part
from bot.cli.web import serve
from core.jobs.queue import DroppingQueue
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.outage import repeat
from core.runtime import Runtime, open_runtime

log = structlog.get_logger(__name__)

_WORK_GOES_LAST = 1  # what asks for work stops first, what does it finishes after that
_WEB_AFTER_IT = 2
_DATABASE_AT_THE_END = 3
_LOOK_SECONDS = 1.0


@asynccontextmanager
async def open_everything(place: Place, *, works: bool = True) -> AsyncGenerator[Runtime]:
    """Open the job queue that the settings ask for, and the runtime on it.

    ``works`` says that jobs are done in this process. Where they are not, and there is no Redis to carry them, they are
    left to the scheduler that reads the rows.
    """
    from workers.broker import open_queue

    dropping = not works and place.settings.redis_url is None
    async with (
        contextlib.nullcontext(DroppingQueue()) if dropping else open_queue(place.settings) as queue,
        open_runtime(
            place.settings, database_url=place.database_url, keyring=place.keyring, queue=queue
        ) as runtime,
    ):
        yield runtime


def bot_part(runtime: Runtime, after: asyncio.Event | None = None) -> Part:
    """The control panel and the delivery of notifications; it starts when ``after`` is set."""

    from bot.polling import run_bot

    async def body(stop: asyncio.Event) -> None:
        if after is not None:
            await after.wait()
        await run_bot(runtime, stop)

    return Part("bot", body)


def worker_part(runtime: Runtime) -> Part:
    """What does the jobs."""

    from workers.schedule import run_worker

    async def body(stop: asyncio.Event) -> None:
        await run_worker(runtime, stop)

    return Part("worker", body, order=_WORK_GOES_LAST)


def scheduler_part(runtime: Runtime) -> Part:
    """What asks for due work."""

    from workers.schedule import run_scheduler

    async def body(stop: asyncio.Event) -> None:
        await run_scheduler(runtime, stop)

    return Part("scheduler", body)


def health_part(runtime: Runtime) -> Part:
    """What answers /metrics, /healthz and /readyz where the settings say so; it answers until the others have stopped."""
    from workers.health import run_health

    async def body(stop: asyncio.Event) -> None:
        await run_health(runtime, stop)

    return Part("health", body, order=_WEB_AFTER_IT)


def web_part(app: web.Application, taken: socket.socket, ready: asyncio.Event) -> Part:
    """What answers HTTP on the socket taken at start; it answers until the others have stopped."""

    async def body(stop: asyncio.Event) -> None:
        await serve(app, taken, stop, ready)

    return Part("receiver", body, order=_WEB_AFTER_IT)


def receiver_app(runtime: Runtime) -> web.Application:
    """The receiver's addresses as an application."""
    from workers.receiver import attach

    app = web.Application()
    attach(app, runtime)
    return app


def database_parts(place: Place) -> list[Part]:
    """What brings the embedded PostgreSQL back when it dies; nothing where the database is somebody else's.

    The other parts need not know: they wait out a database that is away.
    """
    server = place.database.embedded
    if server is None:
        return []

    async def look() -> None:
        if server.running:
            return
        log.error("embedded_postgres_died", action="starting it again")
        await asyncio.to_thread(server.start)
        log.info("embedded_postgres_is_back")

    async def body(stop: asyncio.Event) -> None:
        await repeat("embedded PostgreSQL", look, _LOOK_SECONDS, stop)

    return [Part("database", body, order=_DATABASE_AT_THE_END)]


async def tell_about_keys(place: Place, runtime: Runtime) -> None:
    """Have the owner told once to keep the keys that NEXUS has made by itself."""
    path = keys_file(place.settings, place.home)
    if path is None:
        return
    async with runtime.unit_of_work() as session:
        await notifications.notify(
            session,
            NotificationKind.KEYS_CREATED,
            payload={"path": str(path)},
            dedupe_key=f"keys-created:{keys_fingerprint(path)}",
        )
