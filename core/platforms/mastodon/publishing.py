"""How does a rendered part reach Mastodon, how is it found again, changed, or taken away?"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.errors import OutcomeUnknown, PlatformError
from core.platforms import rest
from core.platforms.base import CLOCK_SKEW, Part, Sent, Target
from core.platforms.mastodon import client
from core.platforms.mastodon.media import upload
from core.platforms.rest import Call

_PAGES = 5  # of 40 statuses, looked through before an absence is no longer certain
_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")
# A link is shown without its scheme and shortened by an ellipsis that is styled away.
_HIDDEN_SCHEME = re.compile(r"https?://")


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Post one status. Raises as ``core.platforms.base.Publish``."""
    payload = dict(part.payload)
    if part.media:
        payload["media_ids"] = await upload(target, part.media)
    if earlier:
        payload["in_reply_to_id"] = earlier[-1].post_ids[0]
    answer = await client.call(
        target,
        Call("POST", "/api/v1/statuses", publishes=True, json=payload, headers={"Idempotency-Key": key}),
    )
    return _sent(target, answer.data)


async def edit(target: Target, sent: Sent, part: Part) -> None:
    """Give a status another text; its files stay. Raises as ``Publish``."""
    status_id = sent.post_ids[0]
    payload: dict[str, Any] = {"status": part.payload["status"]}
    if part.media:
        found = await client.ask(target, f"/api/v1/statuses/{status_id}")
        attached = found.get("media_attachments", []) if isinstance(found, Mapping) else []
        payload["media_ids"] = [item["id"] for item in attached if isinstance(item, Mapping) and "id" in item]
    await client.call(target, Call("PUT", f"/api/v1/statuses/{status_id}", json=payload))


async def delete(target: Target, sent: Sent) -> None:
    """Remove a status; one that is gone already counts as removed. Raises as ``Publish``."""
    try:
        await client.call(target, Call("DELETE", f"/api/v1/statuses/{sent.post_ids[0]}"))
    except PlatformError as error:
        if error.error_code != "not-found":
            raise


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the part among the account's newest posts, by its words and its time. Raises as ``LookUp``."""
    account = await client.account(target)
    wanted = _words(str(part.payload["status"]))
    before: str | None = None
    for _ in range(_PAGES):
        posts = await client.own_posts(target, account["id"], before=before)
        for post in posts:
            if _time(post) >= since - CLOCK_SKEW and _words(_plain(str(post.get("content", "")))) == wanted:
                return _sent(target, post)
        if not posts or _time(posts[-1]) < since - CLOCK_SKEW:
            return None
        before = str(posts[-1].get("id"))
    raise OutcomeUnknown("the account has moved on too far", error_code="not-conclusive", platform="Mastodon")


def _sent(target: Target, post: Any) -> Sent:
    if not isinstance(post, Mapping) or not isinstance(post.get("id"), str):
        raise rest.unreadable(target, client.API, publishes=True)
    url = post.get("url")
    return Sent((post["id"],), url if isinstance(url, str) else None)


def _time(post: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(post.get("created_at", "")).replace("Z", "+00:00"))


def _plain(content: str) -> str:
    """The text of a status's HTML."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", content)))


def _words(text: str) -> str:
    return _SPACE.sub(" ", _HIDDEN_SCHEME.sub("", text)).strip()
