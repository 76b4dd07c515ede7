"""Do a bot token and a channel work together, and what may the bot do there?"""

from collections.abc import Mapping
from typing import Any

from core.errors import AuthExpired, Transient
from core.platforms.base import Account, Problem, Severity, Target
from core.platforms.telegram import client

# Without the first nothing can be published; without the others only what comes afterwards.
_CHANNEL_RIGHTS = {
    "can_post_messages": Severity.BLOCKING,
    "can_edit_messages": Severity.WARNING,
    "can_delete_messages": Severity.WARNING,
}


async def check(target: Target) -> Account:
    """Prove that the bot reaches the channel. Missing rights are named one by one in ``problems``.

    Raises ``AuthExpired`` when the token is wrong or the bot is not in the channel, ``Transient`` on network trouble.
    """
    chat_id = client.credentials(target).chat_id
    bot = _object(await client.call(target, "getMe", {}))
    chat = _object(await client.call(target, "getChat", {"chat_id": chat_id}))
    problems: tuple[Problem, ...] = ()
    if chat.get("type") != "private":
        who = {"chat_id": chat_id, "user_id": bot.get("id")}
        member = _object(await client.call(target, "getChatMember", who))
        problems = _missing(chat, member, str(bot.get("username") or ""))
    name = f"@{chat['username']}" if chat.get("username") else ""
    title = str(chat.get("title") or chat.get("first_name") or "")
    return Account(
        name=f"{title} ({name})" if title and name else title or name or chat_id,
        problems=problems,
        url=f"https://t.me/{chat['username']}" if chat.get("username") else None,
    )


def _missing(chat: Mapping[str, Any], member: Mapping[str, Any], bot_name: str) -> tuple[Problem, ...]:
    status = member.get("status")
    if status in {"left", "kicked"}:
        raise AuthExpired(
            "the bot is not in this channel; add it as an administrator",
            error_code="bot-removed", platform="telegram", bot=bot_name,
        )  # fmt: skip
    if status == "creator":
        return ()
    if chat.get("type") == "channel":
        return tuple(
            Problem(f"telegram-{right.replace('_', '-')}", severity, {"bot": bot_name})
            for right, severity in _CHANNEL_RIGHTS.items()
            if not member.get(right)
        )
    muted = status == "restricted" and not member.get("can_send_messages")
    return (Problem("telegram-can-send-messages", Severity.BLOCKING, {"bot": bot_name}),) if muted else ()


def _object(result: Any) -> Mapping[str, Any]:
    if not isinstance(result, Mapping):
        raise Transient(
            "Telegram gave an answer that says nothing", error_code="unreadable", platform="telegram"
        )
    return result
