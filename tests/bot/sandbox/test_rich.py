"""Rich messages as aiogram has them: every kind the local Telegram knows goes out and comes back, the rest is refused."""

import json
from typing import Any

import pytest
from aiogram.enums import InputRichBlockType, RichTextType
from aiogram.types import (
    InputRichBlockButtons,
    InputRichBlockDetails,
    InputRichBlockDivider,
    InputRichBlockFooter,
    InputRichBlockList,
    InputRichBlockListItem,
    InputRichBlockParagraph,
    InputRichBlockPreformatted,
    InputRichBlockPullQuotation,
    InputRichBlockSectionHeading,
    InputRichBlockTable,
    InputRichMessage,
    Message,
    RichBlockTableCell,
    RichMessageButton,
    RichTextBold,
    RichTextUrl,
)
from playwright.async_api import expect

from bot.sandbox.rich import PLAIN_TEXTS
from tests.bot.sandbox.chat_page import EVIL, PHONE, World, open_browser, open_world
from tests.bot.sandbox.conftest import Telegram
from tests.bot.sandbox.test_page_rendering import overflow

__all__ = ["open_browser", "open_world"]  # the fixtures `browser` and `world` come with these names

OWNER = 1_000_001


def cell(text: str, align: str = "left", *, header: bool = False) -> RichBlockTableCell:
    return RichBlockTableCell(align=align, valign="middle", text=text, is_header=header or None)


MESSAGE = InputRichMessage(
    blocks=[
        InputRichBlockSectionHeading(text="Расход", size=2),
        InputRichBlockParagraph(
            text=["За ", RichTextBold(text="неделю"), " ", RichTextUrl(text="цены", url="https://e.org")]
        ),
        InputRichBlockTable(
            cells=[
                [cell("Модель", header=True), cell("$", "right", header=True)],
                [cell("sonnet"), cell("1,20", "right")],
            ],
            caption="Модели",
            is_compact=True,
        ),
        InputRichBlockDivider(),
        InputRichBlockList(
            items=[
                InputRichBlockListItem(
                    blocks=[InputRichBlockParagraph(text="раз")], has_checkbox=True, is_checked=True
                ),
                InputRichBlockListItem(blocks=[InputRichBlockParagraph(text="два")], value=7, type="1"),
            ]
        ),
        InputRichBlockDetails(
            summary="Ещё", blocks=[InputRichBlockPreformatted(text="x = 1", language="py")]
        ),
        InputRichBlockPullQuotation(text="Сказано", credit="кем-то"),
        InputRichBlockButtons(
            buttons=[RichMessageButton(text="Дальше", callback_data="go", style="primary")]
        ),
        InputRichBlockFooter(text="итого"),
    ]
)


def body(message: InputRichMessage) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(message.model_dump_json(exclude_none=True))
    return read


def one(**block: Any) -> dict[str, Any]:
    return {"blocks": [block]}


async def test_what_is_sent_comes_back_whole(telegram: Telegram) -> None:
    sent = await telegram.ok("sendRichMessage", chat_id=OWNER, rich_message=body(MESSAGE))
    read = Message.model_validate(sent)
    assert read.rich_message is not None
    back = json.loads(read.rich_message.model_dump_json(exclude_none=True))["blocks"]
    labels = [item.pop("label") for item in back[4]["items"]]
    assert labels == ["•", "7."]
    given = body(MESSAGE)["blocks"]
    for item in given[4]["items"]:
        item.pop("value", None), item.pop("type", None)
    assert back == given


async def test_a_text_becomes_rich_and_plain_again(telegram: Telegram) -> None:
    message_id = (await telegram.ok("sendMessage", chat_id=OWNER, text="раньше"))["message_id"]
    this: dict[str, Any] = {"chat_id": OWNER, "message_id": message_id}
    rich = await telegram.ok("editMessageText", **this, rich_message=body(MESSAGE))
    assert ("text" in rich, len(rich["rich_message"]["blocks"])) == (False, 9)
    assert "not modified" in await telegram.fails("editMessageText", **this, rich_message=body(MESSAGE))
    plain = await telegram.ok("editMessageText", **this, text="после")
    assert ("rich_message" in plain, plain["text"]) == (False, "после")
    both = {"text": "x", "rich_message": body(MESSAGE)}
    assert "simultaneously" in await telegram.fails("editMessageText", **this, **both)


