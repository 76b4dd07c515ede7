"""Does the chat page behave in a real browser, against the real sandbox, as Telegram's own application would?"""

import asyncio
import re
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

pytestmark = pytest.mark.browser

TOKEN = "123456:TEST"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
EVIL = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"


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


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(
            "no Chromium here: install chromium, chromium-browser or google-chrome to test the chat page"
        )
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        await running.close()


@pytest.fixture
async def world(browser: Browser) -> AsyncIterator[World]:
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


async def test_a_message_reaches_the_bot_and_its_answer_has_buttons_that_answer(world: World) -> None:
    page = await world.open()
    async with page.expect_response("**/send"):
        await page.get_by_test_id("start").click()
    await say(page, "Привет, <b>бот</b>")
    texts = [update["text"] for update in await world.updates("message")]
    assert texts == ["/start", "Привет, <b>бот</b>"]

    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes", "style": "success"}]]}
    sent = await world.bot("sendMessage", chat_id=world.owner, text="Публикуем?", reply_markup=keyboard)
    button = world.message(page, sent["message_id"]).get_by_test_id("btn")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    (query,) = [one["callback_query"] for one in await pressed(world)]
    assert query["data"] == "yes"
    await world.bot("answerCallbackQuery", callback_query_id=query["id"], text="Готово")
    await expect(page.get_by_test_id("toast")).to_have_text("Готово")
    await expect(button).not_to_have_attribute("aria-busy", "true")


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


async def test_an_alert_waits_until_it_is_closed(world: World) -> None:
    page = await world.open()
    keyboard = {"inline_keyboard": [[{"text": "?", "callback_data": "q"}]]}
    await say(page, "/start")
    sent = await world.bot("sendMessage", chat_id=world.owner, text="Вопрос", reply_markup=keyboard)
    await world.message(page, sent["message_id"]).get_by_test_id("btn").click()
    (update,) = await pressed(world)
    await world.bot(
        "answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text=EVIL, show_alert=True
    )
    alert = page.get_by_test_id("alert")
    await expect(alert).to_contain_text("<script>")
    await page.keyboard.press("Escape")
    await expect(alert).to_have_count(0)
    assert await page.title() == "NEXUS"


async def test_an_edit_a_deletion_and_a_draft_show_at_once(world: World) -> None:
    page = await world.open()
    await say(page, "/start")
    await expect(page.get_by_text("/start").first).to_be_visible()
    await world.bot("sendChatAction", chat_id=world.owner, action="upload_photo")
    await expect(page.get_by_test_id("typing")).to_contain_text("отправляет фотографию")
    await world.bot("sendMessageDraft", chat_id=world.owner, draft_id=1, text="Пишу чер")
    await world.bot("sendMessageDraft", chat_id=world.owner, draft_id=1, text="Пишу черновик")
    await expect(page.get_by_test_id("draft")).to_have_text("Пишу черновик")
    sent = await world.bot("sendMessage", chat_id=world.owner, text="Первый вариант")
    await expect(page.get_by_test_id("draft")).to_have_count(0)
    bubble = world.message(page, sent["message_id"])
    await expect(bubble).to_contain_text("Первый вариант")
    await world.bot(
        "editMessageText", chat_id=world.owner, message_id=sent["message_id"], text="Второй вариант"
    )
    await expect(bubble).to_contain_text("Второй вариант")
    await expect(bubble).to_contain_text("изменено")
    await world.bot("deleteMessage", chat_id=world.owner, message_id=sent["message_id"])
    await expect(bubble).to_have_count(0)


async def test_photos_are_sent_with_a_caption_and_several_are_an_album(world: World) -> None:
    page = await world.open()
    picture = await page.screenshot(clip={"x": 0, "y": 0, "width": 320, "height": 200})
    photo: Any = {"name": "кофе.png", "mimeType": "image/png", "buffer": picture}
    await page.get_by_test_id("attach").set_input_files(photo)
    await expect(page.get_by_test_id("tray")).to_contain_text("кофе.png")
    await say(page, "Утро")
    await expect(page.get_by_test_id("tray")).to_be_hidden()
    (message,) = await world.updates("message")
    assert message["photo"][-1]["width"] == 320
    assert message["caption"] == "Утро"
    image = world.message(page, message["message_id"]).locator("img")
    await expect(image).to_have_js_property("complete", value=True)
    assert await image.evaluate("image => image.naturalWidth") == 320

    await page.get_by_test_id("attach").set_input_files([photo, photo, photo])
    await page.get_by_test_id("send").click()
    await expect(page.locator(".album img")).to_have_count(3)


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


