"""Does the chat page behave in a real browser, against the real sandbox, as Telegram's own application would?"""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bot.sandbox.server import SandboxServer
from bot.sandbox.state import Sandbox
from tests.bot.sandbox.chat_page import EVIL, PHONE, World, open_browser, open_world, pressed, say

pytestmark = pytest.mark.browser
__all__ = ["open_browser", "open_world"]  # the fixtures `browser` and `world` come with these names


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
    buttons = {"inline_keyboard": [[{"text": "Дальше", "callback_data": "on"}]]}
    await world.bot(
        "editMessageText",
        chat_id=world.owner,
        message_id=sent["message_id"],
        text="Экран",
        reply_markup=buttons,
    )
    await expect(bubble).to_contain_text("Экран")
    await expect(bubble).not_to_contain_text("изменено")  # Telegram marks no edit of a bot's screen
    await world.bot("deleteMessage", chat_id=world.owner, message_id=sent["message_id"])
    await expect(bubble).to_have_count(0)


async def test_a_growing_draft_is_stopped_from_the_page(world: World) -> None:
    page = await world.open()
    await say(page, "/start")
    await expect(page.get_by_text("/start").first).to_be_visible()
    growing: dict[str, Any] = {"chat_id": world.owner, "draft_id": 5, "can_stop": True, "keep_on_stop": True}
    await world.bot("sendMessageDraft", **growing, text="")
    await expect(page.get_by_test_id("draft")).to_have_text("Думает…")
    await world.bot("sendMessageDraft", **growing, text="Пишу")
    await expect(page.get_by_test_id("draft")).to_have_text("Пишу")
    await page.get_by_test_id("draft-stop").click()
    await expect(page.get_by_test_id("draft-stop")).to_have_count(0)
    (stopped,) = await world.updates("stopped_message_generation")
    assert stopped["draft_id"] == 5
    await world.bot("sendMessageDraft", **growing, text="Пишу дальше")
    await world.bot("sendMessageDraft", chat_id=world.owner, draft_id=6, text="Другой")
    await expect(page.get_by_test_id("draft")).to_have_text(["Пишу", "Другой"])


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


async def test_a_reply_keyboard_answers_for_the_owner(world: World) -> None:
    page = await world.open()
    await say(page, "/start")
    keyboard = {"keyboard": [["Да", "Нет"]], "input_field_placeholder": "Да или нет?"}
    await world.bot("sendMessage", chat_id=world.owner, text="Публикуем?", reply_markup=keyboard)
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Да или нет?")
    async with page.expect_response("**/send"):
        await page.get_by_test_id("reply-keyboard").get_by_text("Нет").click()
    assert [one["text"] for one in await world.updates("message")] == ["/start", "Нет"]
    await world.bot(
        "sendMessage", chat_id=world.owner, text="Нет так нет", reply_markup={"remove_keyboard": True}
    )
    await expect(page.get_by_test_id("reply-keyboard")).to_have_count(0)


async def test_a_post_is_forwarded_copied_and_deleted(world: World) -> None:
    channel = world.channel("Кофейня", "zerno_coffee")
    markup = {"inline_keyboard": [[{"text": "Код", "copy_text": {"text": "ЗЕРНО10"}}]]}
    post = await world.bot("sendMessage", chat_id=channel.id, text="Скидка", reply_markup=markup)
    page = await world.open()
    bubble = world.message(page, post["message_id"], channel.id)
    await bubble.get_by_test_id("btn").click()
    await expect(page.get_by_test_id("toast")).to_have_text("Скопировано")
    assert await page.evaluate("navigator.clipboard.readText()") == "ЗЕРНО10"
    await bubble.locator(".bubble").click(button="right")
    await page.get_by_role("menuitem", name="Переслать").click()
    await page.get_by_test_id("forward").get_by_text("NEXUS").click()
    await expect(page.get_by_test_id("pane-bot")).to_contain_text("Переслано от Кофейня")
    (message,) = await world.updates("message")
    assert message["forward_origin"]["message_id"] == post["message_id"]
    await bubble.locator(".bubble").click(button="right")
    await page.get_by_role("menuitem", name="Удалить").click()
    await page.get_by_test_id("confirm").get_by_role("button", name="Удалить").click()
    await expect(bubble).to_have_count(0)


async def test_a_channel_is_created_and_opened(world: World) -> None:
    page = await world.open()
    await page.get_by_test_id("add-channel").click()
    await page.get_by_placeholder("Название").fill("Новости")
    await page.get_by_placeholder("Ссылка").fill("news_of_mine")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("pane-channel").locator("h2")).to_have_text("Новости")
    post = await world.bot("sendMessage", chat_id="@news_of_mine", text="Первая")
    await expect(page.get_by_test_id("pane-channel")).to_contain_text("Первая")
    await world.bot("pinChatMessage", chat_id="@news_of_mine", message_id=post["message_id"])
    await expect(page.get_by_test_id("pane-channel").locator(".pinned")).to_contain_text("Первая")
