"""Does the demo carry one idea all the way, in a real browser, as a new owner would do it?"""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.bot.sandbox.chat_page import DESKTOP, open_browser, say
from tests.e2e.processes import Running, free_port, running, wait_until_answers

__all__ = ["open_browser"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
# Chromium and a whole NEXUS share two cores with whatever else runs: patience, not speed, is what is tested here.
_PATIENCE = 30_000  # ms
_IDEA = "Мы открыли раннюю подписку: первые 100 участников получают имя в титрах"
_EDITED = "Ранняя подписка открыта. Первые сто имён попадут в титры — навсегда."
_SECOND = "Завтра в семь вечера показываем демо в прямом эфире."


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncGenerator[tuple[Running, str]]:
    """`nexus demo` on a free port with a home of its own."""
    port = free_port()
    env = {"NEXUS_HOME": str(tmp_path / "home with spaces"), "NEXUS_PORT": str(port)}
    async with running(["-m", "bot", "demo"], log=tmp_path / "demo.log", env=env) as started:
        url = f"http://127.0.0.1:{port}"
        await wait_until_answers(f"{url}/sandbox/api/state", started)
        yield started, url


@pytest.fixture
async def page(browser: Browser, demo: tuple[Running, str]) -> AsyncGenerator[Page]:
    """The chat page, in Russian, with nothing to complain about on its console."""
    complaints: list[str] = []
    context = await browser.new_context(viewport=DESKTOP, locale="ru-RU", reduced_motion="reduce")  # type: ignore[arg-type]
    opened = await context.new_page()
    opened.set_default_timeout(_PATIENCE)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    await opened.goto(demo[1])
    yield opened
    await context.close()
    assert complaints == []


def _bubble(page: Page, text: str | re.Pattern[str], button: str | None = None) -> Locator:
    """The newest bubble of the bot's chat that shows ``text`` and, when asked for, has ``button``."""
    found = page.get_by_test_id("pane-bot").locator("[data-testid^='msg-']").filter(has_text=text)
    if button is not None:
        found = found.filter(has=page.get_by_test_id("btn").filter(has_text=button))
    return found.last


async def _press(bubble: Locator, label: str) -> None:
    await bubble.get_by_test_id("btn").filter(has_text=label).first.click()


async def _draft(page: Page, idea: str, text: str) -> Locator:
    """Type an idea, wait for its card, and replace the text: the way most first posts go."""
    await say(page, idea)
    card = _bubble(page, re.compile(r"📝 #\d+"), "Одобрить")
    await expect(card).to_be_visible(timeout=_PATIENCE)
    number = re.search(r"#\d+", await card.inner_text())
    assert number is not None
    await _press(card, "Текст")
    await expect(_bubble(page, "Пришлите новый текст")).to_be_visible(timeout=_PATIENCE)
    await say(page, text)
    edited = _bubble(page, text, "Одобрить").filter(has_text=number[0])
    await expect(edited).to_be_visible(timeout=_PATIENCE)
    return edited


async def _published(page: Page, text: str, patience: int) -> None:
    """The post stands in the channel pane, and the owner has the message with the link to it."""
    post = page.get_by_test_id("pane-channel").locator("[data-testid^='msg-']").filter(has_text=text)
    await expect(post.last).to_be_visible(timeout=patience)
    report = (
        page.get_by_test_id("pane-bot")
        .locator("[data-testid^='msg-']")
        .filter(has=page.locator("a[href*='t.me/']"))
    )
    await expect(report.last).to_contain_text(
        re.compile("опубликован|вышел", re.IGNORECASE), timeout=patience
    )


async def test_an_idea_is_edited_approved_published_and_another_scheduled(
    page: Page, demo: tuple[Running, str]
) -> None:
    await say(page, "/start")
    card = await _draft(page, _IDEA, _EDITED)
    await _press(card, "Одобрить")
    await expect(_bubble(page, "Одобрено").filter(has_text=_EDITED)).to_be_visible(timeout=_PATIENCE)
    now = _bubble(page, _EDITED, "Сейчас")
    await _press(now, "Сейчас")
    anyway = _bubble(page, re.compile("."), "Всё равно сейчас")
    undo = _bubble(page, _EDITED, "Отменить публикацию")
    await expect(undo.or_(anyway).first).to_be_visible(timeout=_PATIENCE)
    if await anyway.count():
        await _press(anyway, "Всё равно сейчас")
    await _published(page, _EDITED, 60_000)

    second = await _draft(page, "Показ демо завтра", _SECOND)
    await _press(second, "Одобрить")
    await _press(_bubble(page, _SECOND, "Запланировать"), "Запланировать")
    await _press(_bubble(page, "Когда публикуем"), "Ввести время")
    await expect(_bubble(page, "Напишите, когда")).to_be_visible(timeout=_PATIENCE)
    await say(page, "через 1 минуту")
    await _press(_bubble(page, re.compile(r"Пост .* выйдет")), "Запланировать")
    # The first post went out a moment ago, so the gap between posts speaks up, and the owner overrules it.
    await _press(_bubble(page, "Слишком близко"), "Всё равно на это время")
    await _published(page, _SECOND, 120_000)
    log = demo[0].log.read_text()
    assert "Traceback" not in log
