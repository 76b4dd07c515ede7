"""How does a rendered part reach X, and how is it found again or taken away?"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.errors import PlatformError
from core.platforms import rest
from core.platforms.base import CLOCK_SKEW, Part, Sent, Target
from core.platforms.read_back import be_conclusive
from core.platforms.rest import Call
from core.platforms.twitter import client
from core.platforms.twitter.media import upload

_READ_BACK = 100  # posts, the most that X gives at once; only those of the time in question are asked for
_SPACE = re.compile(r"\s+")
_LINK = re.compile(r"(?:https?://)?([^\s]+\.[^\s]+?)/?(?=\s|$)", re.IGNORECASE)


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Post one. ``key`` has no use here: X knows none. Raises as ``core.platforms.base.Publish``."""
    payload = dict(part.payload)
    if part.media:
        payload["media"] = {"media_ids": await upload(target, part.media)}
    if earlier:
        payload["reply"] = {"in_reply_to_tweet_id": earlier[-1].post_ids[0]}
    answer = await client.call(target, Call("POST", "/2/tweets", publishes=True, json=payload))
    data = answer.data.get("data") if isinstance(answer.data, dict) else None
    return _sent(target, data, publishes=True)


async def delete(target: Target, sent: Sent) -> None:
    """Remove a post; one that is gone already counts as removed. Raises as ``Publish``."""
    try:
        await client.call(target, Call("DELETE", f"/2/tweets/{sent.post_ids[0]}"))
    except PlatformError as error:
        if error.error_code != "not-found":
            raise


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the part among the account's newest posts, by its words and its time. Raises as ``LookUp``."""
    me = await client.ask(target, "/2/users/me")
    if not isinstance(me, Mapping) or not isinstance(me.get("id"), str):
        raise rest.unreadable(target, client.API, publishes=False)
    begin = (since - CLOCK_SKEW).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    params = {"max_results": str(_READ_BACK), "tweet.fields": "created_at,entities", "start_time": begin}
    posts = await client.ask(target, f"/2/users/{me['id']}/tweets", params) or []
    wanted = _words(str(part.payload["text"]))
    for post in posts:
        if _time(post) >= since - CLOCK_SKEW and _words(_expanded(post)) == wanted:
            return _sent(target, post, publishes=False)
    be_conclusive("X", [_time(post) for post in posts], asked=_READ_BACK, since=since)
    return None


def _sent(target: Target, post: Any, *, publishes: bool) -> Sent:
    if not isinstance(post, Mapping) or not isinstance(post.get("id"), str):
        raise rest.unreadable(target, client.API, publishes=publishes)
    name = target.settings.get("username")
    return Sent((post["id"],), f"https://x.com/{name if isinstance(name, str) else 'i'}/status/{post['id']}")


def _time(post: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(post.get("created_at", "")).replace("Z", "+00:00"))


def _expanded(post: Mapping[str, Any]) -> str:
    """The post's text with X's short links replaced by what was written; that of an attached file is left out."""
    text = html.unescape(str(post.get("text", "")))
    entities = post.get("entities")
    for link in entities.get("urls", []) if isinstance(entities, Mapping) else []:
        attached = "media_key" in link or "/photo/" in str(link.get("expanded_url", ""))
        text = text.replace(str(link.get("url", "")), "" if attached else str(link.get("expanded_url", "")))
    return text


def _words(text: str) -> str:
    """Text to compare: links without scheme and final slash, white space as one."""
    return _LINK.sub(r"\1", _SPACE.sub(" ", text)).strip().lower()
