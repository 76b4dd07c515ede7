"""How is the local Telegram put on the network: into an application, or as a server of its own?"""

import errno
from collections.abc import AsyncIterator

from aiohttp import web

from bot.sandbox.bot_api import BotApi
from bot.sandbox.fault_api import FaultApi
from bot.sandbox.guard import guarded, is_loopback_name
from bot.sandbox.state import Sandbox
from bot.sandbox.web_actions import PageActions
from bot.sandbox.web_api import PageApi, answering
from bot.sandbox.webhooks import WebhookSender

SANDBOX = web.AppKey("sandbox", Sandbox)


def attach(app: web.Application, sandbox: Sandbox) -> None:
    """Add the sandbox's routes to an application; its other routes are left alone.

    Whoever serves the application must bind it to a loopback address (see `require_loopback`).
    """
    app[SANDBOX] = sandbox
    bot_api, page = BotApi(sandbox), PageApi(sandbox)
    router = app.router
    router.add_route("*", "/bot{token:[^/]+}/{method}", guarded(bot_api.call))
    router.add_get("/file/bot{token:[^/]+}/{path:.+}", guarded(bot_api.download))
    router.add_get("/", guarded(page.page))
    router.add_get("/sandbox/web/{path:.+}", guarded(page.page))
    router.add_get("/sandbox/file/{uid}", guarded(page.file))
    router.add_get("/sandbox/ws", guarded(page.socket))
    _add_page_api(router, sandbox, page)

    async def running(_app: web.Application) -> AsyncIterator[None]:
        sender = WebhookSender(sandbox)
        sender.start()
        yield
        await sender.stop()

    async def stopping(_app: web.Application) -> None:
        sandbox.updates.close()
        sandbox.faults.clear()
        await page.close()

    app.cleanup_ctx.append(running)
    app.on_shutdown.append(stopping)


def _add_page_api(router: web.UrlDispatcher, sandbox: Sandbox, page: PageApi) -> None:
    actions, faults = PageActions(sandbox), FaultApi(sandbox)
    chat = "/sandbox/api/chats/{chat_id}"
    table = (
        ("GET", "/sandbox/api/state", page.state),
        ("GET", f"{chat}/messages", page.messages),
        ("POST", f"{chat}/send", actions.send),
        ("POST", f"{chat}/press", actions.press),
        ("POST", f"{chat}/stop", actions.stop),
        ("POST", f"{chat}/forward", actions.forward),
        ("POST", f"{chat}/edit", actions.edit),
        ("POST", f"{chat}/react", actions.react),
        ("POST", f"{chat}/delete", actions.delete),
        ("POST", f"{chat}/read", actions.read),
        ("POST", f"{chat}/block", actions.block),
        ("POST", f"{chat}/admins", actions.set_admin),
        ("POST", "/sandbox/api/channels", actions.create_channel),
        ("POST", "/sandbox/api/bots", actions.add_bot),
        ("GET", "/sandbox/api/faults", faults.list_faults),
        ("POST", "/sandbox/api/faults", faults.add_fault),
        ("DELETE", "/sandbox/api/faults", faults.clear_faults),
        ("POST", "/sandbox/api/flood", faults.flood),
        ("GET", "/sandbox/api/journal", faults.journal),
        ("DELETE", "/sandbox/api/journal", faults.clear_journal),
    )
    for method, path, action in table:
        router.add_route(method, path, guarded(answering(action)))


def require_loopback(host: str) -> None:
    """Raises `ValueError` for an address that other machines could reach: the sandbox has no passwords."""
    if not is_loopback_name(host):
        raise ValueError(f"the sandbox may be bound to a loopback address only, not to {host!r}")


class SandboxServer:
    """The sandbox as a server of its own, for tests: `async with SandboxServer(sandbox) as server: server.url`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Serve on a loopback address; port 0 takes a free one. Gives the base URL.

        Raises `ValueError` for another address, `OSError` when the port is taken.
        """
        require_loopback(host)
        app = web.Application()
        attach(app, self.sandbox)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        address = self._runner.addresses[0] if self._runner.addresses else None
        if address is None:
            raise OSError(errno.EADDRNOTAVAIL, "the server got no address")
        name = f"[{host}]" if ":" in host else host
        self.url = f"http://{name}:{address[1]}"
        return self.url

    async def stop(self) -> None:
        """End open requests and stop serving; the sandbox itself stays as it is."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "SandboxServer":
        await self.start()
        return self

    async def __aexit__(self, *_failure: object) -> None:
        await self.stop()
