"""A screen reaches the chat whatever became of the message it stood in."""

from aiogram import Bot
from aiogram.methods import EditMessageText

from bot.ui.screen import Screen, edit, send
from tests.bot.conftest import OWNER
from tests.bot.telegram import MockedTelegram


async def test_the_same_screen_twice_is_no_error(bot: Bot, telegram: MockedTelegram) -> None:
    message = await send(bot, OWNER, Screen.of("one"))
    assert await edit(bot, OWNER, message.message_id, Screen.of("one")) == message.message_id


async def test_a_message_that_is_gone_is_sent_anew(bot: Bot, telegram: MockedTelegram) -> None:
    new = await edit(bot, OWNER, 5, Screen.of("one"))
    assert telegram.chats[OWNER][new].text == "one"


async def test_a_screen_replaces_a_photo_it_cannot_be_edited_into(bot: Bot, telegram: MockedTelegram) -> None:
    photo = await send(bot, OWNER, Screen.of("caption", photo="file"))
    new = await edit(bot, OWNER, photo.message_id, Screen.of("text"))
    assert [message.text for message in telegram.chats[OWNER].values()] == ["text"]
    assert new != photo.message_id


async def test_what_is_too_long_comes_in_several_messages(bot: Bot, telegram: MockedTelegram) -> None:
    text = "слово " * 2000
    await send(bot, OWNER, Screen.of(text))
    messages = list(telegram.chats[OWNER].values())
    assert len(messages) == 3
    assert "".join(message.text or "" for message in messages) == text
    await edit(bot, OWNER, messages[0].message_id, Screen.of(text))
    assert len(telegram.chats[OWNER]) == 5


async def test_edits_carry_no_parse_mode(bot: Bot, telegram: MockedTelegram) -> None:
    message = await send(bot, OWNER, Screen.of("<b>one</b>"))
    await edit(bot, OWNER, message.message_id, Screen.of("<b>two</b>"))
    (call,) = telegram.named("editMessageText")
    assert isinstance(call, EditMessageText)
    assert call.parse_mode is None
    assert call.entities
