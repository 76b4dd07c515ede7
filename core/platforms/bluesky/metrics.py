"""What does Bluesky tell about a post and an account? Likes, reposts, quotes, replies; it counts no views."""

from core.errors import Rejected
from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.bluesky import client

_COUNTS = ("likeCount", "repostCount", "quoteCount", "replyCount")


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a post. A server without an app view cannot tell: ``Rejected``."""
    answer = await client.xrpc(target, "app.bsky.feed.getPosts", params={"uris": sent.post_ids[0]})
    posts = answer.get("posts") if isinstance(answer, dict) else None
    if not isinstance(posts, list):
        raise rest.unreadable(target, client.API, publishes=False)
    if not posts:
        raise Rejected("the post is not there any more", error_code="not-found", platform="bluesky")
    raw = {name: posts[0][name] for name in _COUNTS if isinstance(posts[0].get(name), int)}
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
