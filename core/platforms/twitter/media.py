"""How do files get onto X? In pieces, then processed, then described."""

import asyncio
from collections.abc import Sequence
from typing import Any

import aiohttp

from core.errors import Rejected, Transient
from core.platforms import rest
from core.platforms.base import MediaItem, MediaKind, Target
from core.platforms.media_files import ready
from core.platforms.rest import Call
from core.platforms.twitter import client
from core.platforms.twitter.mapping import MEDIA

_PIECE = 4 * 1024 * 1024  # bytes
_CATEGORIES = {
    MediaKind.IMAGE: "tweet_image",
    MediaKind.VIDEO: "tweet_video",
    MediaKind.ANIMATION: "tweet_gif",
}
_UPLOAD = aiohttp.ClientTimeout(total=300, connect=10, sock_read=60)
_POLLS = 120
_LONGEST_PAUSE = 10.0  # seconds


async def upload(target: Target, media: Sequence[MediaItem]) -> list[str]:
    """Upload the files in order and return their ids. Nothing is visible yet, so every failure may be tried again."""
    return [await _one(target, item) for item in media]


async def _one(target: Target, item: MediaItem) -> str:
    file = await ready(target, item, MEDIA)
    # Telegram's animations are silent MP4 files; X takes only real GIFs as such.
    category = "tweet_video" if file.mime.startswith("video/") else _CATEGORIES[item.kind]
    begun = await _post(
        target,
        "/initialize",
        json={"media_type": file.mime, "total_bytes": len(file.content), "media_category": category},
    )
    media_id = begun.get("id")
    if not isinstance(media_id, str):
        raise rest.unreadable(target, client.API, publishes=False)
    for number, start in enumerate(range(0, len(file.content), _PIECE)):
        form = aiohttp.FormData()
        form.add_field("segment_index", str(number))
        form.add_field(
            "media", file.content[start : start + _PIECE], filename=file.name, content_type=file.mime
        )
        await _post(target, f"/{media_id}/append", data=form)
    await _processed(target, media_id, await _post(target, f"/{media_id}/finalize"))
    if item.alt:
        described = {"id": media_id, "metadata": {"alt_text": {"text": item.alt[: MEDIA.alt_limit]}}}
        await client.call(target, Call("POST", "/2/media/metadata", json=described))
    return media_id


async def _post(target: Target, path: str, json: Any = None, data: Any = None) -> dict[str, Any]:
    answer = await client.call(
        target, Call("POST", f"/2/media/upload{path}", json=json, data=data, timeout=_UPLOAD)
    )
    found = answer.data.get("data") if isinstance(answer.data, dict) else None
    return found if isinstance(found, dict) else {}


async def _processed(target: Target, media_id: str, state: dict[str, Any]) -> None:
    """Wait until a video is ready to be posted."""
    for _ in range(_POLLS):
        info = state.get("processing_info")
        if not isinstance(info, dict) or info.get("state") == "succeeded":
            return
        if info.get("state") == "failed":
            error = info.get("error")
            reason = str(error.get("message", "")) if isinstance(error, dict) else ""
            raise Rejected(
                f"X cannot use this file: {reason}",
                error_code="media-refused",
                platform="twitter",
                reason=reason,
            )
        pause = info.get("check_after_secs")
        await asyncio.sleep(min(float(pause) if isinstance(pause, int | float) else 1.0, _LONGEST_PAUSE))
        state = await client.ask(target, "/2/media/upload", {"media_id": media_id, "command": "STATUS"}) or {}
    raise Transient("X has not finished processing a file", error_code="media-pending", platform="X")