PARAGRAPH = {"type": "paragraph", "text": "x"}
CELL = {"align": "left", "valign": "top", "text": "x"}
WRONG: dict[str, dict[str, Any]] = {
    "of nothing": {},
    "without words": one(type="paragraph", text=" "),
    "with a block of tomorrow": one(type="hologram", text="x"),
    "with a field of tomorrow": one(**PARAGRAPH, colour="red"),
    "with a text of tomorrow": one(type="paragraph", text={"type": "blink", "text": "x"}),
    "with too many columns": one(type="table", cells=[[CELL] * 21]),
    "with a crooked cell": one(type="table", cells=[[{**CELL, "align": "middle"}]]),
    "with a giant heading": one(type="heading", text="x", size=9),
    "too long": one(type="paragraph", text="x" * 32_769),
    "of too many blocks": {"blocks": [PARAGRAPH] * 501},
    "with too many buttons": {
        "blocks": [PARAGRAPH, {"type": "buttons", "buttons": [{"text": "x", "callback_data": "y"}] * 9}]
    },
    "with a script for a link": one(
        type="paragraph", text={"type": "url", "text": "x", "url": "javascript:x"}
    ),
    "in HTML": {"html": "<p>x</p>"},
}


@pytest.mark.parametrize("what", WRONG)
async def test_a_message_is_refused(telegram: Telegram, what: str) -> None:
    assert (await telegram.fails("sendRichMessage", chat_id=OWNER, rich_message=WRONG[what])).startswith(
        "400 "
    )


async def test_nesting_has_an_end(telegram: Telegram) -> None:
    block: dict[str, Any] = PARAGRAPH
    for _ in range(20):
        block = {"type": "blockquote", "blocks": [block]}
    assert "deep" in await telegram.fails("sendRichMessage", chat_id=OWNER, rich_message={"blocks": [block]})


def test_no_kind_is_invented() -> None:
    assert {text.value for text in RichTextType} >= PLAIN_TEXTS
    assert {"pullquote", "expandable_blockquote", "buttons"} <= {kind.value for kind in InputRichBlockType}


@pytest.mark.browser
async def test_the_page_draws_the_blocks_and_presses_their_buttons(world: World) -> None:
    page = await world.open(viewport=PHONE)
    await page.get_by_test_id(f"chat-{world.owner}").click()
    await page.get_by_test_id("start").click()
    wide = one(type="table", cells=[[{**CELL, "text": EVIL}] + [{**CELL, "text": "широко" * 4}] * 7])
    first = await world.bot("sendRichMessage", chat_id=world.owner, rich_message=wide)
    sent = await world.bot("sendRichMessage", chat_id=world.owner, rich_message=body(MESSAGE))
    bubble = world.message(page, sent["message_id"])
    await expect(bubble.locator("table td")).to_have_text(["sonnet", "1,20"])
    await expect(bubble.locator("caption")).to_have_text("Модели")
    await expect(bubble.locator("details pre, details .pre")).to_be_hidden()
    await bubble.locator("summary").click()
    await expect(bubble.locator("details .pre")).to_be_visible()
    await expect(world.message(page, first["message_id"]).locator("td").first).to_have_text(EVIL)
    assert await page.locator(".app img, .app script").count() == 0
    assert await overflow(page) == []
    await bubble.get_by_test_id("btn").click()
    assert [query["data"] for query in await world.updates("callback_query")] == ["go"]
    await page.get_by_test_id("back-bot").click()
    await expect(page.get_by_test_id(f"chat-{world.owner}")).to_contain_text("Расход")
