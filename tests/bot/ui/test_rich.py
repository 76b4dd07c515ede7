"""A screen with a table goes out as a rich message where that is wanted and possible, else as plain text."""

import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramNotFound
from aiogram.methods import SendRichMessage

from bot.ui import rich
from bot.ui.formatted import html
from bot.ui.keyboard import keyboard, link
from bot.ui.screen import Screen, edit, send
from bot.ui.table import Table, numbers, words
from tests.bot.conftest import OWNER
from tests.bot.telegram import MockedTelegram

TABLE = Table([words("Что"), numbers("Сколько")], [["<чай>", "12"]])
KEYBOARD = keyboard([link("дальше", "https://example.org")])


def screen(title: str = "<b>Расход</b> за день") -> Screen:
    return Screen.of(title, KEYBOARD, more=[TABLE, "Цены — <i>без налогов</i>."])


@pytest.fixture
async def wanted() -> AsyncGenerator[None]:
    """The owner has asked for rich tables."""
    rich.want(True)
    yield
    rich.want(False)


async def test_without_the_setting_the_table_is_drawn_in_the_text(bot: Bot, telegram: MockedTelegram) -> None:
    message = await send(bot, OWNER, screen())
    assert message.text is not None
    assert message.text.startswith("Расход за день\n\nЧто")
    assert "<чай>" in message.text
    assert message.text.endswith("Цены — без налогов.")
    assert telegram.named("sendRichMessage") == []


@pytest.mark.usefixtures("wanted")
async def test_wanted_tables_go_as_blocks(bot: Bot, telegram: MockedTelegram) -> None:
    message = await send(bot, OWNER, screen())
    await edit(bot, OWNER, message.message_id, screen("<b>Расход</b> за неделю"))
    (sent,), (edited,) = telegram.named("sendRichMessage"), telegram.named("editMessageText")
    assert [block.type for block in sent.rich_message.blocks] == ["paragraph", "table", "paragraph"]
    assert sent.reply_markup == edited.reply_markup == KEYBOARD
    assert (edited.text, len(edited.rich_message.blocks)) == (None, 3)


@pytest.mark.usefixtures("wanted")
async def test_a_screen_without_a_table_stays_a_plain_message(bot: Bot, telegram: MockedTelegram) -> None:
    message = await send(bot, OWNER, screen())
    await edit(bot, OWNER, message.message_id, Screen.of("просто текст"))
    assert telegram.chats[OWNER][message.message_id].text == "просто текст"
    assert telegram.chats[OWNER][message.message_id].rich_message is None


@pytest.mark.usefixtures("wanted")
async def test_a_server_without_rich_messages_is_asked_once(bot: Bot, telegram: MockedTelegram) -> None:
    telegram.fail("sendRichMessage", TelegramNotFound(method=_any_method(), message="Not Found"))
    message = await send(bot, OWNER, screen())
    assert message.text
    await edit(bot, OWNER, message.message_id, screen("иначе"))
    await send(bot, OWNER, screen())
    assert len(telegram.named("sendRichMessage")) == 1


@pytest.mark.usefixtures("wanted")
async def test_an_edit_an_old_server_does_not_understand_is_made_plain(
    bot: Bot, telegram: MockedTelegram
) -> None:
    message = await send(bot, OWNER, Screen.of("раньше"))
    empty = TelegramBadRequest(method=_any_method(), message="Bad Request: message text is empty")
    telegram.fail("editMessageText", empty)
    assert await edit(bot, OWNER, message.message_id, screen()) == message.message_id
    assert (telegram.chats[OWNER][message.message_id].text or "").startswith("Расход")
    assert not rich.may(bot)


@pytest.mark.usefixtures("wanted")
async def test_one_refused_screen_does_not_end_rich_messages(bot: Bot, telegram: MockedTelegram) -> None:
    refusal = TelegramBadRequest(method=_any_method(), message="Bad Request: RICH_MESSAGE_BLOCK_INVALID")
    telegram.fail("sendRichMessage", refusal)
    assert (await send(bot, OWNER, screen())).text
    assert rich.may(bot)


@pytest.mark.usefixtures("wanted")
async def test_the_same_rich_screen_twice_is_no_error(bot: Bot, telegram: MockedTelegram) -> None:
    message = await send(bot, OWNER, screen())
    assert await edit(bot, OWNER, message.message_id, screen()) == message.message_id
    assert len(telegram.chats[OWNER]) == 1


@pytest.mark.usefixtures("wanted")
async def test_what_is_too_long_even_for_a_rich_message_is_paged(bot: Bot, telegram: MockedTelegram) -> None:
    await send(bot, OWNER, screen("слово " * 6000))
    assert telegram.named("sendRichMessage") == []
    assert len(telegram.chats[OWNER]) > 8


def test_formatting_becomes_nested_text_and_own_blocks() -> None:
    text = 'Один <b>два <i>три</i></b> <a href="https://e.org">тут</a>\n\n😀 дальше\n<pre>код</pre><blockquote>цитата</blockquote>'
    made = rich.message([html(text)])
    assert made is not None
    blocks: list[Any] = json.loads(made.model_dump_json(exclude_none=True))["blocks"]
    assert blocks == [
        {
            "type": "paragraph",
            "text": [
                "Один ", {"type": "bold", "text": ["два ", {"type": "italic", "text": "три"}]}, " ",
                {"type": "url", "text": "тут", "url": "https://e.org"},
            ],
        },
        {"type": "paragraph", "text": "😀 дальше"},
        {"type": "pre", "text": "код"},
        {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "цитата"}]},
    ]  # fmt: skip


def _any_method() -> SendRichMessage:
    made = rich.message([html("x")])
    assert made is not None
    return SendRichMessage(chat_id=1, rich_message=made)
