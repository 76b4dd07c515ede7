"""How does a rendered post reach Instagram, and how is it found again?"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import OutcomeUnknown, PlatformError
from core.platforms import containers, meta
from core.platforms.base import CLOCK_SKEW, MediaItem, MediaKind, Part, Sent, Target
from core.platforms.instagram import client
from core.platforms.instagram.client import API
from core.platforms.instagram.mapping import MEDIA
from core.platforms.instagram.pictures import fetchable
from core.platforms.read_back import be_conclusive

_READ_BACK = 100  # posts
_SPACE = re.compile(r"\s+")


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Publish the post. ``key`` has no use here. Raises as ``core.platforms.base.Publish``."""
    token, user = client.token(target), client.credentials(target).user_id
    caption = str(part.payload["caption"])
    if len(part.media) == 1:
        fields = await _described(target, part.media[0], alone=True)
        container = await containers.make(
            target, API, f"/{user}/media", fields | {"caption": caption}, token=token
        )
    else:
        children = []
        for item in part.media:
            fields = await _described(target, item, alone=False)
            children.append(await containers.make(target, API, f"/{user}/media", fields, token=token))
        for child in children:
            await containers.wait(target, API, child, field="status_code", token=token)
        fields = {"media_type": "CAROUSEL", "children": ",".join(children), "caption": caption}
        container = await containers.make(target, API, f"/{user}/media", fields, token=token)
    await containers.wait(target, API, container, field="status_code", token=token)
    number = await containers.publish(
        target, API, f"/{user}/media_publish", container, field="status_code", token=token
    )
    if number is None:
        found = await look_up(target, part, key=key, since=target.clock.now())
        if found is None:
            raise OutcomeUnknown(
                "the post is out, but was not found", error_code="not-found-yet", platform="Instagram"
            )
        return found
    return Sent((number,), await _permalink(target, number))


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the post among the account's newest, by its caption and its time. Raises as ``LookUp``."""
    user = client.credentials(target).user_id
    found = await client.ask(
        target, f"/{user}/media", fields="id,caption,timestamp,permalink", limit=str(_READ_BACK)
    )
    posts = found.get("data", []) if isinstance(found, Mapping) else []
    recent = [post for post in posts if meta.moment(post.get("timestamp")) >= since - CLOCK_SKEW]
    wanted = _words(str(part.payload["caption"]))
    for post in recent:
        if _words(str(post.get("caption") or "")) == wanted and isinstance(post.get("id"), str):
            return Sent((post["id"],), post.get("permalink"))
    moments = [meta.moment(post.get("timestamp")) for post in posts]
    be_conclusive("Instagram", moments, asked=_READ_BACK, since=since, more=meta.goes_on(found))
    return None


async def _described(target: Target, item: MediaItem, *, alone: bool) -> dict[str, str]:
    address = await fetchable(target, item)
    fields = {"is_carousel_item": "true"} if not alone else {}
    if item.kind is MediaKind.VIDEO:
        return fields | {"media_type": "REELS" if alone else "VIDEO", "video_url": address}
    if item.alt:
        fields["alt_text"] = item.alt[: MEDIA.alt_limit]
    return fields | {"image_url": address}


async def _permalink(target: Target, number: str) -> str | None:
    """The link to a post that is out already: not worth failing for."""
    try:
        found = await client.ask(target, f"/{number}", fields="permalink")
    except PlatformError:
        return None
    link = found.get("permalink") if isinstance(found, Mapping) else None
    return link if isinstance(link, str) else None


def _words(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
