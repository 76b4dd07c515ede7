"""What does X tell about a post and an account?"""

from collections.abc import Mapping, Sequence

from core.errors import Rejected
from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.twitter import client

_ENGAGEMENTS = ("like_count", "reply_count", "retweet_count", "quote_count", "bookmark_count")


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a post."""
    found = await client.ask(target, f"/2/tweets/{sent.post_ids[0]}", {"tweet.fields": "public_metrics"})
    told = _read(found)
    if told is None:
        raise Rejected("the post is not there any more", error_code="not-found", platform="twitter")
    return told


async def metrics_of_many(target: Target, posts: Sequence[Sent]) -> Mapping[str, PostMetrics]:
    """Return the numbers of up to 100 posts (https://docs.x.com/x-api/posts/get-posts-by-ids)."""
    ids = ",".join(sent.post_ids[0] for sent in posts)
    found = await client.ask(target, "/2/tweets", {"ids": ids, "tweet.fields": "public_metrics"})
    told = ((one.get("id"), _read(one)) for one in found or () if isinstance(one, Mapping))
    return {str(number): numbers for number, numbers in told if numbers is not None}


def _read(found: object) -> PostMetrics | None:
    counts = found.get("public_metrics") if isinstance(found, Mapping) else None
    if not isinstance(counts, Mapping):
        return None
    raw = {str(name): value for name, value in counts.items() if isinstance(value, int)}
    return PostMetrics(
        impressions=raw.get("impression_count"),
        likes=raw.get("like_count"),
        comments=raw.get("reply_count"),
        shares=raw.get("retweet_count", 0) + raw.get("quote_count", 0),
        engagements=sum(raw.get(name, 0) for name in _ENGAGEMENTS),
        raw=raw,
    )


async def followers(target: Target) -> int:
    """Return how many follow the account."""
    me = await client.ask(target, "/2/users/me", {"user.fields": "public_metrics"})
    counts = me.get("public_metrics") if isinstance(me, Mapping) else None
    count = counts.get("followers_count") if isinstance(counts, Mapping) else None
    if not isinstance(count, int):
        raise rest.unreadable(target, client.API, publishes=False)
    return count
