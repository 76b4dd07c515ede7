"""What does Bluesky tell about a post and an account? Likes, reposts, quotes, replies; it counts no views."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import Rejected
from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.bluesky import client

_COUNTS = ("likeCount", "repostCount", "quoteCount", "replyCount")


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a post. A server without an app view cannot tell: ``Rejected``."""
    told = await metrics_of_many(target, [sent])
    if sent.post_ids[0] not in told:
        raise Rejected("the post is not there any more", error_code="not-found", platform="bluesky")
    return told[sent.post_ids[0]]


async def metrics_of_many(target: Target, posts: Sequence[Sent]) -> Mapping[str, PostMetrics]:
    """Return the numbers of up to 25 posts (https://docs.bsky.app/docs/api/app-bsky-feed-get-posts)."""
    answer = await client.xrpc(
        target, "app.bsky.feed.getPosts", params=[("uris", sent.post_ids[0]) for sent in posts]
    )
    found = answer.get("posts") if isinstance(answer, dict) else None
    if not isinstance(found, list):
        raise rest.unreadable(target, client.API, publishes=False)
    return {str(one.get("uri")): _read(one) for one in found if isinstance(one, Mapping)}


def _read(post: Mapping[str, Any]) -> PostMetrics:
    raw = {name: post[name] for name in _COUNTS if isinstance(post.get(name), int)}
    return PostMetrics(
        likes=raw.get("likeCount"),
        comments=raw.get("replyCount"),
        shares=raw.get("repostCount", 0) + raw.get("quoteCount", 0) if raw else None,
        engagements=sum(raw.values()) if raw else None,
        raw=raw,
    )


async def followers(target: Target) -> int:
    """Return how many follow the account."""
    params = {"actor": client.account_id(target)}
    answer = await client.xrpc(target, "app.bsky.actor.getProfile", params=params)
    count = answer.get("followersCount") if isinstance(answer, dict) else None
    if not isinstance(count, int):
        raise rest.unreadable(target, client.API, publishes=False)
    return count
