"""How do files get onto a Mastodon server? Each is uploaded with its description, and waited for."""

import asyncio
from collections.abc import Sequence

import aiohttp

from core.errors import Transient
from core.platforms import rest
from core.platforms.base import MediaItem, Target
from core.platforms.mastodon import client
from core.platforms.mastodon.mapping import PICTURES
from core.platforms.media_files import ready
from core.platforms.rest import Call

_UPLOAD = aiohttp.ClientTimeout(total=600, connect=10, sock_read=60)
_POLLS = 60
_POLL_SECONDS = 1.0


async def upload(target: Target, media: Sequence[MediaItem]) -> list[str]:
    """Upload the files in order and return their ids. Nothing is visible yet, so every failure may be tried again."""
    return [await _one(target, item) for item in media]


async def _one(target: Target, item: MediaItem) -> str:
    file = await ready(target, item, PICTURES)
    form = aiohttp.FormData()
    form.add_field("file", file.content, filename=file.name, content_type=file.mime)
    if item.alt:
        form.add_field("description", item.alt[: PICTURES.alt_limit])
    answer = await client.call(target, Call("POST", "/api/v2/media", data=form, timeout=_UPLOAD))
    found = answer.data if isinstance(answer.data, dict) else {}
    media_id = found.get("id")
    if not isinstance(media_id, str):
        raise rest.unreadable(target, client.API, publishes=False)
    if answer.status == 202:  # still being converted; a status may not carry it yet
        await _wait(target, media_id)
    return media_id


async def _wait(target: Target, media_id: str) -> None:
    for _ in range(_POLLS):
        answer = await client.call(target, Call("GET", f"/api/v1/media/{media_id}"))
        if answer.status == 200:
            return
        await asyncio.sleep(_POLL_SECONDS)
    raise Transient(
        "Mastodon has not finished converting a file", error_code="media-pending", platform="Mastodon"
    )
