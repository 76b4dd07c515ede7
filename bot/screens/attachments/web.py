"""What becomes of an address sent instead of a file? The file behind it is kept, as if it had been sent."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bot.context import Context
from bot.replies import Refusal
from core.errors import InvalidInput
from core.media import fetching
from core.media.remote import BucketAway
from core.platforms.base import MediaItem, MediaKind

LIMIT = 50  # megabytes
ADDRESS = r"^\s*https?://\S+\s*$"
MAY_FETCH_FROM = fetching.is_public

_KINDS = {"image": MediaKind.IMAGE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}


async def keep(ctx: Context, address: str) -> MediaItem:
    """Fetch the file and store it. Raises ``Refusal`` that says why it cannot be had."""
    try:
        url, mime = await fetching.fetch(
            ctx.runtime.media, address, max_bytes=LIMIT * 1024 * 1024, allowed=MAY_FETCH_FROM
        )
    except InvalidInput as error:
        raise Refusal("media-web", reason=str(error.params["reason"]), limit=LIMIT) from None
    except BucketAway:
        raise Refusal("media-web", reason="not-kept", limit=LIMIT) from None
    kind = _kind(mime)
    if kind is None:
        raise Refusal("media-web", reason="a-page", limit=LIMIT)
    path = await ctx.runtime.media.local(url)
    name = "" if kind is MediaKind.IMAGE else PurePosixPath(unquote(urlsplit(address).path)).name[:120]
    return MediaItem(kind=kind, url=url, file_name=name, size=path.stat().st_size)


def _kind(mime: str) -> MediaKind | None:
    """Return what a file of this media type is in a post; None for a page of the web."""
    if mime in {"text/html", "application/xhtml+xml", "application/json"}:
        return None
    if mime == "image/gif":
        return MediaKind.ANIMATION
    return _KINDS.get(mime.partition("/")[0], MediaKind.DOCUMENT)
