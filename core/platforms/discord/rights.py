"""What may the bot do in a channel? Its roles, and what the channel says of them, computed as Discord does.

https://discord.com/developers/docs/topics/permissions#permission-overwrites
"""

from collections.abc import Iterable, Mapping
from typing import Any

from core.errors import AuthExpired, Rejected
from core.platforms import rest
from core.platforms.base import Problem, Severity, Target
from core.platforms.discord import client
from core.platforms.rest import Call

_ADMINISTRATOR = 1 << 3
_EVERYTHING = (1 << 53) - 1
_THREADS = {10, 11, 12}
_SEND, _SEND_IN_THREADS = 1 << 11, 1 << 38
# Without the first two nothing can be published; without the others files, or looking for a lost post.
_RIGHTS = (
    ("discord-view-channel", 1 << 10, Severity.BLOCKING),
    ("discord-send-messages", _SEND, Severity.BLOCKING),
    ("discord-attach-files", 1 << 15, Severity.WARNING),
    ("discord-embed-links", 1 << 14, Severity.WARNING),
    ("discord-read-history", 1 << 16, Severity.WARNING),
)


async def look(target: Target, channel: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return what was looked at in ``channel``, and what of it is missing. Raises like ``Check``."""
    guild = channel.get("guild_id")
    if not isinstance(guild, str):
        return (), ()
    me = await _object(target, "//users/@me")
    try:
        server = await _object(target, f"//guilds/{guild}")
        member = await _object(target, f"//guilds/{guild}/members/{me.get('id')}")
    except (AuthExpired, Rejected):
        return (), ()  # the channel itself lets us in, so the test post says more
    held = permissions(server, member, channel, str(me.get("id")))
    thread = channel.get("type") in _THREADS
    wanted = [(code, _SEND_IN_THREADS if thread and bit == _SEND else bit, how) for code, bit, how in _RIGHTS]
    missing = tuple(Problem(code, how) for code, bit, how in wanted if not held & bit)
    return tuple(code for code, _, _ in wanted), missing


def permissions(
    server: Mapping[str, Any], member: Mapping[str, Any], channel: Mapping[str, Any], me: str
) -> int:
    """Return the member's permissions in the channel, as a mask."""
    everyone = str(server.get("id"))
    roles = {everyone, *(str(role) for role in member.get("roles", []))}
    held = 0
    for role in server.get("roles", []):
        if str(role.get("id")) in roles:
            held |= int(role.get("permissions", 0))
    if str(server.get("owner_id")) == me or held & _ADMINISTRATOR:
        return _EVERYTHING
    said = {str(one.get("id")): one for one in channel.get("permission_overwrites", [])}
    held = _overwritten(held, [said[everyone]] if everyone in said else [])
    held = _overwritten(held, [said[role] for role in roles - {everyone} if role in said])
    return _overwritten(held, [said[me]] if me in said else [])


def _overwritten(held: int, overwrites: Iterable[Mapping[str, Any]]) -> int:
    allowed = denied = 0
    for one in overwrites:
        allowed |= int(one.get("allow", 0))
        denied |= int(one.get("deny", 0))
    return held & ~denied | allowed


async def _object(target: Target, path: str) -> Mapping[str, Any]:
    found = (await client.call(target, Call("GET", path))).data
    if not isinstance(found, Mapping):
        raise rest.unreadable(target, client.API, publishes=False)
    return found
