"""How is a post with media shown? As the real messages it will be, with the same files, caption and formatting."""

from collections.abc import Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import (
    FSInputFile,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    MediaUnion,
    Message,
    MessageEntity,
)

from bot.screens.draft.checks import underlined
from bot.screens.draft.view import part_text
from bot.ui.formatted import CAPTION_LIMIT, Formatted
from core.ai.checks.findings import Finding
from core.errors import NotFound
from core.media.remote import BucketAway
from core.media.store import SCHEME, MediaStore
from core.platforms.base import MediaItem, MediaKind, Part

log = structlog.get_logger(__name__)

_ALBUM = {
    MediaKind.IMAGE: InputMediaPhoto,
    MediaKind.VIDEO: InputMediaVideo,
    MediaKind.AUDIO: InputMediaAudio,
    MediaKind.DOCUMENT: InputMediaDocument,
}


async def send_preview(
    bot: Bot,
    chat_id: int,
    parts: Sequence[Part],
    media: MediaStore,
    marks: Sequence[Finding] = (),
) -> tuple[list[int], str]:
    """Send ``parts`` as they will be published, but for the underlined places of ``marks``.

    Returns the ids of the messages, and why some are missing ("").
    """
    sent: list[int] = []
    for number, part in enumerate(parts):
        text = underlined(part_text(part), (mark for mark in marks if mark.part == number))
        try:
            sent += [message.message_id for message in await _send_part(bot, chat_id, part, text, media)]
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            reason = error.message
        except (NotFound, BucketAway) as error:
            reason = str(error)
        else:
            continue
        log.warning("preview_failed", method=part.method, reason=reason)
        return sent, reason
    return sent, ""


async def _send_part(bot: Bot, chat_id: int, part: Part, text: Formatted, media: MediaStore) -> list[Message]:
    if not part.media:
        return [
            await bot.send_message(chat_id, page.text, entities=list(page.entities), parse_mode=None)
            for page in text.pages()
            if page.text
        ]
    # A caption above the limit is shown whole under the file; the card says that it cannot be published so.
    caption = text if text.length <= CAPTION_LIMIT else Formatted()
    if len(part.media) == 1:
        messages = [await _send_one(bot, chat_id, part.media[0], caption, media)]
    else:
        messages = await bot.send_media_group(chat_id, await _album(part, caption, media))
    if caption.text != text.text:
        messages += [
            await bot.send_message(chat_id, page.text, entities=list(page.entities), parse_mode=None)
            for page in text.pages()
        ]
    return messages


async def _send_one(
    bot: Bot, chat_id: int, item: MediaItem, caption: Formatted, store: MediaStore
) -> Message:
    file = await _file(item, store)
    text, entities = caption.text or None, _entities(caption)
    if item.kind is MediaKind.IMAGE:
        return await bot.send_photo(chat_id, file, caption=text, caption_entities=entities, parse_mode=None)
    if item.kind is MediaKind.VIDEO:
        return await bot.send_video(chat_id, file, caption=text, caption_entities=entities, parse_mode=None)
    if item.kind is MediaKind.ANIMATION:
        return await bot.send_animation(
            chat_id, file, caption=text, caption_entities=entities, parse_mode=None
        )
    if item.kind is MediaKind.AUDIO:
        return await bot.send_audio(chat_id, file, caption=text, caption_entities=entities, parse_mode=None)
    return await bot.send_document(chat_id, file, caption=text, caption_entities=entities, parse_mode=None)


async def _album(part: Part, caption: Formatted, store: MediaStore) -> list[MediaUnion]:
    album: list[MediaUnion] = []
    for position, item in enumerate(part.media):
        kind = _ALBUM.get(item.kind, InputMediaDocument)
        first = position == 0 and caption.text
        album.append(
            kind(
                media=await _file(item, store),
                caption=caption.text if first else None,
                caption_entities=_entities(caption) if first else None,
                parse_mode=None,
            )
        )
    return album


def _entities(text: Formatted) -> list[MessageEntity] | None:
    return list(text.entities) or None


async def _file(item: MediaItem, store: MediaStore) -> InputFile | str:
    if not item.url.startswith(SCHEME):
        return item.url
    path = await store.local(item.url)
    return FSInputFile(path, filename=item.file_name or path.name)
