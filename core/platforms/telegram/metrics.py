"""What does Telegram tell when asked? How many read a channel; of a post nothing: views cannot be had, reactions come by themselves."""

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
