"""How does somebody with a phone use the chat? Types, taps, waits until everything has come, takes a picture."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import aiohttp
from playwright.async_api import Browser, Locator, Page

from scripts.gallery import stage
from scripts.gallery.labels import beginning
from scripts.gallery.pictures import Picture, shrunk
from scripts.gallery.world import OPENING, World
from tests.bot.sandbox.chat_page import PHONE, say
from tests.fakes.anthropic import FakeAnthropic

_PATIENCE = 20_000  # ms for anything on the page
_UNTIL = 60.0  # seconds until a screen that takes its time is there: a busy machine, a model
_CHANGE = 8.0  # seconds until something must have happened
_QUIET = 0.6  # seconds without a change: everything has come
_STEP = timedelta(seconds=20)  # between one thing an owner does and the next, by the clock of the scene
_TICK = timedelta(seconds=1)  # the same, each half second in which something is waited for
_FRAME = 150  # points of header, composer and air around the newest message
_TALLEST = 1500  # points; a screen that does not fit into a phone is shown whole
# The wallpaper is pretty and doubles the size of a picture.
_STYLE = ".stage, .pane { background: #d3e2d4 !important; background-image: none !important; } .stage::before { display: none !important; }"
_FILE = {"png": "image/png", "jpg": "image/jpeg", "txt": "text/plain", "mp4": "video/mp4"}


@dataclass
class Phone:
    """A phone with the chat open, in one language."""

    page: Page
    http: aiohttp.ClientSession
    url: str
    language: str
    owner: int
    world: World
    taken: list[Picture] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)
    scene: str = ""
    at: float = 0.0

    @property
    def model(self) -> FakeAnthropic:
        """The stand-in for the model."""
        return self.world.model

    async def begin(self, scene: str, at: datetime) -> None:
        """Start a scene ``at`` a time: its pictures get its name, and the way to them is told from here."""
        self.scene, self.trail, self.taken = scene, [], []
        await self._set_clock(max(at.timestamp(), self.at))

    async def pass_time(self, by: timedelta, told: str = "") -> None:
        """Let time go by, for everything at once; ``told`` says so on the way to the next picture."""
        if told:
            self.trail.append(told)
        await self._set_clock(self.at + by.total_seconds())

    async def _set_clock(self, seconds: float) -> None:
        self.at = seconds
        stage.move(self.world.clock, seconds)
        await self.page.clock.set_fixed_time(seconds)

    # --- what an owner does ---------------------------------------------------------------------------------------

    async def say(self, text: str, *, until: str | None = None) -> None:
        """Type ``text`` and send it; wait for what comes (for a button ``until``, when given)."""
        self.trail.append(text if text.startswith("/") else f"“{_short(text)}”")
        await self._do(self._written(say(self.page, text)), until)

    async def tap(self, key: str, *, until: str | None = None) -> None:
        """Tap the newest button labelled with the text ``key`` of the locale files."""
        await self.tap_label(self.label(key), until=until)

    async def back(self) -> None:
        """Tap the way back of the newest screen that has one."""
        await self.tap_label("‹ ")

    async def tap_exactly(self, key: str, *, until: str | None = None) -> None:
        """Tap the newest button that says ``key``'s text and nothing else, but for the mark of what is chosen."""
        await self.tap_exactly_label(self.label(key), until=until)

    async def tap_exactly_label(self, label: str, *, until: str | None = None) -> None:
        """The same for words that are in no locale file."""
        await self.tap_label(re.compile(rf"^\s*(• )?{re.escape(label)}\s*$"), until=until)

    async def tap_label(self, label: str | re.Pattern[str], *, until: str | None = None) -> None:
        """Tap the newest button whose label holds ``label``."""
        button = self.bubbles(label).last.get_by_test_id("btn").filter(has_text=label).first
        shown = (await button.inner_text(timeout=_PATIENCE)).strip()
        self.trail.append(f"[{_short(shown)}]")
        await self._do(button.click(), until)

    async def attach(self, name: str, data: bytes, caption: str = "", *, until: str | None = None) -> None:
        """Send a file."""
        form = aiohttp.FormData()
        form.add_field("file", data, filename=name, content_type=_FILE[name.rpartition(".")[2]])
        form.add_field("caption", caption)
        self.trail.append(f"{name}: “{_short(caption)}”" if caption else name)
        await self._do(self._written(self._post(f"chats/{self.owner}/send", data=form)), until)

    async def forward(self, chat: int, message_ids: list[int], *, until: str | None = None) -> None:
        """Forward messages of a channel to the bot."""
        self.trail.append("a forwarded post")
        body = {"from_chat_id": chat, "message_ids": message_ids}
        await self._do(self._written(self._post(f"chats/{self.owner}/forward", json=body)), until)

    async def new_channel(self, title: str, username: str) -> None:
        """Make a channel with the bot as its administrator."""
        body = {"title": title, "username": f"{username}_{self.language}"}
        await self._do(self._post("channels", json=body), None)

    # --- what one sees ----------------------------------------------------------------------------------------------

    async def shot(self, name: str, title: str, *, at_work: bool = False, of: str = "") -> None:
        """Take a picture of the newest screen (that with a button ``of``, when given).

        The bot has come to rest, unless it is wanted ``at_work``.
        """
        await self._settled()
        if not at_work:
            await self.page.get_by_test_id("typing").wait_for(state="hidden")
        await self.page.mouse.move(0, 0)
        shown = self.page.get_by_test_id("pane-bot").locator("[data-testid^='msg-']").last
        if of:
            shown = self.bubbles(self.label(of)).last
        box = await shown.bounding_box()
        height = min(max(PHONE["height"], (int(box["height"]) if box else 0) + _FRAME), _TALLEST)
        await self.page.set_viewport_size({"width": PHONE["width"], "height": height})
        await self.page.evaluate(
            "() => { document.activeElement?.blur(); for (const one of document.querySelectorAll('.scroller')) one.scrollTop = one.scrollHeight; }"
        )
        if of:
            await shown.evaluate("bubble => bubble.scrollIntoView({block: 'end'})")
        await self.page.wait_for_timeout(250)  # the panes scroll to their ends
        raw = await self.page.screenshot(scale="device")
        await self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # playwright wants its own TypedDict
        how = " → ".join(self.trail) or "the first thing one sees"
        self.taken.append(
            Picture(self.scene, name, title, how, await asyncio.to_thread(shrunk, BytesIO(raw)))
        )

    def label(self, key: str) -> str:
        """The beginning of a label, up to its first variable."""
        return beginning(self.language, key)

    def bubbles(self, label: str | re.Pattern[str]) -> Locator:
        """All messages with such a button, oldest first."""
        button = self.page.get_by_test_id("btn").filter(has_text=label)
        return self.page.get_by_test_id("pane-bot").locator("[data-testid^='msg-']").filter(has=button)

    async def messages(self, chat: int | None = None) -> list[dict[str, Any]]:
        """What stands in a chat (the bot's when left out), oldest first."""
        path = f"{self.url}/sandbox/api/chats/{chat or self.owner}/messages"
        async with self.http.get(path, params={"limit": "30"}) as answer:
            found: list[dict[str, Any]] = (await answer.json())["messages"]
            return found

    async def channel(self) -> int:
        """The first channel's id."""
        async with self.http.get(f"{self.url}/sandbox/api/state") as answer:
            chats = (await answer.json())["chats"]
        return next(int(chat["id"]) for chat in chats if chat["type"] == "channel")

    async def fault(self, kind: str, method: str, **more: Any) -> None:
        """Have the local Telegram fail on purpose."""
        await self._post("faults", json={"kind": kind, "method": method, **more})

    async def no_faults(self) -> None:
        """Have it work again."""
        async with self.http.delete(f"{self.url}/sandbox/api/faults") as answer:
            answer.raise_for_status()

    async def wait_for_text(self, part: str, seconds: float = 40) -> None:
        """Wait until the bot has written something with ``part`` in it."""
        found = self.page.get_by_test_id("pane-bot").locator("[data-testid^='msg-']").filter(has_text=part)
        async with asyncio.timeout(seconds):
            while not await found.count():
                await asyncio.sleep(0.5)
                await self.pass_time(_TICK)
        await self._settled()

    # --- how it is made sure that everything has come -------------------------------------------------------------

    async def _do(self, action: Any, until: str | None) -> None:
        before = await self._print()
        await self.pass_time(_STEP)
        await action
        with suppress(TimeoutError):  # a screen that is drawn again may look the same
            async with asyncio.timeout(_CHANGE):
                while await self._print() == before:  # noqa: ASYNC110 - what is watched is another process
                    await asyncio.sleep(0.05)
        if until is not None:
            await self._newest_with(self.label(until))
        await self._settled()

    async def _written(self, action: Awaitable[Any]) -> None:
        """Do what puts a message of the owner's into the chat, and wait for the bot's to stand below it."""
        await action
        async with asyncio.timeout(_UNTIL):
            while (await self.messages())[-1]["out"]:  # noqa: ASYNC110 - what is watched is another process
                await asyncio.sleep(0.05)

    async def _newest_with(self, label: str) -> None:
        """Wait until the newest message of the chat has such a button."""
        newest: dict[str, Any] = {}
        try:
            async with asyncio.timeout(_UNTIL):
                while not _has(newest, label):
                    await asyncio.sleep(0.1)
                    newest = (await self.messages())[-1]
        except TimeoutError:
            shown = json.dumps(newest, ensure_ascii=False)[:900]
            raise LookupError(f"the newest message has no button {label!r}: {shown}") from None

    async def _settled(self) -> None:
        loop = asyncio.get_running_loop()
        last, since = await self._print(), loop.time()
        while loop.time() - since < _QUIET:
            await asyncio.sleep(0.1)
            now = await self._print()
            if now != last or await self.page.locator("[aria-busy=true]").count():
                last, since = now, loop.time()

    async def _print(self) -> str:
        """Everything that stands in the bot's chat, as one string to compare."""
        return json.dumps(await self.messages(), sort_keys=True)

    async def _post(self, path: str, **body: Any) -> Any:
        async with self.http.post(f"{self.url}/sandbox/api/{path}", **body) as answer:
            answer.raise_for_status()
            return await answer.json()


def _has(message: dict[str, Any], label: str) -> bool:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return any(label in button["text"] for row in rows for button in row)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 48 else f"{line[:47]}…"


@asynccontextmanager
async def unlocked(browser: Browser, world: World, language: str) -> AsyncGenerator[Phone]:
    """A phone that has the bot's chat on its screen."""
    context = await browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]  # playwright wants its own TypedDict
        device_scale_factor=2,
        locale={"ru": "ru-RU", "en": "en-GB"}[language],
        timezone_id="Europe/Moscow",
        color_scheme="light",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    async with aiohttp.ClientSession() as http:
        page = await context.new_page()
        page.set_default_timeout(_PATIENCE)
        await page.clock.set_fixed_time(OPENING)
        await page.goto(world.url)
        await page.add_style_tag(content=_STYLE)
        async with http.get(f"{world.url}/sandbox/api/state") as answer:
            owner = (await answer.json())["owner"]["id"]
        await page.get_by_test_id(f"chat-{owner}").click()
        yield Phone(page, http, world.url, language, owner, world)
    await context.close()
