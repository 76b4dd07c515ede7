"""What does VK tell about a post and a community? Views, likes, comments, reposts."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import Rejected
from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.vk import client

_COUNTS = ("views", "likes", "comments", "reposts")


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a post."""
    told = await metrics_of_many(target, [sent])
    if sent.post_ids[0] not in told:
        raise Rejected("the post is not there any more", error_code="not-found", platform="vk")
    return told[sent.post_ids[0]]


async def metrics_of_many(target: Target, posts: Sequence[Sent]) -> Mapping[str, PostMetrics]:
    """Return the numbers of up to 100 posts (https://dev.vk.com/method/wall.getById)."""
    found = await client.call(target, "wall.getById", posts=",".join(sent.post_ids[0] for sent in posts))
    items = found.get("items") if isinstance(found, Mapping) else found
    if not isinstance(items, list):
        raise rest.unreadable(target, client.API, publishes=False)
    return {f"{one.get('owner_id')}_{one.get('id')}": _read(one) for one in items if isinstance(one, Mapping)}


def _read(item: Mapping[str, Any]) -> PostMetrics:
    raw = {
        name: item[name]["count"]
        for name in _COUNTS
        if isinstance(item.get(name), Mapping) and isinstance(item[name].get("count"), int)
    }
    return PostMetrics(
        impressions=raw.get("views"),
        likes=raw.get("likes"),
        comments=raw.get("comments"),
        shares=raw.get("reposts"),
        engagements=sum(raw.get(name, 0) for name in ("likes", "comments", "reposts")) if raw else None,
        raw=raw,
    )


async def followers(target: Target) -> int:
    """Return how many are in the community, or follow the person."""
    owner = client.credentials(target).owner_id
    if owner < 0:
        found = await client.call(target, "groups.getMembers", group_id=-owner, count=0)
        count = found.get("count") if isinstance(found, Mapping) else None
    else:
        found = await client.call(target, "users.getFollowers", user_id=owner, count=0)
        count = found.get("count") if isinstance(found, Mapping) else None
    if not isinstance(count, int):
        raise rest.unreadable(target, client.API, publishes=False)
    return count
