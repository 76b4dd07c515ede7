"""Do these credentials reach a channel where we may write, and what is it called?"""

from collections.abc import Mapping
from typing import Any

from core.errors import AuthExpired
from core.platforms import rest
from core.platforms.base import Account, Target
from core.platforms.discord import client, rights
from core.platforms.rest import Call

_TEXT_CHANNELS = {0, 5, 10, 11, 12}  # text, announcement, threads


async def check(target: Target) -> Account:
    """Show the channel and what a bot may do there. Raises ``AuthExpired``, ``Rejected`` or ``Transient``."""
    found = (await client.call(target, Call("GET", ""))).data
    if not isinstance(found, Mapping):
        raise rest.unreadable(target, client.API, publishes=False)
    if client.credentials(target).webhook is not None:
        where = {"channel_id": str(found["channel_id"])} if found.get("channel_id") else {}
        return Account(
            name=str(found.get("name") or "webhook"),
            settings=_settings(found),
            credentials=where,
            known_as=tuple(where.values()),
        )
    if found.get("type") not in _TEXT_CHANNELS:
        raise AuthExpired(
            "this channel takes no messages", error_code="not-a-text-channel", platform="discord"
        )
    checked, problems = await rights.look(target, found)
    return Account(
        name=f"#{found.get('name') or found.get('id')}",
        problems=problems,
        settings=_settings(found),
        checked=checked,
        known_as=(str(found.get("id") or ""),),
    )


def _settings(found: Mapping[str, Any]) -> dict[str, str]:
    guild = found.get("guild_id")
    return {"guild_id": guild} if isinstance(guild, str) else {}
