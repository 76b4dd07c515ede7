"""What does Instagram tell about a post and an account?"""

from collections.abc import Mapping

from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.instagram import client

_METRICS = "reach,likes,comments,shares,saved,total_interactions"


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a post; ``impressions`` is its reach, Instagram's own measure of how many saw it."""
    found = await client.ask(target, f"/{sent.post_ids[0]}/insights", metric=_METRICS)
    data = found.get("data") if isinstance(found, Mapping) else None
    if not isinstance(data, list):
        raise rest.unreadable(target, client.API, publishes=False)
    raw: dict[str, int] = {}
    for one in data:
        values = one.get("values") if isinstance(one, Mapping) else None
        if isinstance(values, list) and values and isinstance(values[-1].get("value"), int):
            raw[str(one.get("name"))] = values[-1]["value"]
    return PostMetrics(
        impressions=raw.get("reach"),
        likes=raw.get("likes"),
        comments=raw.get("comments"),
        shares=raw.get("shares"),
        engagements=raw.get("total_interactions"),
        raw=raw,
    )


async def followers(target: Target) -> int:
    """Return how many follow the account."""
    found = await client.ask(target, f"/{client.credentials(target).user_id}", fields="followers_count")
    count = found.get("followers_count") if isinstance(found, Mapping) else None
    if not isinstance(count, int):
        raise rest.unreadable(target, client.API, publishes=False)
    return count
