"""How do files get onto a wall? Each is uploaded to a server VK names, then saved, then attached by its number."""

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from core.errors import Rejected
from core.platforms import rest
from core.platforms.base import MediaItem, MediaKind, Target
from core.platforms.media_files import Upload, ready
from core.platforms.rest import Call
from core.platforms.vk import client
from core.platforms.vk.mapping import MEDIA

_UPLOAD = aiohttp.ClientTimeout(total=600, connect=10, sock_read=120)


async def attachments(target: Target, media: Sequence[MediaItem]) -> str:
    """Upload the files and return the value of ``attachments``. Nothing is visible yet: failures may be tried again."""
    names = [
        await (_picture(target, item) if item.kind is MediaKind.IMAGE else _video(target, item))
        for item in media
    ]
    return ",".join(names)


def _group(target: Target) -> int | None:
    owner = client.credentials(target).owner_id
    return -owner if owner < 0 else None


async def _picture(target: Target, item: MediaItem) -> str:
    file = await ready(target, item, MEDIA)
    place = _object(target, await client.call(target, "photos.getWallUploadServer", group_id=_group(target)))
    got = await _send(target, str(place.get("upload_url", "")), "photo", file)
    if got.get("photo") in {None, "", "[]"}:
        raise Rejected("VK cannot use this picture", error_code="media-refused", platform="vk")
    saved = await client.call(
        target, "photos.saveWallPhoto",
        group_id=_group(target), server=got.get("server"), photo=got.get("photo"), hash=got.get("hash"),
        caption=item.alt or None,
    )  # fmt: skip
    photo = saved[0] if isinstance(saved, list) and saved else None
    return _name("photo", _object(target, photo))


async def _video(target: Target, item: MediaItem) -> str:
    file = await ready(target, item, MEDIA)
    place = _object(
        target,
        await client.call(
            target, "video.save", group_id=_group(target), name=(item.alt or file.name)[:128], wallpost=0
        ),
    )
    await _send(target, str(place.get("upload_url", "")), "video_file", file)
    return _name("video", {"owner_id": place.get("owner_id"), "id": place.get("video_id")})


async def _send(target: Target, address: str, field: str, file: Upload) -> Mapping[str, Any]:
    if not address.startswith(("https://", "http://")):
        raise rest.unreadable(target, client.API, publishes=False)
    form = aiohttp.FormData()
    form.add_field(field, file.content, filename=file.name, content_type=file.mime)
    # The upload servers know the file by their address, not by our token: it stays at home.
    answer = await rest.call(target, client.API, Call("POST", address, data=form, timeout=_UPLOAD), token="")
    return _object(target, answer.data)


def _name(kind: str, saved: Mapping[str, Any]) -> str:
    return f"{kind}{saved.get('owner_id')}_{saved.get('id')}"


def _object(target: Target, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise rest.unreadable(target, client.API, publishes=False)
    return value
