"""What file does a message carry, and how is it kept? Downloaded once, stored by its hash; 20 MB is Telegram's limit."""

import mimetypes
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

import aiohttp
import structlog
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message

from bot.context import Context
from bot.i18n import Markup
from core.media import video
from core.media.remote import BucketAway
from core.platforms.base import MediaItem, MediaKind

log = structlog.get_logger(__name__)

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes; getFile of the Bot API gives no more


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message, before it is downloaded."""

    kind: MediaKind
    file_id: str
    name: str
    size: int | None
    extension: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an attachment: the stored file, or why there is none (``problem`` is a text's key)."""

    item: MediaItem | None
    problem: str = ""
    name: str = ""

    def notice(self, ctx: Context) -> Markup | str:
        """Say what is missing; empty when nothing is."""
        return ctx.t(self.problem, name=self.name) if self.problem else ""


def attachment_of(message: Message) -> Attachment | None:
    """Return the file that can become part of a post."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment(MediaKind.IMAGE, largest.file_id, "photo.jpg", largest.file_size, "jpg")
    if message.animation:  # before document: Telegram sends both for an animation
        file = message.animation
        name = file.file_name or "animation.mp4"
        return Attachment(
            MediaKind.ANIMATION, file.file_id, name, file.file_size, _ending(name, file.mime_type)
        )
    if message.video:
        clip = message.video
        name = clip.file_name or "video.mp4"
        return Attachment(MediaKind.VIDEO, clip.file_id, name, clip.file_size, _ending(name, clip.mime_type))
    if message.audio:
        track = message.audio
        name = track.file_name or "audio.mp3"
        return Attachment(
            MediaKind.AUDIO, track.file_id, name, track.file_size, _ending(name, track.mime_type)
        )
    if message.document:
        document = message.document
        name = document.file_name or "file"
        ending = _ending(name, document.mime_type)
        return Attachment(MediaKind.DOCUMENT, document.file_id, name, document.file_size, ending)
    return None


async def keep(ctx: Context, attachment: Attachment) -> Kept:
    """Download the file and store it; says why when that cannot be."""
    if attachment.size is not None and attachment.size > DOWNLOAD_LIMIT:
        return Kept(None, "draft-media-too-big", attachment.name)
    try:
        file = await ctx.bot.get_file(attachment.file_id)
        if file.file_path is None:
            return Kept(None, "draft-media-failed", attachment.name)
        buffer = BytesIO()
        await ctx.bot.download_file(file.file_path, destination=buffer, timeout=120)
    except TelegramAPIError as error:
        too_big = "file is too big" in error.message.lower()
        log.warning("file_not_downloaded", reason=error.message)
        return Kept(None, "draft-media-too-big" if too_big else "draft-media-failed", attachment.name)
    except (aiohttp.ClientError, TimeoutError) as error:
        log.warning("file_not_downloaded", reason=type(error).__name__)
        return Kept(None, "draft-media-failed", attachment.name)
    data = buffer.getvalue()
    if not data:
        return Kept(None, "draft-media-failed", attachment.name)
    # A photo has no name of its own; a document is downloaded under the one it had.
    name = "" if attachment.kind is MediaKind.IMAGE else attachment.name
    ending = attachment.extension
    if attachment.kind is MediaKind.VIDEO and video.is_foreign(ending):
        made = await video.as_mp4(data, ending)
        if made is not None:
            data, ending, name = made, "mp4", str(PurePosixPath(name).with_suffix(".mp4"))
    try:
        url = await ctx.runtime.media.save(data, ending)
    except BucketAway as error:
        log.warning("file_not_kept", reason=str(error))
        return Kept(None, "draft-media-failed", attachment.name)
    return Kept(MediaItem(kind=attachment.kind, url=url, file_name=name, size=len(data)))


def _ending(name: str, mime_type: str | None) -> str:
    ending = PurePosixPath(name).suffix.lstrip(".")
    if ending:
        return ending
    guessed = mimetypes.guess_extension(mime_type or "") or ""
    return guessed.lstrip(".") or "bin"
