"""How do files get into a post? As blobs, uploaded first and named in the record with their descriptions."""

import mimetypes
from collections.abc import Sequence
from typing import Any

import aiohttp

from core.errors import NotFound, Rejected, Transient
from core.media.fitting import fit
from core.platforms import rest
from core.platforms.base import MediaItem, MediaKind, Target
from core.platforms.bluesky import client
from core.platforms.bluesky.mapping import MEDIA
from core.platforms.rest import Call

_UPLOAD = aiohttp.ClientTimeout(total=600, connect=10, sock_read=60)


async def embed(target: Target, media: Sequence[MediaItem]) -> dict[str, Any]:
    """Upload the files and return the record's ``embed``. Nothing is visible yet: every failure may be tried again."""
    try:
        if media[0].kind is MediaKind.VIDEO:
            return await _video(target, media[0])
        return {
            "$type": "app.bsky.embed.images",
            "images": [await _picture(target, item) for item in media],
        }
    except NotFound:
        raise Rejected(
            "a file of this post is missing from the media folder",
            error_code="media-missing",
            platform="bluesky",
        ) from None


async def _picture(target: Target, item: MediaItem) -> dict[str, Any]:
    picture = await fit(
        target.media.path(item.url),
        formats=MEDIA.picture_formats,
        max_bytes=MEDIA.picture_bytes,
        max_side=MEDIA.picture_side,
    )
    return {
        "image": await _blob(target, picture.content, picture.mime),
        "alt": item.alt[: MEDIA.alt_limit],
        "aspectRatio": {"width": picture.width, "height": picture.height},
    }


async def _video(target: Target, item: MediaItem) -> dict[str, Any]:
    content = await target.media.load(item.url)
    kind = mimetypes.guess_type(target.media.path(item.url).name)[0] or "video/mp4"
    blob = await _blob(target, content, kind)
    return {"$type": "app.bsky.embed.video", "video": blob, "alt": item.alt[: MEDIA.alt_limit]}


async def _blob(target: Target, content: bytes, kind: str) -> Any:
    opened = client.credentials(target)
    if opened.access_jwt is None:
        raise Transient("there is no session yet", error_code="token-expired", platform="Bluesky")
    request = Call(
        "POST",
        "/xrpc/com.atproto.repo.uploadBlob",
        data=content,
        headers={"Content-Type": kind},
        timeout=_UPLOAD,
    )
    answer = await rest.call(target, client.API, request, token=opened.access_jwt.get_secret_value())
    blob = answer.data.get("blob") if isinstance(answer.data, dict) else None
    if not isinstance(blob, dict):
        raise rest.unreadable(target, client.API, publishes=False)
    return blob
