"""How does a rendered part reach Threads, and how is it found again or taken away?"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import OutcomeUnknown, PlatformError
from core.platforms import containers, meta
from core.platforms.base import CLOCK_SKEW, MediaItem, MediaKind, Part, Sent, Target
from core.platforms.media_files import fitted_address
from core.platforms.read_back import be_conclusive
from core.platforms.rest import Call
from core.platforms.threads import client
from core.platforms.threads.client import API
from core.platforms.threads.mapping import MEDIA

_READ_BACK = 100  # posts
_SPACE = re.compile(r"\s+")


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Publish one post. ``key`` has no use here. Raises as ``core.platforms.base.Publish``."""
    token, user = client.token(target), client.credentials(target).user_id
    fields = {"text": str(part.payload["text"])} if part.payload["text"] else {}
    if earlier:
        fields["reply_to_id"] = earlier[-1].post_ids[0]
    if not part.media:
        fields["media_type"] = "TEXT"
    elif len(part.media) == 1:
        fields |= await _described(target, part.media[0])
    else:
        children = []
        for item in part.media:
            child = {"is_carousel_item": "true", **await _described(target, item)}
            children.append(await containers.make(target, API, f"/{user}/threads", child, token=token))
        for made in children:
            await containers.wait(target, API, made, field="status", token=token)
        fields |= {"media_type": "CAROUSEL", "children": ",".join(children)}
    container = await containers.make(target, API, f"/{user}/threads", fields, token=token)
    await containers.wait(target, API, container, field="status", token=token)
    number = await containers.publish(
        target, API, f"/{user}/threads_publish", container, field="status", token=token
    )
    if number is None:
        found = await look_up(target, part, key=key, since=target.clock.now())
        if found is None:
            raise OutcomeUnknown(
                "the post is out, but was not found", error_code="not-found-yet", platform="Threads"
            )
        return found
    return Sent((number,), await _permalink(target, number))


async def delete(target: Target, sent: Sent) -> None:
    """Remove a post; one that is gone already counts as removed. Raises as ``Publish``."""
    try:
        await client.call(target, Call("DELETE", f"/{sent.post_ids[0]}"))
    except PlatformError as error:
        if error.error_code != "not-found":
            raise


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the post among the account's newest, replies included. Raises as ``LookUp``."""
    user = client.credentials(target).user_id
    wanted = _words(str(part.payload["text"]))
    for listing in ("threads", "replies"):
        found = await client.ask(
            target, f"/{user}/{listing}", fields="id,text,timestamp,permalink", limit=str(_READ_BACK)
        )
        posts = found.get("data", []) if isinstance(found, Mapping) else []
        recent = [post for post in posts if meta.moment(post.get("timestamp")) >= since - CLOCK_SKEW]
        for post in recent:
            if _words(str(post.get("text") or "")) == wanted and isinstance(post.get("id"), str):
                return Sent((post["id"],), post.get("permalink"))
        moments = [meta.moment(post.get("timestamp")) for post in posts]
        be_conclusive("Threads", moments, asked=_READ_BACK, since=since, more=meta.goes_on(found))
    return None


async def _described(target: Target, item: MediaItem) -> dict[str, str]:
    where = await fitted_address(target, item, MEDIA)
    video = item.kind is MediaKind.VIDEO
    fields = (
        {"media_type": "VIDEO", "video_url": where} if video else {"media_type": "IMAGE", "image_url": where}
    )
    return fields | ({"alt_text": item.alt[: MEDIA.alt_limit]} if item.alt else {})


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
