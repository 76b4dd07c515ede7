"""How is the README's picture made? A demo of its own, a real browser, one post published and one on the table.

.venv/bin/python -m scripts.picture [docs/images/chat.png]      after `make install-dev`; needs Chromium
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright, expect

from tests.bot.sandbox.chat_page import CHROMIUM, FLAGS, say
from tests.e2e.processes import ROOT, free_port, running, wait_until_answers

_PATIENCE = 60_000  # ms
_SIZE = {"width": 1440, "height": 900}
_FIRST = """🌙 Тише, чем вчера

С сегодняшней ночи Anima умеет молчать. Если душе нечего сказать, она не подбирает слова, а остаётся рядом.

Попробуйте спросить её о самом важном и подождать."""
_SECOND = """🕯 Письмо, которого не ждали

В пятницу каждая душа напишет первой. Одно письмо, ни слова о погоде."""


def _bubble(page: Page, text: str | re.Pattern[str], label: str) -> Locator:
    """The newest message of the bot that shows ``text`` and has a button ``label``."""
    found = page.get_by_test_id("pane-bot").locator("[data-testid^='msg-']").filter(has_text=text)
    return found.filter(has=page.get_by_test_id("btn").filter(has_text=label)).last


async def _press(bubble: Locator, label: str) -> None:
    await bubble.get_by_test_id("btn").filter(has_text=label).first.click()


async def _play(page: Page) -> None:
    """Publish one post, put another on the table, and look away from all buttons."""
    first, second = _FIRST.splitlines()[0], _SECOND.splitlines()[0]
    await page.get_by_test_id("start").click()
    await _press(_bubble(page, "На каком языке", "Русский"), "Русский")
    await expect(_bubble(page, "Anima", "Черновики")).to_be_visible()
    await say(page, _FIRST)
    await _press(_bubble(page, first, "Сейчас"), "Сейчас")
    await expect(_bubble(page, "Опубликовано", "Открыть пост")).to_be_visible()
    post = page.get_by_test_id("pane-channel").locator("[data-testid^='msg-']").filter(has_text=first)
    await expect(post.last).to_be_visible()
    await say(page, _SECOND)
    await expect(_bubble(page, second, "Одобрить")).to_be_visible()
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement?.blur()")
    await page.wait_for_timeout(1000)  # the views are counted, the panes scroll to their ends


async def _make(target: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="nexus-picture-") as folder:
        port = free_port()
        env = {"NEXUS_HOME": folder, "NEXUS_PORT": str(port)}
        url = f"http://127.0.0.1:{port}"
        async with (
            running(["-m", "bot", "demo"], log=Path(folder) / "demo.log", env=env) as started,
            async_playwright() as playwright,
        ):
            await wait_until_answers(f"{url}/sandbox/api/state", started)
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            page = await browser.new_page(
                viewport=_SIZE,  # type: ignore[arg-type]  # playwright wants its own TypedDict
                locale="ru-RU",
                timezone_id="Europe/Moscow",
                color_scheme="light",
                reduced_motion="reduce",
            )
            page.set_default_timeout(_PATIENCE)
            expect.set_options(timeout=_PATIENCE)
            await page.goto(url)
            await _play(page)
            target.parent.mkdir(parents=True, exist_ok=True)
            await page.screenshot(path=target)
            await browser.close()


if __name__ == "__main__":
    picture = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images" / "chat.png"
    asyncio.run(_make(picture))
    print(f"{picture}: {picture.stat().st_size // 1024} KB; look at it before you commit it")