async def test_a_link_to_a_post_opens_it_beside_the_bot(world: World) -> None:
    channel = world.channel("Кофейня", "zerno_coffee")
    posts = [
        await world.bot("sendMessage", chat_id="@zerno_coffee", text=f"Публикация {n}") for n in range(80)
    ]
    page = await world.open()
    await say(page, "/start")
    wanted = posts[2]["message_id"]
    sent = await world.bot(
        "sendMessage", chat_id=world.owner, text=f"Вышло: https://t.me/zerno_coffee/{wanted}"
    )
    await world.message(page, sent["message_id"]).locator("a").click()
    post = world.message(page, wanted, channel.id)
    await expect(post).to_be_in_viewport()
    await expect(post).to_contain_text("Публикация 2")
    await expect(page.get_by_test_id("pane-bot")).to_be_visible()
    await page.get_by_test_id("to-bottom-channel").click()
    await expect(world.message(page, posts[-1]["message_id"], channel.id)).to_be_in_viewport()


async def test_replies_edits_and_the_menu_work_from_the_keyboard(world: World) -> None:
    page = await world.open()
    await say(page, "Первая мысль")
    (message,) = await world.updates("message")
    bubble = world.message(page, message["message_id"])
    await bubble.get_by_role("button", name="Действия с сообщением").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Изменить").click()
    await expect(page.get_by_test_id("composer")).to_have_value("Первая мысль")
    await page.get_by_test_id("composer").fill("Вторая мысль")
    await page.keyboard.press("Enter")
    await expect(bubble).to_contain_text("Вторая мысль")
    await bubble.locator(".bubble").click(button="right")
    await page.get_by_role("menuitem", name="Ответить").click()
    await page.keyboard.type("Ответ")
    await page.keyboard.press("Enter")
    await expect(page.locator(".quote-box")).to_contain_text("Вторая мысль")


async def test_commands_are_offered_and_filtered(world: World) -> None:
    page = await world.open()
    await world.bot("setMyCommands", commands=[
        {"command": "queue", "description": "Очередь"}, {"command": "status", "description": "Состояние"},
    ])  # fmt: skip
    await expect(page.get_by_test_id("commands")).to_be_visible()
    await page.get_by_test_id("composer").fill("/")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.get_by_test_id("composer").fill("/st")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    assert [one["text"] for one in await world.updates("message")] == ["/status"]


async def test_a_lost_server_is_said_and_found_again(world: World, browser: Browser) -> None:
    sandbox = Sandbox("654321:TEST")
    server = SandboxServer(sandbox)
    url = await server.start()
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    await page.goto(url)
    await say(page, "Before")
    await expect(page.get_by_text("Before").last).to_be_visible()
    await server.stop()
    await expect(page.get_by_test_id("banner")).to_be_visible()
    await page.get_by_test_id("composer").fill("Kept")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("composer")).to_have_value("Kept")
    await server.start(port=int(url.rsplit(":", 1)[1]))
    await expect(page.get_by_test_id("banner")).to_be_hidden(timeout=20_000)
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("pane-bot").get_by_text("Kept")).to_be_visible()
    await context.close()
    await server.stop()
    sandbox.close()


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


async def test_the_title_counts_what_was_not_read(world: World) -> None:
    channel = world.channel("Новости")
    page = await world.open(viewport=PHONE, language="en-GB")
    await world.bot("sendMessage", chat_id=channel.id, text="One")
    await world.bot("sendMessage", chat_id=channel.id, text="Two")
    await expect(page.get_by_test_id(f"chat-{channel.id}").locator(".badge")).to_have_text("2")
    await expect(page).to_have_title("(2) NEXUS")
    await page.get_by_test_id(f"chat-{channel.id}").click()
    await expect(page.get_by_text("Unread messages")).to_be_visible()
    await expect(page).to_have_title("NEXUS")
    await page.reload()
    await expect(page.get_by_test_id("pane-channel")).to_contain_text("Two")
    await expect(page).to_have_title("NEXUS")
