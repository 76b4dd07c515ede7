"""What does Mastodon tell about a post and an account? Favourites, boosts and replies; it counts no views."""

from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.mastodon import client

_COUNTS = ("favourites_count", "reblogs_count", "replies_count")


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a status. Raises as ``core.platforms.base.FetchMetrics``."""
    found = await client.ask(target, f"/api/v1/statuses/{sent.post_ids[0]}")
    raw = {
        name: found[name] for name in _COUNTS if isinstance(found, dict) and isinstance(found.get(name), int)
    }
    if not raw:
        raise rest.unreadable(target, client.API, publishes=False)
    return PostMetrics(
        likes=raw.get("favourites_count"),
        shares=raw.get("reblogs_count"),
        comments=raw.get("replies_count"),
        engagements=sum(raw.values()),
        raw=raw,
    )


async def followers(target: Target) -> int:
    """Return how many follow the account. Raises as ``core.platforms.base.FetchFollowers``."""
    found = (await client.account(target)).get("followers_count")
    if not isinstance(found, int):
        raise rest.unreadable(target, client.API, publishes=False)
    return found
