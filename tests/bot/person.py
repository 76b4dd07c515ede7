"""Somebody with a Telegram client: writes, sends files, taps the buttons that are on the screen."""

import itertools
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot
from aiogram.types import (
    CallbackQuery,
    Chat,
    Document,
    InaccessibleMessage,
    Message,
    MessageOriginUser,
    PhotoSize,
    Update,
    User,
    Video,
)

from bot.dispatcher import Dispatcher
from tests.bot.telegram import MockedTelegram, buttons_of

_ids = itertools.count(1)


class Person:
    """A Telegram user and the bot's chat with them."""

    def __init__(
        self, dispatcher: Dispatcher, bot: Bot, telegram: MockedTelegram, user_id: int, language: str
    ) -> None:
        self.dispatcher, self.bot, self.telegram = dispatcher, bot, telegram
        self.user = User(id=user_id, is_bot=False, first_name="Somebody", language_code=language)
        self.chat = Chat(id=user_id, type="private")

    async def says(self, text: str, **fields: Any) -> None:
        """Send a text message."""
        await self.sends(text=text, **fields)

    async def sends(self, *, chat: Chat | None = None, **fields: Any) -> None:
        """Send any message."""
        await self.feed(message=self.message(chat=chat, **fields))

    def message(self, *, chat: Chat | None = None, **fields: Any) -> Message:
        """Make a message of this person's."""
        return Message(
            message_id=next(_ids),
            date=datetime.now(UTC),
            chat=chat or self.chat,
            from_user=self.user,
            **fields,
        )

    async def sends_photo(self, file_id: str = "photo-1", *, size: int = 100, **fields: Any) -> None:
        """Send a photo whose content the Bot API gives out as ``file_id``."""
        self.telegram.files.setdefault(file_id, f"jpeg {file_id}".encode())
        photo = [PhotoSize(file_id=file_id, file_unique_id=file_id, width=90, height=90, file_size=size)]
        await self.sends(photo=photo, **fields)

    async def sends_document(self, file_id: str = "doc-1", *, size: int = 100, **fields: Any) -> None:
        """Send a document."""
        self.telegram.files.setdefault(file_id, b"pdf")
        document = Document(file_id=file_id, file_unique_id=file_id, file_name="prices.pdf", file_size=size)
        await self.sends(document=document, **fields)

    async def sends_video(self, file_id: str = "video-1", *, size: int = 100, **fields: Any) -> None:
        """Send a video."""
        self.telegram.files.setdefault(file_id, b"mp4")
        video = Video(file_id=file_id, file_unique_id=file_id, width=1, height=1, duration=1, file_size=size)
        await self.sends(video=video, **fields)

    async def forwards(self, text: str) -> None:
        """Forward somebody's post."""
        origin = MessageOriginUser(
            date=datetime.now(UTC), sender_user=User(id=5, is_bot=False, first_name="A")
        )
        await self.says(text, forward_origin=origin)

    async def taps(self, label: str, *, on: Message | None = None) -> None:
        """Tap the button whose label contains ``label``, on the newest message that has it."""
        message = on or self.screen_with(label)
        data = next(data for text, data in buttons_of(message.reply_markup) if label in text)
        await self.taps_data(data, message)

    async def taps_data(self, data: str, message: Message | InaccessibleMessage) -> None:
        """Send a callback as Telegram would."""
        query = CallbackQuery(
            id=str(next(_ids)), from_user=self.user, chat_instance="1", data=data, message=message
        )
        await self.feed(callback_query=query)

    async def feed(self, **event: Any) -> None:
        """Give the dispatcher an update."""
        update = Update(update_id=next(_ids), **event)
        await self.dispatcher.feed_update(
            self.bot, Update.model_validate(update.model_dump(), context={"bot": self.bot})
        )

    @property
    def messages(self) -> list[Message]:
        """What the bot has written in this chat and not deleted, oldest first."""
        return list(self.telegram.chats[self.user.id].values())

    @property
    def screen(self) -> Message:
        """The newest message of the bot's."""
        return self.messages[-1]

    @property
    def text(self) -> str:
        """The newest message's text."""
        return self.screen.text or self.screen.caption or ""

    @property
    def labels(self) -> list[str]:
        """The newest message's button labels."""
        return [label for label, _ in buttons_of(self.screen.reply_markup)]

    def screen_with(self, label: str) -> Message:
        """Return the newest message with a button like that."""
        for message in reversed(self.messages):
            if any(label in text for text, _ in buttons_of(message.reply_markup)):
                return message
        shown = [(m.text, buttons_of(m.reply_markup)) for m in self.messages[-3:]]
        raise AssertionError(f"no button {label!r}; the last messages: {shown}")
