"""How does a rendered post reach the wall, and how is it found again, changed, or taken away?"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.errors import PlatformError
from core.platforms import rest
from core.platforms.base import CLOCK_SKEW, Part, Sent, Target
from core.platforms.read_back import be_conclusive
from core.platforms.vk import client
from core.platforms.vk.media import attachments

_READ_BACK = 100  # posts, the most that VK gives at once
_SPACE = re.compile(r"\s+")


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Put the post on the wall. Raises as ``core.platforms.base.Publish``."""
    owner = client.credentials(target).owner_id
    files = await attachments(target, part.media) if part.media else None
    answer = await client.call(
        target, "wall.post", publishes=True,
        owner_id=owner, from_group=1 if owner < 0 else None, guid=key[:32], attachments=files, **part.payload,
    )  # fmt: skip
    number = answer.get("post_id") if isinstance(answer, Mapping) else None
    if not isinstance(number, int):
        raise rest.unreadable(target, client.API, publishes=True)
    return _sent(target, number)


async def edit(target: Target, sent: Sent, part: Part) -> None:
    """Give a post another text; its files stay. Raises as ``Publish``."""
    owner, number = _which(target, sent)
    found = await client.call(target, "wall.getById", posts=f"{owner}_{number}")
    post = _items(found)[0] if _items(found) else {}
    kept = ",".join(
        f"{one['type']}{one[one['type']]['owner_id']}_{one[one['type']]['id']}"
        for one in post.get("attachments", [])
        if isinstance(one, Mapping) and isinstance(one.get(str(one.get("type"))), Mapping)
    )
    await client.call(
        target, "wall.edit", owner_id=owner, post_id=number, attachments=kept or None, **part.payload
    )


async def delete(target: Target, sent: Sent) -> None:
    """Remove a post; one that is gone already counts as removed. Raises as ``Publish``."""
    owner, number = _which(target, sent)
    try:
        await client.call(target, "wall.delete", owner_id=owner, post_id=number)
    except PlatformError as error:
        if error.error_code != "not-found":
            raise


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the post among the newest of the wall, by its words, its files and its time. Raises as ``LookUp``."""
    owner = client.credentials(target).owner_id
    found = _items(await client.call(target, "wall.get", owner_id=owner, count=_READ_BACK, filter="owner"))
    wanted = _words(str(part.payload["message"]))
    recent = [post for post in found if _time(post) >= since - CLOCK_SKEW]
    for post in recent:
        same_files = len(post.get("attachments", [])) >= len(part.media)
        if _words(str(post.get("text", ""))) == wanted and same_files and isinstance(post.get("id"), int):
            return _sent(target, post["id"])
    be_conclusive("VK", [_time(post) for post in found], asked=_READ_BACK, since=since)
    return None


def _sent(target: Target, number: int) -> Sent:
    owner = client.credentials(target).owner_id
    return Sent((f"{owner}_{number}",), f"https://vk.com/wall{owner}_{number}")


def _which(target: Target, sent: Sent) -> tuple[str, str]:
    owner, _, number = sent.post_ids[0].rpartition("_")
    return owner or str(client.credentials(target).owner_id), number


def _items(answer: Any) -> list[Mapping[str, Any]]:
    items = answer.get("items") if isinstance(answer, Mapping) else answer
    return [one for one in items if isinstance(one, Mapping)] if isinstance(items, list) else []


def _time(post: Mapping[str, Any]) -> datetime:
    stamp = post.get("date")
    return datetime.fromtimestamp(stamp if isinstance(stamp, int) else 0, UTC)


def _words(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
