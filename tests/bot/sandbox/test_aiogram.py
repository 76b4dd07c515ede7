"""Every method through aiogram's own Bot: its requests are understood, its models accept the answers whole."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputMediaVideo,
    InputRichBlockParagraph,
    InputRichMessage,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
)
from pydantic import BaseModel

from bot.sandbox.methods.registry import method_names
from tests.bot.sandbox.conftest import TOKEN, Telegram, png

OWNER = 1_000_001
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="✅", callback_data="ok:1", style="success")]]
)


def picture(name: str = "a.png") -> BufferedInputFile:
    return BufferedInputFile(png(40, 30), name)


def plain(value: Any) -> Any:
    """A model without the bot it is bound to, so that two can be compared."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.model_dump(exclude_none=True) if isinstance(value, BaseModel) else value


def unknown_fields(value: Any) -> Iterator[str]:
    """Fields in an answer that the Bot API does not have."""
    if isinstance(value, BaseModel):
        yield from (f"{type(value).__name__}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from unknown_fields(getattr(value, name))
    elif isinstance(value, list):
        for one in value:
            yield from unknown_fields(one)


class Caller:
    """Calls methods through aiogram and checks each answer."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def __call__(self, method: TelegramMethod[Any]) -> Any:
        result = await self.bot(method)
        assert list(unknown_fields(result)) == []
        return result


@pytest.fixture
async def call(telegram: Telegram) -> AsyncIterator[Caller]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    bot = Bot(TOKEN, session=session)
    yield Caller(bot)
    await session.close()


async def test_writing_and_editing(call: Caller) -> None:
    assert (await call(methods.GetMe())).username == "nexus_sandbox_bot"
    assert await call(methods.SendChatAction(chat_id=OWNER, action="typing"))
    assert await call(methods.SendMessageDraft(chat_id=OWNER, draft_id=7, text="пиш"))
    sent = await call(
        methods.SendMessage(
            chat_id=OWNER, text="<b>Черновик</b> 😀 example.com", parse_mode="HTML", reply_markup=KEYBOARD,
            reply_parameters=ReplyParameters(message_id=1), link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    )  # fmt: skip
    assert isinstance(sent, Message)
    assert sent.html_text == "<b>Черновик</b> 😀 example.com"
    assert plain(sent.reply_markup) == plain(KEYBOARD)
    assert sent.reply_to_message is not None
    assert sent.link_preview_options is not None
    assert sent.link_preview_options.is_disabled is True
    this: dict[str, Any] = {"chat_id": OWNER, "message_id": sent.message_id}
    edited = await call(methods.EditMessageText(**this, text="_готово_", parse_mode="MarkdownV2"))
    assert (edited.text, edited.reply_markup, edited.edit_date is not None) == ("готово", None, True)
    keyboard = await call(methods.EditMessageReplyMarkup(**this, reply_markup=KEYBOARD))
    assert plain(keyboard.reply_markup) == plain(KEYBOARD)
    assert (await call(methods.CopyMessage(from_chat_id=OWNER, **this))).message_id == 3
    forwarded = await call(methods.ForwardMessage(from_chat_id=OWNER, **this))
    assert forwarded.forward_origin.sender_user.id == 123456
    assert await call(methods.SetMessageReaction(**this, reaction=[ReactionTypeEmoji(emoji="👍")]))
    assert await call(methods.PinChatMessage(**this))
    assert (await call(methods.GetChat(chat_id=OWNER))).pinned_message.message_id == sent.message_id
    assert await call(methods.UnpinChatMessage(**this))
    assert await call(methods.DeleteMessage(**this))
    assert await call(methods.DeleteMessages(chat_id=OWNER, message_ids=[3, 4, 999]))


async def test_blocks(call: Caller) -> None:
    rich = InputRichMessage(blocks=[InputRichBlockParagraph(text="абзац")])
    sent = await call(methods.SendRichMessage(chat_id=OWNER, rich_message=rich, reply_markup=KEYBOARD))
    edited = await call(methods.EditMessageText(chat_id=OWNER, message_id=sent.message_id, rich_message=rich))
    assert [block.text for block in edited.rich_message.blocks] == ["абзац"]


async def test_media(call: Caller) -> None:
    photo = await call(
        methods.SendPhoto(chat_id=OWNER, photo=picture(), caption="*к*", parse_mode="MarkdownV2")
    )
    assert (photo.photo[-1].width, photo.photo[-1].height, photo.caption) == (40, 30, "к")
    blob = BufferedInputFile(b"\0" * 9, "clip.mp4")
    video = await call(methods.SendVideo(chat_id=OWNER, video=blob, width=640, height=360, duration=5))
    assert (video.video.width, video.video.duration, video.video.mime_type) == (640, 5, "video/mp4")
    assert (
        await call(methods.SendAnimation(chat_id=OWNER, animation=BufferedInputFile(b"GIF89a", "a.gif")))
    ).animation
    assert (
        await call(methods.SendDocument(chat_id=OWNER, document=picture("d.png")))
    ).document.file_name == "d.png"
    audio = await call(
        methods.SendAudio(chat_id=OWNER, audio=BufferedInputFile(b"x", "a.mp3"), title="t", performer="p")
    )
    assert (audio.audio.title, audio.audio.performer) == ("t", "p")
    assert (
        await call(methods.SendVoice(chat_id=OWNER, voice=BufferedInputFile(b"x", "v.ogg"), duration=3))
    ).voice
    caption = await call(
        methods.EditMessageCaption(
            chat_id=OWNER, message_id=photo.message_id, caption="новая", reply_markup=KEYBOARD
        )
    )
    assert (caption.caption, plain(caption.reply_markup)) == ("новая", plain(KEYBOARD))
    media = InputMediaPhoto(
        media=BufferedInputFile(png(8, 8), "b.png"), caption="<i>x</i>", parse_mode="HTML"
    )
    swapped = await call(methods.EditMessageMedia(chat_id=OWNER, message_id=photo.message_id, media=media))
    assert (swapped.photo[-1].width, swapped.html_text) == (8, "<i>x</i>")
    album: list[Any] = [
        InputMediaPhoto(media=picture(), caption="album"),
        InputMediaVideo(media=blob, width=1, height=1),
    ]
    posts = await call(methods.SendMediaGroup(chat_id=OWNER, media=album))
    assert len({post.media_group_id for post in posts}) == 1
    assert [post.caption for post in posts] == ["album", None]
    file = await call(methods.GetFile(file_id=photo.photo[-1].file_id))
    content = await call.bot.download_file(file.file_path)
    assert content is not None
    assert content.read() == png(40, 30)


async def test_chats_commands_and_descriptions(call: Caller, channel: int) -> None:
    chat = await call(methods.GetChat(chat_id="@acme"))
    assert (chat.id, chat.type, chat.title) == (channel, "channel", "Acme")
    assert (await call(methods.GetChatMember(chat_id=channel, user_id=123456))).can_post_messages
    admins = await call(methods.GetChatAdministrators(chat_id=channel))
    assert [admin.status for admin in admins] == ["creator", "administrator"]
    assert await call(methods.GetChatMemberCount(chat_id=channel)) == 1
    link = await call(methods.CreateChatInviteLink(chat_id=channel, name="post 7", member_limit=5))
    assert (link.name, link.member_limit, link.is_revoked) == ("post 7", 5, False)
    commands = [BotCommand(command="new", description="Новый пост")]
    for language, scope in ((None, None), ("ru", None), (None, BotCommandScopeChat(chat_id=OWNER))):
        assert await call(methods.SetMyCommands(commands=commands, language_code=language, scope=scope))
        assert plain(await call(methods.GetMyCommands(language_code=language, scope=scope))) == plain(
            commands
        )
        assert await call(methods.DeleteMyCommands(language_code=language, scope=scope))
        assert await call(methods.GetMyCommands(language_code=language, scope=scope)) == []
    assert await call(methods.SetMyName(name="NEXUS"))
    assert (await call(methods.GetMyName())).name == "NEXUS"
    assert await call(methods.SetMyDescription(description="Все каналы", language_code="ru"))
    assert (await call(methods.GetMyDescription(language_code="ru"))).description == "Все каналы"
    assert await call(methods.SetMyShortDescription(short_description="Коротко"))
    assert (await call(methods.GetMyShortDescription(language_code="en"))).short_description == "Коротко"
    assert await call(methods.SetChatMenuButton(menu_button=MenuButtonCommands()))
    assert plain(await call(methods.GetChatMenuButton())) == plain(MenuButtonCommands())


async def test_updates_and_buttons(telegram: Telegram, call: Caller, channel: int) -> None:
    kinds = [
        "message",
        "edited_message",
        "callback_query",
        "channel_post",
        "my_chat_member",
        "message_reaction_count",
    ]
    assert await call(methods.GetUpdates(timeout=0, allowed_updates=kinds)) == []
    sent = await call(methods.SendMessage(chat_id=OWNER, text="x", reply_markup=KEYBOARD))
    post = await call(methods.SendMessage(chat_id=channel, text="post"))
    await telegram.say("привет /new @x")
    path = f"api/chats/{OWNER}"
    await telegram.page("POST", f"{path}/edit", json={"message_id": 3, "text": "правка"})
    press = await telegram.page("POST", f"{path}/press", json={"message_id": sent.message_id, "data": "ok:1"})
    await telegram.page(
        "POST", f"{path}/forward", json={"from_chat_id": channel, "message_ids": [post.message_id]}
    )
    await telegram.page(
        "POST", f"api/chats/{channel}/react", json={"message_id": post.message_id, "emoji": "🔥"}
    )
    await telegram.page("POST", f"api/chats/{channel}/send", json={"text": "owner's"})
    await telegram.page(
        "POST", f"api/chats/{channel}/admins", json={"bot_id": 123456, "rights": {"can_edit_messages": False}}
    )
    updates = await call(methods.GetUpdates(timeout=1))
    assert [update.event_type for update in updates] == [
        "message", "edited_message", "callback_query", "message", "message_reaction_count", "channel_post", "my_chat_member",
    ]  # fmt: skip
    query = updates[2].callback_query
    assert (query.id, query.data) == (press["query_id"], "ok:1")
    assert plain(query.message.reply_markup) == plain(KEYBOARD)
    assert updates[3].message.forward_origin.message_id == post.message_id
    assert await call(methods.AnswerCallbackQuery(callback_query_id=query.id, text="Готово", show_alert=True))
    assert (await call(methods.GetWebhookInfo())).pending_update_count == 7
    assert await call(
        methods.SetWebhook(url=f"{telegram.url}/nowhere", secret_token="s", drop_pending_updates=True)
    )
    with pytest.raises(TelegramConflictError):
        await call(methods.GetUpdates())
    assert await call(methods.DeleteWebhook(drop_pending_updates=True))


async def test_flood_errors_become_aiograms_own(telegram: Telegram, call: Caller) -> None:
    telegram.sandbox.faults.add("429", "sendMessage", retry_after=9)
    with pytest.raises(TelegramRetryAfter) as error:
        await call(methods.SendMessage(chat_id=OWNER, text="x"))
    assert error.value.retry_after == 9


async def test_an_unparsable_update_really_is(telegram: Telegram, call: Caller) -> None:
    telegram.sandbox.faults.add("poison", "getUpdates")
    with pytest.raises(Exception, match="Failed to deserialize object"):
        await call(methods.GetUpdates())


def test_no_method_was_left_out() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [
        name
        for name in method_names()
        if f"call(methods.{name[0].upper()}{name[1:]}(" not in source.replace("\n        ", "")
    ] == []
