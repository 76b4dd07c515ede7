"""A Telegram without a network: answers every method with plausible objects and records what was asked."""

import asyncio
import itertools
from collections import defaultdict, deque
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import (
    AcceptedGiftTypes,
    Audio,
    Chat,
    ChatFullInfo,
    Document,
    File,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    PhotoSize,
    RichMessage,
    User,
    Video,
)

BOT_ID = 42
BOT_USER = User(id=BOT_ID, is_bot=True, first_name="NEXUS", username="nexus_bot")
_PHOTO = [PhotoSize(file_id="p", file_unique_id="p", width=10, height=10)]


_NO_GIFTS = AcceptedGiftTypes(
    unlimited_gifts=False,
    limited_gifts=False,
    unique_gifts=False,
    premium_subscription=False,
    gifts_from_channels=False,
)


class MockedTelegram(BaseSession):
    """Keeps the messages of every chat as a client would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self.chats: dict[int, dict[int, Message]] = defaultdict(dict)
        self.files: dict[str, bytes] = {}
        self.failures: dict[str, deque[Exception]] = defaultdict(deque)
        self.drafts: dict[int, Any] = {}  # by chat: the growing draft that hangs in it
        self.draft_came = asyncio.Event()
        self.edit_came = asyncio.Event()
        self.groups: dict[str, int] = {}  # the bot is in these: ids by name, "@team" or "-100"
        self._ids = itertools.count(1000)

    def fail(self, method: str, error: Exception) -> None:
        """Have the next call of ``method`` ("sendMessage") raise ``error``."""
        self.failures[method].append(error)

    def named(self, method: str) -> list[Any]:
        """Return the recorded calls of ``method``."""
        return [call for call in self.calls if call.__api_method__ == method]

    async def close(self) -> None:
        return None

    async def stream_content(self, url: str, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield self.files[url.rsplit("/", 1)[-1]]

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the base class has it
    ) -> Any:
        self.calls.append(method)
        name = method.__api_method__
        if self.failures[name]:
            raise self.failures[name].popleft()
        answer = getattr(self, f"_{name}", None)
        if answer is not None:
            return answer(bot, method)
        if name.startswith("send") and name != "sendChatAction":
            return self._put(bot, method)
        return True

    def _getMe(self, bot: Bot, method: Any) -> User:
        return BOT_USER

    def _sendMessageDraft(self, bot: Bot, method: Any) -> bool:
        if len(method.text.encode("utf-16-le")) // 2 > 4096:
            raise TelegramBadRequest(method=method, message="Bad Request: message is too long")
        _check_entities(method, method.text, method.entities)
        if method.text:
            self.drafts[int(method.chat_id)] = method
        self.draft_came.set()
        return True

    def _getChat(self, bot: Bot, method: Any) -> ChatFullInfo:
        if str(method.chat_id) in self.groups:
            return ChatFullInfo(
                id=self.groups[str(method.chat_id)],
                type="supergroup",
                title="Team <b>",
                accent_color_id=0,
                max_reaction_count=11,
                accepted_gift_types=_NO_GIFTS,
            )
        if (
            str(method.chat_id).startswith("@") or int(method.chat_id) not in self.chats
        ):  # Telegram knows those who have written to the bot
            raise TelegramBadRequest(method=method, message="Bad Request: chat not found")
        return ChatFullInfo(
            id=method.chat_id,
            type="private",
            first_name="Somebody",
            accent_color_id=0,
            max_reaction_count=11,
            accepted_gift_types=_NO_GIFTS,
        )

    def _getFile(self, bot: Bot, method: Any) -> File:
        return File(file_id=method.file_id, file_unique_id="u", file_path=f"files/{method.file_id}")

    def _sendMediaGroup(self, bot: Bot, method: Any) -> list[Message]:
        return [self._put(bot, method, caption=item.caption, photo=True) for item in method.media]

    def _put(self, bot: Bot, method: Any, *, caption: str | None = None, photo: bool = False) -> Message:
        chat_id = int(method.chat_id)
        entities = getattr(method, "entities", None) or getattr(method, "caption_entities", None)
        text = getattr(method, "text", None)
        if text is not None and len(text.encode("utf-16-le")) // 2 > 4096:
            raise TelegramBadRequest(method=method, message="Bad Request: message is too long")
        _check_entities(method, text or getattr(method, "caption", None) or "", entities)
        kind = method.__api_method__
        message = Message(
            message_id=next(self._ids),
            date=datetime.now(UTC),
            chat=Chat(id=chat_id, type="private"),
            from_user=BOT_USER,
            text=text,
            rich_message=_rich(method),
            caption=caption or getattr(method, "caption", None),
            entities=entities if text is not None else None,
            caption_entities=entities if text is None else None,
            reply_markup=getattr(method, "reply_markup", None),
            photo=_PHOTO if photo or kind == "sendPhoto" else None,
            video=Video(file_id="v", file_unique_id="v", width=1, height=1, duration=1)
            if kind == "sendVideo"
            else None,
            document=Document(file_id="d", file_unique_id="d") if kind == "sendDocument" else None,
            audio=Audio(file_id="a", file_unique_id="a", duration=1) if kind == "sendAudio" else None,
        ).as_(bot)
        self.chats[chat_id][message.message_id] = message
        self.drafts.pop(chat_id, None)
        return message

    def _editMessageText(self, bot: Bot, method: Any) -> Message:
        old = self._existing(method)
        self.edit_came.set()
        if old.text is None and old.rich_message is None:
            raise TelegramBadRequest(
                method=method, message="Bad Request: there is no text in the message to edit"
            )
        if method.text is None and method.rich_message is None:
            raise TelegramBadRequest(method=method, message="Bad Request: message text is empty")
        _check_entities(method, method.text or "", method.entities)
        rich = _rich(method)
        if (old.text, old.rich_message, old.reply_markup) == (method.text, rich, method.reply_markup):
            raise TelegramBadRequest(
                method=method,
                message="Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        return self._replace(
            method,
            old,
            {
                "text": method.text,
                "rich_message": rich,
                "entities": method.entities,
                "reply_markup": method.reply_markup,
            },
        )

    def _editMessageReplyMarkup(self, bot: Bot, method: Any) -> Message:
        return self._replace(method, self._existing(method), {"reply_markup": method.reply_markup})

    def _deleteMessage(self, bot: Bot, method: Any) -> bool:
        if self.chats[int(method.chat_id)].pop(method.message_id, None) is None:
            raise TelegramBadRequest(method=method, message="Bad Request: message to delete not found")
        return True

    def _existing(self, method: Any) -> Message:
        found = self.chats[int(method.chat_id)].get(method.message_id)
        if found is None:
            raise TelegramBadRequest(method=method, message="Bad Request: message to edit not found")
        return found

    def _replace(self, method: Any, old: Message, changes: dict[str, Any]) -> Message:
        new = old.model_copy(update=changes)
        self.chats[int(method.chat_id)][old.message_id] = new
        return new


def _rich(method: Any) -> RichMessage | None:
    """What is sent as blocks comes back as blocks; the ones NEXUS sends look the same in both directions."""
    sent = getattr(method, "rich_message", None)
    return RichMessage.model_validate(sent.model_dump(include={"blocks"})) if sent is not None else None


def _check_entities(method: Any, text: str, entities: list[MessageEntity] | None) -> None:
    length = len(text.encode("utf-16-le")) // 2
    for entity in entities or []:
        if entity.length < 1 or entity.offset < 0 or entity.offset + entity.length > length:
            raise TelegramBadRequest(method=method, message=f"Bad Request: entity beyond the text: {entity}")


def buttons_of(markup: InlineKeyboardMarkup | None) -> list[tuple[str, str]]:
    """Return (label, callback data or address) of every button."""
    return [
        (item.text, item.callback_data or item.url or "")
        for row in (markup.inline_keyboard if markup else [])
        for item in row
    ]
