"""How does each thing around NEXUS fail, and come back?"""

import asyncio
import errno
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from tests.soak.plan import Planned
from tests.soak.world import World

_CHUNK = b"\0" * 65536


async def play(world: World, faults: list[Planned], say: Callable[[str], None]) -> None:
    """Let everything fail as planned."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for fault in faults:
        await asyncio.sleep(max(0.0, began + fault.at - loop.time()))
        say(f"{fault.name}, for {fault.seconds:.0f} s")
        async with failing(world, fault.name):
            await asyncio.sleep(fault.seconds)
    say("everything works again")


def failing(world: World, name: str) -> AbstractAsyncContextManager[None]:
    """Return what makes it fail on entering, and work again on leaving."""
    what, _, how = name.partition(" ")
    if what == "telegram":
        return _telegram(world, how)
    if how == "flushed":
        return _flushed(world)
    return {"database": _database, "redis": _redis, "ai": _ai, "disk": _disk}[what](world)


@asynccontextmanager
async def _database(world: World) -> AsyncGenerator[None]:
    await asyncio.to_thread(world.postgres.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(world.postgres.start)


@asynccontextmanager
async def _redis(world: World) -> AsyncGenerator[None]:
    await asyncio.to_thread(world.redis.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(world.redis.start)


@asynccontextmanager
async def _flushed(world: World) -> AsyncGenerator[None]:
    async with Redis.from_url(world.redis.url) as client:
        await client.flushall()
    yield


@asynccontextmanager
async def _telegram(world: World, how: str) -> AsyncGenerator[None]:
    rule = world.sandbox.faults.add(how, times=None, retry_after=3)
    try:
        yield
    finally:
        world.sandbox.faults.clear(rule.id)


@asynccontextmanager
async def _ai(world: World) -> AsyncGenerator[None]:
    world.claude.faults = deque(["overloaded"] * 100_000)
    try:
        yield
    finally:
        world.claude.faults = deque()


@asynccontextmanager
async def _disk(world: World) -> AsyncGenerator[None]:
    """Fill the small disk to its last byte; where there is none, nothing happens."""
    ballast = world.home / "ballast"
    try:
        if world.small_disk:
            await asyncio.to_thread(_fill, ballast)
        yield
    finally:
        ballast.unlink(missing_ok=True)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(_CHUNK)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
