"""Where does a process say how it is? /metrics, /healthz and /readyz on a port of its own, for machines nearby.

It is not the receiver's port: that one is open to the world, and what is counted here is nobody's business there.
"""

import asyncio
from collections.abc import Sized
from datetime import datetime

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from core.errors import ConfigError
from core.health import standing
from core.health.readiness import hindrance
from core.metrics import meters
from core.outage import UNAVAILABLE
from core.runtime import Runtime

log = structlog.get_logger(__name__)

_FRESH_SECONDS = 5.0  # of what stands in the database: several who ask at once cost one look
_LOOK_SECONDS = 4.0  # Prometheus waits for ten
_RUNTIME: web.AppKey[Runtime] = web.AppKey("runtime", Runtime)
_LOOKING: web.AppKey["_Looking"] = web.AppKey("looking")


async def run_health(runtime: Runtime, stop: asyncio.Event) -> None:
    """Serve on ``METRICS_HOST:METRICS_PORT`` until ``stop``. Raises ``ConfigError`` when the port is taken."""
    settings = runtime.settings
    if settings.metrics_port is None:
        await stop.wait()
        return
    runner = web.AppRunner(health_app(runtime), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.metrics_host, settings.metrics_port).start()
        except OSError as error:
            where = f"{settings.metrics_host}:{settings.metrics_port}"
            raise ConfigError(
                f"METRICS_PORT: {where} cannot be listened on ({error.strerror or error}); "
                "give each process on a machine a port of its own"
            ) from None
        log.info("health_listens", host=settings.metrics_host, port=settings.metrics_port)
        await stop.wait()
    finally:
        await runner.cleanup()


def health_app(runtime: Runtime) -> web.Application:
    """Return the application with the three addresses."""
    app = web.Application()
    app[_RUNTIME] = runtime
    app[_LOOKING] = _Looking(runtime)
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz)
    app.router.add_get("/metrics", _metrics)
    return app


async def _healthz(request: web.Request) -> web.Response:
    return web.json_response({"status": "alive"})


async def _readyz(request: web.Request) -> web.Response:
    problem = await hindrance(request.app[_RUNTIME])
    if problem is None:
        return web.json_response({"status": "ready"})
    error = {"code": problem.code, "message": problem.message, "field": None}
    return web.json_response({"error": error}, status=503)


async def _metrics(request: web.Request) -> web.Response:
    await request.app[_LOOKING].look()
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


class _Looking:
    """Brings the gauges up to date, at most every few seconds."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._lock = asyncio.Lock()
        self._looked_at: float | None = None

    async def look(self) -> None:
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if self._looked_at is not None and now - self._looked_at < _FRESH_SECONDS:
                return
            await self._look_at_database()
            await self._look_at_queue()
            self._looked_at = now

    async def _look_at_database(self) -> None:
        now = self._runtime.clock.now()
        try:
            async with asyncio.timeout(_LOOK_SECONDS), self._runtime.unit_of_work() as session:
                found = await standing.look(session, now)
        except UNAVAILABLE as error:
            log.info("standing_unknown", reason=type(error).__name__)
            meters.DATABASE_UP.set(0)
            return
        meters.DATABASE_UP.set(1)
        _show(found, now)

    async def _look_at_queue(self) -> None:
        url = self._runtime.settings.redis_url
        if url is None:
            queue = self._runtime.queue
            meters.QUEUE_DEPTH.labels("process").set(len(queue) if isinstance(queue, Sized) else 0)
            return
        depths = await standing.queue_depths(url.get_secret_value())
        meters.REDIS_UP.set(0 if depths is None else 1)
        for name, depth in (depths or {}).items():
            meters.QUEUE_DEPTH.labels(name).set(depth)


def _show(found: standing.Standing, now: datetime) -> None:
    meters.DUE.set(found.due)
    late = (now - found.oldest_due).total_seconds() if found.oldest_due is not None else 0.0
    meters.OLDEST_DUE.set(max(late, 0.0))
    meters.WAITING_EVENTS.set(found.events)
    meters.WAITING_NEWS.set(found.news)
    # What is not there any more must not go on being shown.
    meters.CHANNELS.clear()
    for status, number in found.channels.items():
        meters.CHANNELS.labels(status).set(number)
    meters.HEARTBEAT_AGE.clear()
    for part, at in found.beats.items():
        meters.HEARTBEAT_AGE.labels(part).set((now - at).total_seconds())
