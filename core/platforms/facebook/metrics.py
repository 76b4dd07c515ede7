"""What does Facebook tell about a post and a page? Views, reactions, comments, shares."""

from collections.abc import Mapping
from typing import Any

from core.errors import PlatformError
from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.facebook import client
from core.platforms.rest import Call

_FIELDS = "reactions.summary(total_count).limit(0),comments.summary(total_count).limit(0),shares"


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a post; views only where the token may read insights."""
    found = await client.ask(target, f"/{sent.post_ids[0]}", _FIELDS)
    if not isinstance(found, Mapping) or "id" not in found:
        raise rest.unreadable(target, client.API, publishes=False)
    raw = {
        "reactions": _total(found.get("reactions")),
        "comments": _total(found.get("comments")),
        "shares": _count(found.get("shares")),
    }
    views = await _views(target, sent.post_ids[0])
    return PostMetrics(
        impressions=views,
        likes=raw["reactions"],
        comments=raw["comments"],
        shares=raw["shares"],
        engagements=sum(raw.values()),
        raw=raw | ({"views": views} if views is not None else {}),
    )


async def _views(target: Target, post_id: str) -> int | None:
    try:
        found = await client.call(
            target, Call("GET", f"/{post_id}/insights", params={"metric": "post_media_view"})
        )
    except PlatformError as error:
        if error.error_code not in {"rights-missing", "forbidden", "meta-100"}:
            raise
        return None
    data = found.get("data") if isinstance(found, Mapping) else None
    values = data[0].get("values") if isinstance(data, list) and data else None
    value = values[-1].get("value") if isinstance(values, list) and values else None
    return value if isinstance(value, int) else None


async def followers(target: Target) -> int:
    """Return how many follow the page."""
    found = await client.ask(target, f"/{client.credentials(target).page_id}", "followers_count")
    count = found.get("followers_count") if isinstance(found, Mapping) else None
    if not isinstance(count, int):
        raise rest.unreadable(target, client.API, publishes=False)
    return count


def _total(found: Any) -> int:
    summary = found.get("summary") if isinstance(found, Mapping) else None
    return _count({"count": summary.get("total_count")}) if isinstance(summary, Mapping) else 0


def _count(found: Any) -> int:
    count = found.get("count") if isinstance(found, Mapping) else None
    return count if isinstance(count, int) else 0
