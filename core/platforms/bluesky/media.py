"""How do files get into a post? As blobs, uploaded first and named in the record with their descriptions."""

from collections.abc import Sequence
from typing import Any

import aiohttp

from core.errors import Transient
from core.platforms import rest
from core.platforms.base import MediaItem, MediaKind, Target
from core.platforms.bluesky import client
from core.platforms.bluesky.mapping import MEDIA
from core.platforms.media_files import ready
from core.platforms.rest import Call

_UPLOAD = aiohttp.ClientTimeout(total=600, connect=10, sock_read=60)


async def embed(target: Target, media: Sequence[MediaItem]) -> dict[str, Any]:
    """Upload the files and return the record's ``embed``. Nothing is visible yet: every failure may be tried again."""
    if media[0].kind is MediaKind.VIDEO:
        file = await ready(target, media[0], MEDIA)
        blob = await _blob(target, file.content, file.mime)
        return {"$type": "app.bsky.embed.video", "video": blob, "alt": media[0].alt[: MEDIA.alt_limit]}
    return {"$type": "app.bsky.embed.images", "images": [await _picture(target, item) for item in media]}


async def _picture(target: Target, item: MediaItem) -> dict[str, Any]:
    file = await ready(target, item, MEDIA)
    described = {"image": await _blob(target, file.content, file.mime), "alt": item.alt[: MEDIA.alt_limit]}
    if file.size:
        described["aspectRatio"] = {"width": file.size[0], "height": file.size[1]}
    return described


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
