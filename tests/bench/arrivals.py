"""How many signed events a second are taken? The receiver as NEXUS runs it, and two bare ones beside it."""

import asyncio
import os
import statistics
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import asyncpg
import structlog
from aiohttp import web
from pydantic import SecretStr

from core.config import Settings
from core.ids import new_id
from core.products import webhook_secret
from core.products.models import Product
from core.runtime import open_runtime
from core.security.keyring import Keyring
from tests.bench import sender
from tests.bench.sender import Load, Timed
from tests.bench.stand import Stand, connected
from tests.conftest import TEST_KEYS
from tests.core.events import signing
from tests.core.events.signing import SECRET
from tests.e2e.processes import free_port
from workers.broker import open_queue
from workers.receiver import run_receiver

Kind = Literal["nexus", "insert", "nothing"]
KINDS: tuple[Kind, ...] = ("nexus", "insert", "nothing")
CONNECTIONS = (1, 16, 64)
SLUG = "product-0"

_INSERT = """
INSERT INTO events (id, product_id, event_type, payload, delivery_id) VALUES ($1, $2, 'sale', $3, $4)
"""


@dataclass(frozen=True, slots=True)
class Server:
    """What the process that answers needs to know."""

    kind: Kind
    port: int
    database_url: str
    redis_url: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Events a second, and milliseconds until half of them and 99 of 100 were answered."""

    kind: Kind
    connections: int
    rate: float
    p50: float
    p99: float


async def measure(
    stand: Stand, *, events: int, rounds: int, over: Sequence[int] = CONNECTIONS
) -> list[Arrivals]:
    """Send ``events`` over each number of connections to each kind, in turn; of the rounds the middle ones count."""
    found = []
    for connections in over:
        timed: dict[Kind, list[Timed]] = {kind: [] for kind in KINDS}
        for number in range(rounds):
            for kind in KINDS:
                timed[kind].append(await _once(stand, kind, connections, events, number))
        found += [_middle(kind, connections, timed[kind]) for kind in KINDS]
    return found


def _middle(kind: Kind, connections: int, rounds: Sequence[Timed]) -> Arrivals:
    return Arrivals(
        kind,
        connections,
        statistics.median(one.rate for one in rounds),
        statistics.median(one.p50 for one in rounds),
        statistics.median(one.p99 for one in rounds),
    )


async def _once(stand: Stand, kind: Kind, connections: int, events: int, number: int) -> Timed:
    count = max(connections, events // 4 if connections == 1 else events)
    async with stand.database(f"arrivals_{kind}_{connections}_{number}") as url:
        await _may_send(url)
        server = Server(kind, free_port(), url, stand.redis.url, stand.folder)
        with _answering(server):
            timed = await asyncio.to_thread(
                sender.in_a_process, Load(server.port, f"/api/events/{SLUG}", connections, _requests(count))
            )
        if kind != "nothing":
            async with connected(url) as connection:
                stored = await connection.fetchval("SELECT count(*) FROM events")
            assert stored == count, f"{stored} of {count} events are in the table"
    return timed


async def _may_send(url: str) -> None:
    """Give the first product a secret, and room for everything that is sent."""
    async with connected(url) as connection:
        product = Product(id=await connection.fetchval("SELECT id FROM products WHERE slug = $1", SLUG))
        webhook_secret.seal(Keyring.parse(TEST_KEYS), product, SECRET)
        await connection.execute(
            "UPDATE products SET webhook_secret = $2 WHERE id = $1", product.id, product.webhook_secret
        )
        await connection.execute(
            "INSERT INTO settings (key, value) VALUES ('events', '{\"per_minute\": 1000000}')"
        )


def _requests(count: int) -> list[bytes]:
    now = datetime.now(UTC)
    requests = []
    for number in range(count):
        body = signing.body_of("sale", now, {"n": number, "price": 1200, "title": "Лунная птица № 7"})
        headers = signing.nexus(body) | {"Host": "127.0.0.1", "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        requests.append(f"POST /api/events/{SLUG} HTTP/1.1\r\n{head}\r\n".encode() + body)
    return requests


@contextmanager
def _answering(server: Server) -> Generator[None]:
    process = get_context("spawn").Process(target=answer, args=(server,))
    process.start()
    try:
        sender.wait_until_open(server.port, process.is_alive)
        yield
    finally:
        process.kill()
        process.join()


def answer(server: Server) -> None:
    """Answer until killed."""
    log = (server.folder / "log").open("a")
    os.dup2(log.fileno(), 2)
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(file=log), wrapper_class=structlog.make_filtering_bound_logger(20)
    )  # fmt: skip
    asyncio.run(_nexus(server) if server.kind == "nexus" else _bare(server))


async def _nexus(server: Server) -> None:
    settings = Settings(
        _env_file=None,
        nexus_home=server.folder,
        nexus_port=server.port,
        redis_url=SecretStr(server.redis_url),
    )
    async with (
        open_queue(settings) as queue,
        open_runtime(
            settings, database_url=server.database_url, keyring=Keyring.parse(TEST_KEYS), queue=queue
        ) as runtime,
    ):
        await run_receiver(runtime, asyncio.Event())


async def _bare(server: Server) -> None:
    """Answer with nothing, or after one INSERT of what was sent; no signature is looked at, no job asked for."""
    app = web.Application()
    pool: asyncpg.Pool | None = None
    if server.kind == "insert":
        # As many connections as the runtime's own pool may have.
        pool = await asyncpg.create_pool(server.database_url.replace("+asyncpg", ""), min_size=8, max_size=13)
        product = await pool.fetchval("SELECT id FROM products WHERE slug = $1", SLUG)

    async def take(request: web.Request) -> web.Response:
        if pool is None:
            return web.json_response({"received": True}, status=202)
        body = (await request.read()).decode()
        identifier = new_id()
        await pool.execute(_INSERT, identifier, product, body, identifier.hex)
        return web.json_response({"received": True, "event_id": str(identifier)}, status=202)

    app.router.add_post("/api/events/{slug}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", server.port).start()
    await asyncio.Event().wait()
