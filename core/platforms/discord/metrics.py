"""What does Discord tell about a message and a server? Reactions and members; it counts no views."""

from core.errors import Unsupported
from core.platforms import rest
from core.platforms.base import PostMetrics, Sent, Target
from core.platforms.discord import client
from core.platforms.rest import Call


async def metrics(target: Target, sent: Sent) -> PostMetrics:
    """Return the numbers of a message: all its reactions count as likes."""
    found = (await client.call(target, Call("GET", f"/messages/{sent.post_ids[0]}"))).data
    if not isinstance(found, dict) or "id" not in found:
        raise rest.unreadable(target, client.API, publishes=False)
    counts = [one.get("count") for one in found.get("reactions", []) if isinstance(one, dict)]
    reactions = sum(count for count in counts if isinstance(count, int))
    return PostMetrics(likes=reactions, engagements=reactions, raw={"reactions": reactions})


async def followers(target: Target) -> int:
    """Return how many members the server has, about. A webhook cannot know: ``Unsupported``."""
    guild = target.settings.get("guild_id")
    if client.credentials(target).webhook is not None or not isinstance(guild, str):
        raise Unsupported("only a bot can count a server's members", platform="discord")
    found = (await client.call(target, Call("GET", f"//guilds/{guild}", params={"with_counts": "true"}))).data
    count = found.get("approximate_member_count") if isinstance(found, dict) else None
    if not isinstance(count, int):
        raise rest.unreadable(target, client.API, publishes=False)
    return count
