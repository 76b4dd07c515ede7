"""How does a screen reach the chat? One function that edits the message it stands in, or sends it anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramNotFound
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    InputRichMessage,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)

from bot.ui import rich
from bot.ui.formatted import CAPTION_LIMIT, TEXT_LIMIT, Formatted, html, join
from bot.ui.table import Table

log = structlog.get_logger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SAME = "message is not modified"
# What Telegram says when the message to edit is gone, too old, or of another kind than the screen.
_CANNOT_EDIT = (
    "message to edit not found", "message can't be edited", "message_id_invalid", "message identifier is not specified",
    "no text in the message to edit", "no caption in the message to edit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Screen:
    """One message of the control panel, free of I/O. With ``photo`` the text is its caption; ``more`` follows the body."""

    body: Formatted
    keyboard: InlineKeyboardMarkup | None = None
    photo: InputFile | str | None = None
    more: tuple[Formatted | Table, ...] = ()

    @classmethod
    def of(
        cls,
        markup: str,
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        photo: InputFile | str | None = None,
        more: Sequence[str | Table] = (),
    ) -> "Screen":
        """Make a screen from HTML in the small subset of ``bot.ui.formatted``; ``more``: tables, and HTML around them."""
        pieces = tuple(html(piece) if isinstance(piece, str) else piece for piece in more)
        return cls(html(markup), keyboard, photo, pieces)

    @property
    def plain(self) -> Formatted:
        """The whole text, tables drawn with letters."""
        pieces = (piece.classic() if isinstance(piece, Table) else piece for piece in self.more)
        return join([self.body, *pieces]) if self.more else self.body

    @property
    def rich(self) -> InputRichMessage | None:
        """The whole text as a rich message; None for a screen without tables, or too large to be one."""
        if self.photo is not None or not any(isinstance(piece, Table) for piece in self.more):
            return None
        return rich.message([self.body, *self.more])

    @property
    def limit(self) -> int:
        """UTF-16 units that fit into the message."""
        return TEXT_LIMIT if self.photo is None else CAPTION_LIMIT

    def noticed(self, markup: str) -> "Screen":
        """Return the screen with a line above it: what just happened, or why a button did nothing."""
        return replace(self, body=join([html(markup), self.body]))


async def send(
    bot: Bot, chat_id: int, screen: Screen, *, reply_to: int | None = None, silent: bool = False
) -> Message:
    """Send ``screen`` and return the message that carries its keyboard; what is too long comes in several.

    A ``silent`` one makes no sound.
    """
    quiet = True if silent else None
    reply = (
        ReplyParameters(message_id=reply_to, allow_sending_without_reply=True)
        if reply_to is not None
        else None
    )
    message = screen.rich if rich.may(bot) else None
    if message is not None:
        try:
            return await bot.send_rich_message(
                chat_id,
                message,
                reply_markup=screen.keyboard,
                reply_parameters=reply,
                disable_notification=quiet,
            )
        except (TelegramBadRequest, TelegramNotFound) as error:
            rich.note_refusal(bot, error)
    *before, last = screen.plain.pages(screen.limit)
    for page in before:
        await _send_text(bot, chat_id, Screen(page), reply, quiet)
    if screen.photo is None:
        return await _send_text(bot, chat_id, Screen(last, screen.keyboard), reply, quiet)
    return await bot.send_photo(
        chat_id,
        screen.photo,
        caption=last.text,
        caption_entities=list(last.entities),
        parse_mode=None,
        reply_markup=screen.keyboard,
        reply_parameters=reply,
        disable_notification=quiet,
    )


async def _send_text(
    bot: Bot, chat_id: int, screen: Screen, reply: ReplyParameters | None, quiet: bool | None
) -> Message:
    return await bot.send_message(
        chat_id,
        screen.body.text,
        entities=list(screen.body.entities),
        parse_mode=None,
        link_preview_options=_NO_PREVIEW,
        reply_markup=screen.keyboard,
        reply_parameters=reply,
        disable_notification=quiet,
    )


async def edit(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> int:
    """Make the message show ``screen``; where that cannot be, send it anew. Returns the id of the message."""
    message = screen.rich if rich.may(bot) else None
    try:
        if message is not None and await _edit_rich(bot, chat_id, message_id, message, screen):
            return message_id
        if screen.plain.length > screen.limit:
            return await _send_instead(bot, chat_id, message_id, screen)
        await _edit_plain(bot, chat_id, message_id, screen)
    except TelegramBadRequest as error:
        reason = error.message.lower()
        if _SAME in reason:
            return message_id
        if not any(known in reason for known in _CANNOT_EDIT):
            raise
        return await _send_instead(bot, chat_id, message_id, screen)
    return message_id


async def _send_instead(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> int:
    await retire(bot, chat_id, message_id)
    return (await send(bot, chat_id, screen)).message_id


async def _edit_rich(
    bot: Bot, chat_id: int, message_id: int, message: InputRichMessage, screen: Screen
) -> bool:
    """Make the message rich. False when the server will not have it; what it says of the message itself is raised."""
    try:
        await bot.edit_message_text(
            chat_id=chat_id, message_id=message_id, rich_message=message, reply_markup=screen.keyboard
        )
    except TelegramBadRequest as error:
        if any(known in error.message.lower() for known in (_SAME, *_CANNOT_EDIT)):
            raise
        rich.note_refusal(bot, error)
        return False
    return True


async def _edit_plain(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> None:
    text = screen.plain
    if screen.photo is None:
        await bot.edit_message_text(
            text=text.text,
            chat_id=chat_id,
            message_id=message_id,
            entities=list(text.entities),
            parse_mode=None,
            link_preview_options=_NO_PREVIEW,
            reply_markup=screen.keyboard,
        )
        return
    media = InputMediaPhoto(
        media=screen.photo, caption=text.text, caption_entities=list(text.entities), parse_mode=None
    )
    await bot.edit_message_media(
        media=media, chat_id=chat_id, message_id=message_id, reply_markup=screen.keyboard
    )


async def show(event: Message | CallbackQuery, bot: Bot, screen: Screen) -> int:
    """Answer ``event`` with ``screen``: a tapped message becomes it, a written one gets it as a new message."""
    if isinstance(event, CallbackQuery):
        if event.message is None:
            return (await send(bot, event.from_user.id, screen)).message_id
        return await edit(bot, event.message.chat.id, event.message.message_id, screen)
    return (await send(bot, event.chat.id, screen)).message_id


async def retire(bot: Bot, chat_id: int, message_id: int) -> None:
    """Take an outdated message away, or at least its buttons; one that is gone already is fine."""
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramBadRequest:  # older than 48 hours, or gone
        try:
            await bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id, reply_markup=None)
        except TelegramBadRequest as error:
            log.debug("message_not_retired", message_id=message_id, reason=error.message)
