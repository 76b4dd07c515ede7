"""What does Threads tell about a post and an account?"""

from collections.abc import Mapping
from typing import Any

from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.threads import client

_METRICS = "views,likes,replies,reposts,quotes,shares"


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a post."""
    raw = _values(target, await client.ask(target, f"/{sent.post_ids[0]}/insights", metric=_METRICS))
    shared = [raw[name] for name in ("reposts", "quotes", "shares") if name in raw]
    answered = [raw[name] for name in ("likes", "replies") if name in raw]
    return PostMetrics(
        impressions=raw.get("views"),
        likes=raw.get("likes"),
        comments=raw.get("replies"),
        shares=sum(shared) if shared else None,
        engagements=sum(shared) + sum(answered) if shared or answered else None,
        raw=raw,
    )


async def followers(target: Target) -> int:
    """Return how many follow the account."""
    user = client.credentials(target).user_id
    found = _values(target, await client.ask(target, f"/{user}/threads_insights", metric="followers_count"))
    if "followers_count" not in found:
        raise rest.unreadable(target, client.API, publishes=False)
    return found["followers_count"]


def _values(target: Target, found: Any) -> dict[str, int]:
    data = found.get("data") if isinstance(found, Mapping) else None
    if not isinstance(data, list):
        raise rest.unreadable(target, client.API, publishes=False)
    read: dict[str, int] = {}
    for one in data:
        total = one.get("total_value") if isinstance(one, Mapping) else None
        values = (
            [total]
            if isinstance(total, Mapping)
            else (one.get("values") if isinstance(one, Mapping) else None)
        )
        value = values[-1].get("value") if isinstance(values, list) and values else None
        if isinstance(value, int):
            read[str(one.get("name"))] = value
    return read
