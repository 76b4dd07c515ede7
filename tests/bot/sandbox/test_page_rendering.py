"""Is what the chat page draws right and harmless: entities, links, foreign markup, and widths in both themes?"""

import re

import pytest
from playwright.async_api import Page, expect

from tests.bot.sandbox.chat_page import DESKTOP, EVIL, PHONE, World, open_browser, open_world, say

pytestmark = pytest.mark.browser
__all__ = ["open_browser", "open_world"]  # the fixtures `browser` and `world` come with these names


async def test_markup_in_names_and_texts_stays_text(world: World) -> None:
    channel = world.channel(EVIL)
    page = await world.open()
    await say(page, EVIL)
    text = f"{EVIL} ссылка"
    entities = [
        {"type": "text_link", "offset": len(EVIL) + 1, "length": 6, "url": 'https://example.org/"onclick="x'},
        {"type": "bold", "offset": 0, "length": len(EVIL)},
    ]
    await world.bot("sendMessage", chat_id=channel.id, text=text, entities=entities)
    await page.get_by_test_id(f"chat-{channel.id}").click()
    await expect(page.get_by_test_id("pane-channel").locator("h2")).to_have_text(EVIL)
    await expect(page.get_by_test_id("pane-channel").locator("strong")).to_have_text(EVIL)
    await expect(page.get_by_test_id("pane-bot").locator(".text").last).to_contain_text("onerror=")
    assert await page.locator(".app img, .app script").count() == 0
    assert "broken" not in await page.title()


async def test_only_links_a_chat_may_open_become_links(world: World) -> None:
    page = await world.open()
    script = """async () => {
        const { safeUrl } = await import("/sandbox/web/js/dom.js");
        return ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x",
                "https://a.b/", "http://a.b/", "tg://user?id=1", "mailto:a@b.c", "a.b/c"].map(safeUrl);
    }"""
    assert await page.evaluate(script) == [
        None, None, None, None, None, "https://a.b/", "http://a.b/", "tg://user?id=1", "mailto:a@b.c", "https://a.b/c",
    ]  # fmt: skip


async def test_entities_are_cut_in_utf16_and_survive_crossing(world: World) -> None:
    page = await world.open()
    script = """async () => {
        const { renderText } = await import("/sandbox/web/js/entities.js");
        const draw = (text, entities) => {
            const host = document.createElement("div");
            host.append(...renderText(text, entities, { key: "test" }));
            return host.innerHTML;
        };
        return [
            draw("😀 bold", [{ type: "bold", offset: 3, length: 4 }]),
            draw("abcdef", [{ type: "bold", offset: 0, length: 4 }, { type: "italic", offset: 2, length: 4 }]),
            draw("a\\nquote\\nb", [{ type: "blockquote", offset: 2, length: 5 }]),
            draw("abc", [{ type: "bold", offset: 1, length: 99 }, { type: "italic", offset: -1, length: 2 }]),
        ];
    }"""
    cut, crossing, quote, outside = await page.evaluate(script)
    assert cut == "😀 <strong>bold</strong>"
    assert crossing == "<strong>ab<em>cd</em></strong><em>ef</em>"
    assert re.fullmatch(r"a<blockquote.*>quote</span></blockquote>b", quote)
    assert outside == "a<strong>bc</strong>"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "viewport", [PHONE, {"width": 360, "height": 740}, DESKTOP], ids=["phone", "small", "desktop"]
)
async def test_nothing_is_wider_than_the_window(world: World, theme: str, viewport: dict[str, int]) -> None:
    channel = world.channel("Очень длинное название канала без единого перевода строки и конца")
    long = "Сверхдлинноесловобезпробелов" * 8
    wide = [[{"text": f"Кнопка с длинной подписью {n}", "callback_data": str(n)} for n in range(4)]]
    await world.bot("sendMessage", chat_id=channel.id, text=long, reply_markup={"inline_keyboard": wide})
    page = await world.open(viewport=viewport, theme=theme)
    await page.get_by_test_id(f"chat-{world.owner}").click()
    await say(page, f"{long} https://example.org/{'a' * 300}")
    sent = await world.bot(
        "sendMessage", chat_id=world.owner, text=long, reply_markup={"inline_keyboard": wide}
    )
    await expect(world.message(page, sent["message_id"])).to_be_visible()
    assert await overflow(page) == []
    if viewport is not DESKTOP:
        await expect(page.get_by_test_id("pane-channel")).to_be_hidden()
        await page.get_by_test_id("back-bot").click()
    await page.get_by_test_id(f"chat-{channel.id}").click()
    await expect(page.get_by_test_id("pane-channel")).to_contain_text("Сверхдлинное")
    assert await overflow(page) == []
    dark = await page.evaluate("getComputedStyle(document.querySelector('.side, .pane')).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", dark)[:3])) < 200) == (theme == "dark")
    before = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    if viewport is DESKTOP:
        await page.get_by_test_id("theme").click()
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") != before


async def overflow(page: Page) -> list[str]:
    """What is wider than its place: the document, or a scrolling part of it."""
    found: list[str] = await page.evaluate(
        "() => [document.documentElement, ...document.querySelectorAll('.scroller, .chat-list, .composer')]"
        ".filter((el) => el.scrollWidth > el.clientWidth).map((el) => el.className || el.tagName)"
    )
    return found
