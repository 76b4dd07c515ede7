"""What do the receiver's tests share? A receiver on a port of its own, and a product that may send to it."""

from collections.abc import AsyncGenerator

import pytest
from aiohttp import web

from core.products import service as products
from core.products import webhook_secret
from core.products.models import Product
from core.runtime import Runtime
from tests.core.events.signing import SECRET
from tests.e2e.processes import free_port
from workers.receiver import attach
from workers.receiver.serving import Runner


@pytest.fixture
async def address(runtime: Runtime) -> AsyncGenerator[str]:
    """The address of a receiver attached to an application of its own."""
    app = web.Application()
    attach(app, runtime)
    runner = Runner(app, access_log=None, auto_decompress=False)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.fixture
async def product(runtime: Runtime) -> Product:
    """A product called `moonbird` with a secret."""
    async with runtime.unit_of_work() as session:
        made = await products.create(session, name="Moonbird", slug="moonbird")
        webhook_secret.seal(runtime.keyring, made, SECRET)
    return made
