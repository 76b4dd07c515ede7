"""How does a rendered post reach LinkedIn, and how is it found again, changed, or taken away?"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.errors import AuthExpired, OutcomeUnknown, PlatformError
from core.platforms import rest
from core.platforms.base import CLOCK_SKEW, Part, Sent, Target
from core.platforms.linkedin import client
from core.platforms.linkedin.media import content
from core.platforms.read_back import be_conclusive
from core.platforms.rest import Call

_READ_BACK = 100  # posts, the most that LinkedIn gives at once
_SPACE = re.compile(r"\s+")
_ESCAPED = re.compile(r"\\(.)")


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Post it. ``key`` has no use here: LinkedIn knows none. Raises as ``core.platforms.base.Publish``."""
    body: dict[str, Any] = {
        "author": client.credentials(target).author,
        "commentary": part.payload["commentary"],
        "visibility": part.payload["visibility"],
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    if part.media:
        body["content"] = await content(target, part.media)
    answer = await client.call(target, Call("POST", "/rest/posts", publishes=True, json=body))
    urn = answer.headers.get("x-restli-id") or answer.headers.get("x-linkedin-id")
    if not urn:
        raise rest.unreadable(target, client.API, publishes=True)
    return _sent(urn)


async def edit(target: Target, sent: Sent, part: Part) -> None:
    """Give a post another text; its files stay. Raises as ``Publish``."""
    body = {"patch": {"$set": {"commentary": part.payload["commentary"]}}}
    headers = {"X-RestLi-Method": "PARTIAL_UPDATE"}
    path = f"/rest/posts/{client.encoded(sent.post_ids[0])}"
    await client.call(target, Call("POST", path, json=body, headers=headers))


async def delete(target: Target, sent: Sent) -> None:
    """Remove a post; one that is gone already counts as removed. Raises as ``Publish``."""
    try:
        path = f"/rest/posts/{client.encoded(sent.post_ids[0])}"
        await client.call(target, Call("DELETE", path, headers={"X-RestLi-Method": "DELETE"}))
    except PlatformError as error:
        if error.error_code != "not-found":
            raise


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the post among the author's newest. Without the permission to read: ``OutcomeUnknown``."""
    params = {
        "q": "author", "author": client.credentials(target).author, "count": str(_READ_BACK), "sortBy": "CREATED",
    }  # fmt: skip
    try:
        found = await client.ask(target, "/rest/posts", params)
    except AuthExpired as error:
        if error.error_code != "forbidden":
            raise
        raise OutcomeUnknown(
            "this application may not read posts", error_code="no-look-up", platform="LinkedIn"
        ) from None
    wanted = _words(str(part.payload["commentary"]))
    posts = found.get("elements", [])
    recent = [post for post in posts if _time(post) >= since - CLOCK_SKEW]
    for post in recent:
        if _words(str(post.get("commentary", ""))) == wanted and isinstance(post.get("id"), str):
            return _sent(post["id"])
    be_conclusive("LinkedIn", [_time(post) for post in posts], asked=_READ_BACK, since=since)
    return None


def _sent(urn: str) -> Sent:
    return Sent((urn,), f"https://www.linkedin.com/feed/update/{urn}")


def _time(post: Any) -> datetime:
    stamp = post.get("publishedAt") or post.get("createdAt") if isinstance(post, Mapping) else None
    return datetime.fromtimestamp((stamp if isinstance(stamp, int) else 0) / 1000, UTC)


def _words(commentary: str) -> str:
    return _SPACE.sub(" ", _ESCAPED.sub(r"\1", commentary)).strip()
