"""A browser with the chat page open against a running sandbox, and the bot's side of it over the Bot API."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.sandbox.model import Chat
from bot.sandbox.posting import set_admin
from bot.sandbox.server import SandboxServer
from bot.sandbox.state import Sandbox

TOKEN = "123456:TEST"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
EVIL = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


class World:
    """A sandbox on the network, the bot's side of it, and a way to open pages."""

    def __init__(self, server: SandboxServer, browser: Browser, http: aiohttp.ClientSession) -> None:
        self.sandbox, self.url = server.sandbox, server.url
        self.owner = server.sandbox.owner.id
        self.complaints: list[str] = []
        self._browser, self._http = browser, http

    async def bot(self, method: str, **fields: Any) -> Any:
        """Call the Bot API as the control bot; gives the `result`."""
        async with self._http.post(f"{self.url}/bot{TOKEN}/{method}", json=fields) as response:
            body = await response.json()
        assert body["ok"], body
        return body["result"]

    async def updates(self, kind: str) -> list[Any]:
        """What waits for the bot, of one kind."""
        return [one[kind] for one in await self.bot("getUpdates", timeout=5) if kind in one]

    async def open(
        self, *, viewport: dict[str, int] = DESKTOP, theme: str = "light", language: str = "ru-RU"
    ) -> Page:
        """A fresh page that has drawn the chats; whatever it writes to the console as an error is kept."""
        context = await self._browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]  # playwright wants its own TypedDict
            color_scheme=theme,  # type: ignore[arg-type]
            locale=language,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = await context.new_page()
        page.on(
            "console",
            lambda line: self.complaints.append(line.text) if line.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        await page.goto(self.url)
        await expect(page.get_by_test_id(f"chat-{self.owner}")).to_be_visible()
        return page

    def message(self, page: Page, message_id: int, chat_id: int | None = None) -> Locator:
        """The bubble of a message, with its buttons."""
        return page.get_by_test_id(f"msg-{chat_id or self.owner}-{message_id}")

    def channel(self, title: str, username: str | None = None) -> Chat:
        """A channel in which the bot may post."""
        chat = self.sandbox.add_channel(title, username)
        assert self.sandbox.control is not None
        set_admin(self.sandbox, chat, self.sandbox.control, {})
        return chat


@pytest.fixture(name="browser", scope="module")
async def open_browser() -> AsyncIterator[Browser]:
    """One headless Chromium for a test file."""
    if CHROMIUM is None:
        pytest.skip(
            "no Chromium here: install chromium, chromium-browser or google-chrome to test the chat page"
        )
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        await running.close()


@pytest.fixture(name="world")
async def open_world(browser: Browser) -> AsyncIterator[World]:
    """A fresh sandbox; the test fails when any page of it complained on the console."""
    sandbox = Sandbox(TOKEN)
    async with SandboxServer(sandbox) as server, aiohttp.ClientSession() as http:
        place = World(server, browser, http)
        yield place
        for context in browser.contexts:
            await context.close()
    sandbox.close()
    assert place.complaints == []


async def say(page: Page, text: str) -> None:
    """Type and press the button, as an owner does, until the sandbox has the message."""
    await page.get_by_test_id("composer").fill(text)
    async with page.expect_response("**/send"):
        await page.get_by_test_id("send").click()


async def pressed(world: World) -> list[Any]:
    """The button presses that wait for the bot; other updates are passed over."""
    offset = 0
    async with asyncio.timeout(10):
        while True:
            updates = await world.bot("getUpdates", timeout=5, offset=offset)
            found = [one for one in updates if "callback_query" in one]
            if found:
                return found
            offset = max((one["update_id"] + 1 for one in updates), default=offset)
