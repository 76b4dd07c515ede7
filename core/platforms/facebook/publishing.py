"""How does a rendered post reach the page, and how is it found again, changed, or taken away?"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import aiohttp

from core.errors import PlatformError
from core.platforms import meta
from core.platforms.base import CLOCK_SKEW, MediaItem, Part, Sent, Target
from core.platforms.facebook import client
from core.platforms.facebook.client import API
from core.platforms.facebook.mapping import MEDIA
from core.platforms.media_files import ready
from core.platforms.read_back import be_conclusive
from core.platforms.rest import Call

_READ_BACK = 100  # posts
_SPACE = re.compile(r"\s+")
_UPLOAD = aiohttp.ClientTimeout(total=600, connect=10, sock_read=120)


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Put the post on the page. ``key`` has no use here. Raises as ``core.platforms.base.Publish``."""
    page = client.credentials(target).page_id
    message = str(part.payload["message"])
    if part.method == "POST /videos":
        return await _video(target, page, part.media[0], message)
    body: dict[str, Any] = {"message": message} if message else {}
    for number, item in enumerate(part.media):
        body[f"attached_media[{number}]"] = json.dumps({"media_fbid": await _picture(target, page, item)})
    found = await client.call(target, Call("POST", f"/{page}/feed", publishes=True, data=body))
    return _sent(meta.text_of(target, API, found, "id", publishes=True))


async def edit(target: Target, sent: Sent, part: Part) -> None:
    """Give a post another text; its files stay. Raises as ``Publish``."""
    body = {"message": str(part.payload["message"])}
    await client.call(target, Call("POST", f"/{sent.post_ids[0]}", data=body))


async def delete(target: Target, sent: Sent) -> None:
    """Remove a post; one that is gone already counts as removed. Raises as ``Publish``."""
    try:
        await client.call(target, Call("DELETE", f"/{sent.post_ids[0]}"))
    except PlatformError as error:
        if error.error_code != "not-found":
            raise


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the post among the page's newest, by its words and its time. Raises as ``LookUp``."""
    page = client.credentials(target).page_id
    params = {"fields": "id,message,created_time,permalink_url", "limit": str(_READ_BACK)}
    found = await client.call(target, Call("GET", f"/{page}/published_posts", params=params))
    posts = found.get("data", []) if isinstance(found, Mapping) else []
    recent = [post for post in posts if meta.moment(post.get("created_time")) >= since - CLOCK_SKEW]
    wanted = _words(str(part.payload["message"]))
    for post in recent:
        if _words(str(post.get("message", ""))) == wanted and isinstance(post.get("id"), str):
            return _sent(post["id"], post.get("permalink_url"))
    moments = [meta.moment(post.get("created_time")) for post in posts]
    be_conclusive("Facebook", moments, asked=_READ_BACK, since=since, more=meta.goes_on(found))
    return None


async def _picture(target: Target, page: str, item: MediaItem) -> str:
    """Upload a picture that is not shown by itself, and return its number."""
    file = await ready(target, item, MEDIA)
    form = aiohttp.FormData()
    form.add_field("published", "false")
    if item.alt:
        form.add_field("alt_text_custom", item.alt[: MEDIA.alt_limit])
    form.add_field("source", file.content, filename=file.name, content_type=file.mime)
    found = await client.call(target, Call("POST", f"/{page}/photos", data=form, timeout=_UPLOAD))
    return meta.text_of(target, API, found, "id", publishes=False)


async def _video(target: Target, page: str, item: MediaItem, message: str) -> Sent:
    file = await ready(target, item, MEDIA)
    form = aiohttp.FormData()
    form.add_field("description", message)
    form.add_field("source", file.content, filename=file.name, content_type=file.mime)
    request = Call("POST", f"/{page}/videos", publishes=True, data=form, timeout=_UPLOAD)
    number = meta.text_of(target, API, await client.call(target, request), "id", publishes=True)
    return Sent((number,), f"https://www.facebook.com/{page}/videos/{number}")


def _sent(post_id: str, url: object = None) -> Sent:
    page, _, number = post_id.partition("_")
    made = (
        f"https://www.facebook.com/{page}/posts/{number}" if number else f"https://www.facebook.com/{post_id}"
    )
    return Sent((post_id,), url if isinstance(url, str) else made)


def _words(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
