"""What does Telegram tell when asked? How many read a channel; of a post nothing: views cannot be had, reactions come by themselves.

And it makes the invitations by which joins are told apart.
"""

from collections.abc import Mapping

from core.errors import Transient
from core.platforms.base import Target
from core.platforms.telegram import client


async def followers(target: Target) -> int:
    """Return how many members the chat has (https://core.telegram.org/bots/api#getchatmembercount)."""
    found = await client.call(target, "getChatMemberCount", {"chat_id": client.credentials(target).chat_id})
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise Transient(
            "Telegram gave an answer that says nothing", error_code="unreadable", platform="telegram"
        )
    return found


async def invite(target: Target, name: str) -> str:
    """Make a further invitation link (https://core.telegram.org/bots/api#createchatinvitelink); a name has 32 characters."""
    wanted = {"chat_id": client.credentials(target).chat_id, "name": name[:32]}
    found = await client.call(target, "createChatInviteLink", wanted)
    link = found.get("invite_link") if isinstance(found, Mapping) else None
    if not isinstance(link, str) or not link:
        raise Transient(
            "Telegram gave an answer that says nothing", error_code="unreadable", platform="telegram"
        )
    return link
