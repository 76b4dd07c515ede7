"""What does LinkedIn tell about a post and an author? Reactions and comments; views only of an organisation's posts."""

from collections.abc import Mapping
from typing import Any

from core.errors import PlatformError, Unsupported
from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.linkedin import client


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a post."""
    urn = sent.post_ids[0]
    social = await client.ask(target, f"/rest/socialActions/{client.encoded(urn)}")
    likes = _number(social, "likesSummary", "totalLikes")
    comments = _number(social, "commentsSummary", "aggregatedTotalComments")
    raw = {name: value for name, value in (("likes", likes), ("comments", comments)) if value is not None}
    shares = await _share_statistics(target, urn)
    raw |= shares
    return PostMetrics(
        impressions=shares.get("impressionCount"),
        likes=likes,
        comments=comments,
        shares=shares.get("shareCount"),
        clicks=shares.get("clickCount"),
        engagements=sum(value for value in (likes, comments, shares.get("shareCount")) if value is not None),
        raw=raw,
    )


async def _share_statistics(target: Target, urn: str) -> dict[str, int]:
    author = client.credentials(target).author
    if not author.startswith("urn:li:organization:"):
        return {}
    params = {"q": "organizationalEntity", "organizationalEntity": author, "shares": f"List({urn})"}
    try:
        found = await client.ask(target, "/rest/organizationalEntityShareStatistics", params)
    except PlatformError as error:
        if error.error_code != "forbidden":
            raise
        return {}  # the application may not read statistics: likes and comments are better than nothing
    elements = found.get("elements")
    totals = elements[0].get("totalShareStatistics") if isinstance(elements, list) and elements else {}
    return {name: value for name, value in totals.items() if isinstance(value, int)}


async def followers(target: Target) -> int:
    """Return how many follow the organisation. Of a person LinkedIn does not tell: ``Unsupported``."""
    author = client.credentials(target).author
    if not author.startswith("urn:li:organization:"):
        raise Unsupported("LinkedIn does not tell how many follow a person", platform="linkedin")
    path = f"/rest/networkSizes/{client.encoded(author)}"
    found = await client.ask(target, path, {"edgeType": "COMPANY_FOLLOWED_BY_MEMBER"})
    count = found.get("firstDegreeSize")
    if not isinstance(count, int):
        raise rest.unreadable(target, client.API, publishes=False)
    return count


def _number(found: Mapping[str, Any], group: str, name: str) -> int | None:
    inner = found.get(group)
    value = inner.get(name) if isinstance(inner, Mapping) else None
    return value if isinstance(value, int) else None
