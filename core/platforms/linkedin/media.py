"""How do files get into a post? LinkedIn names an address for each, the bytes go there, the post names the file."""

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from core.platforms import rest
from core.platforms.base import MediaItem, MediaKind, Target
from core.platforms.linkedin import client
from core.platforms.linkedin.mapping import MEDIA
from core.platforms.media_files import Upload, ready
from core.platforms.rest import Call

_UPLOAD = aiohttp.ClientTimeout(total=600, connect=10, sock_read=60)


async def content(target: Target, media: Sequence[MediaItem]) -> dict[str, Any]:
    """Upload the files and return the post's ``content``. Nothing is visible yet: failures may be tried again."""
    if media[0].kind is MediaKind.VIDEO:
        return {"media": {"id": await _video(target, media[0]), "title": media[0].alt[:200] or "Video"}}
    images = [{"id": await _image(target, item), "altText": item.alt[: MEDIA.alt_limit]} for item in media]
    return {"media": images[0]} if len(images) == 1 else {"multiImage": {"images": images}}


async def _image(target: Target, item: MediaItem) -> str:
    file = await ready(target, item, MEDIA)
    owner = client.credentials(target).author
    place = await _begin(target, "images", {"owner": owner})
    await _put(target, str(place.get("uploadUrl", "")), file, file.content)
    return _urn(target, place, "image")


async def _video(target: Target, item: MediaItem) -> str:
    file = await ready(target, item, MEDIA)
    owner = client.credentials(target).author
    place = await _begin(
        target, "videos", {"owner": owner, "fileSizeBytes": len(file.content), "uploadCaptions": False}
    )
    parts: list[str] = []
    for piece in place.get("uploadInstructions", []):
        chunk = file.content[piece["firstByte"] : piece["lastByte"] + 1]
        parts.append(await _put(target, str(piece.get("uploadUrl", "")), file, chunk))
    urn = _urn(target, place, "video")
    finished = {"video": urn, "uploadToken": str(place.get("uploadToken", "")), "uploadedPartIds": parts}
    body = {"finalizeUploadRequest": finished}
    await client.call(target, Call("POST", "/rest/videos", params={"action": "finalizeUpload"}, json=body))
    return urn


async def _begin(target: Target, what: str, wanted: dict[str, Any]) -> Mapping[str, Any]:
    body = {"initializeUploadRequest": wanted}
    answer = await client.call(
        target, Call("POST", f"/rest/{what}", params={"action": "initializeUpload"}, json=body)
    )
    value = answer.data.get("value") if isinstance(answer.data, dict) else None
    if not isinstance(value, Mapping):
        raise rest.unreadable(target, client.API, publishes=False)
    return value


async def _put(target: Target, address: str, file: Upload, content: bytes) -> str:
    """Send the bytes; returns the part's name (its ETag)."""
    if not address.startswith(("https://", "http://")):
        raise rest.unreadable(target, client.API, publishes=False)
    request = Call("PUT", address, data=content, headers={"Content-Type": file.mime}, timeout=_UPLOAD)
    answer = await client.call(target, request)
    return answer.headers.get("ETag", "").strip('"')


def _urn(target: Target, place: Mapping[str, Any], name: str) -> str:
    urn = place.get(name)
    if not isinstance(urn, str):
        raise rest.unreadable(target, client.API, publishes=False)
    return urn
