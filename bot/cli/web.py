"""How is HTTP served by the process? On a socket that is taken before anything else starts."""

import asyncio
import errno
import os
import socket

from aiohttp import web

from core.config import Settings
from core.errors import ConfigError
from workers.receiver.serving import Runner

_DRAIN_SECONDS = 5.0


def take_port(settings: Settings) -> socket.socket:
    """Bind NEXUS_HOST:NEXUS_PORT. Raises ``ConfigError`` naming the setting when that cannot be done."""
    host, port = settings.nexus_host, settings.nexus_port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except socket.gaierror:
        raise ConfigError(f"NEXUS_HOST: {host!r} is not an address of this machine") from None
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                raise ConfigError(
                    f"NEXUS_PORT: {port} is taken by another program; choose another, e.g. NEXUS_PORT={port + 1}"
                ) from None
            case errno.EADDRNOTAVAIL:
                raise ConfigError(f"NEXUS_HOST: {host!r} is not an address of this machine") from None
            case errno.EACCES:
                raise ConfigError(
                    f"NEXUS_PORT: {port} may only be used by root; choose one above 1023"
                ) from None
        raise ConfigError(
            f"NEXUS_PORT: {host}:{port} cannot be used ({os.strerror(error.errno or 0)})"
        ) from None


async def serve(
    app: web.Application, taken: socket.socket, stop: asyncio.Event, ready: asyncio.Event
) -> None:
    """Serve ``app`` on the socket ``taken`` until ``stop``; ``ready`` is set once it answers."""
    # Signatures are of bodies as they were sent; a compressed one is refused, not unpacked.
    runner = Runner(app, access_log=None, shutdown_timeout=_DRAIN_SECONDS, auto_decompress=False)
    await runner.setup()
    try:
        await web.SockSite(runner, taken).start()
        ready.set()
        await stop.wait()
    finally:
        await runner.cleanup()
