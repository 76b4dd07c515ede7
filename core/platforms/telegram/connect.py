"""Do a bot token and a channel work together, and what may the bot do there? And what is asked for to find out?"""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from core.config import Settings
from core.errors import AuthExpired, InvalidInput, Transient
from core.platforms.base import Account, Problem, Severity, Target
from core.platforms.connecting import Step, Way
from core.platforms.telegram import client

# Without the first nothing can be published; without the others only what comes afterwards.
_CHANNEL_RIGHTS = {
    "can_post_messages": Severity.BLOCKING,
    "can_edit_messages": Severity.WARNING,
    "can_delete_messages": Severity.WARNING,
}
_GROUP_RIGHT = "telegram-can-send-messages"
_TOKEN = re.compile(r"(?<![\w:-])\d{5,}:[A-Za-z0-9_-]{30,}(?![\w:-])")
_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me)/", re.IGNORECASE)
_PRIVATE = re.compile(r"c/(\d+)(?:/.*)?")
_PUBLIC = re.compile(r"(?:s/)?([A-Za-z]\w{2,31})(?:/.*)?", re.ASCII)
_NOWHERE = "0"  # a chat id for the calls that are about the bot alone
_ANY_BOT = "0:0"  # in the form of one, where only the chat is looked at


async def check(target: Target) -> Account:
    """Prove that the bot reaches the channel. Missing rights are named one by one in ``problems``.

    The chat's number is kept in place of its name: a name can pass to somebody else. Raises ``AuthExpired`` when the
    token is wrong or the bot is not in the channel, ``Transient`` on network trouble.
    """
    chat_id = client.credentials(target).chat_id
    bot = _object(await client.call(target, "getMe", {}))
    chat = _object(await client.call(target, "getChat", {"chat_id": chat_id}))
    checked: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    if chat.get("type") != "private":
        who = {"chat_id": chat_id, "user_id": bot.get("id")}
        member = _object(await client.call(target, "getChatMember", who))
        checked, problems = _rights(chat, member, str(bot.get("username") or ""))
    name = f"@{chat['username']}" if chat.get("username") else ""
    title = str(chat.get("title") or chat.get("first_name") or "")
    number = str(chat.get("id") or chat_id)
    return Account(
        name=f"{title} ({name})" if title and name else title or name or chat_id,
        problems=problems,
        url=f"https://t.me/{chat['username']}" if chat.get("username") else None,
        credentials={"chat_id": number},
        checked=checked,
        known_as=tuple(filter(None, (number, name))),
    )


def _rights(
    chat: Mapping[str, Any], member: Mapping[str, Any], bot_name: str
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return what was looked at, and what of it is missing."""
    status = member.get("status")
    if status in {"left", "kicked"}:
        raise AuthExpired(
            "the bot is not in this channel; add it as an administrator",
            error_code="bot-removed", platform="telegram", bot=bot_name,
        )  # fmt: skip
    if chat.get("type") == "channel":
        codes = {f"telegram-{right.replace('_', '-')}": right for right in _CHANNEL_RIGHTS}
        missing = [
            Problem(code, _CHANNEL_RIGHTS[right], {"bot": bot_name})
            for code, right in codes.items()
            if status != "creator" and not member.get(right)
        ]
        return tuple(codes), tuple(missing)
    muted = (status == "restricted" and not member.get("can_send_messages")) or (
        status == "member" and (chat.get("permissions") or {}).get("can_send_messages") is False
    )
    silent = (Problem(_GROUP_RIGHT, Severity.BLOCKING, {"bot": bot_name}),) if muted else ()
    return (_GROUP_RIGHT,), silent


def read_token(text: str) -> str:
    """Find the bot token in what was sent: the token alone, or @BotFather's whole message. Raises ``InvalidInput``."""
    found = _TOKEN.search(text)
    token = found.group() if found else text.strip()
    given = {"bot_token": token, "chat_id": _NOWHERE}
    return _checked("telegram-token", given).bot_token.get_secret_value()


def read_chat(text: str) -> str:
    """Find the channel in what was sent: ``@name``, a name, a number, or a link to it or to a post of it."""
    given = text.strip()
    path, links = _LINK.subn("", given, count=1)
    path = path.strip("/")
    if links and path.startswith(("+", "joinchat/")):
        raise InvalidInput("an invitation does not say which channel it is", reason="telegram-invite")
    if links and (private := _PRIVATE.fullmatch(path)):
        given = f"-100{private[1]}"
    elif public := _PUBLIC.fullmatch(path):
        given = f"@{public[1]}"
    return _checked("telegram-chat", {"bot_token": _ANY_BOT, "chat_id": given}).chat_id


def _checked(reason: str, fields: Mapping[str, str]) -> client.Credentials:
    try:
        return client.Credentials.model_validate(dict(fields))
    except ValidationError:
        raise InvalidInput("this cannot be used", reason=reason) from None


async def who_is(target: Target, given: Mapping[str, str]) -> str:
    """Say which bot a token belongs to. Raises like ``check``."""
    opened = client.Credentials.model_validate({"bot_token": given["bot_token"], "chat_id": _NOWHERE})
    bot = _object(await client.call(dataclasses.replace(target, credentials=opened), "getMe", {}))
    return f"@{bot['username']}" if bot.get("username") else str(bot.get("first_name") or bot.get("id"))


def _own_token(settings: Settings) -> Mapping[str, str] | None:
    token = settings.telegram_bot_token
    return {"bot_token": token.get_secret_value()} if token is not None else None


_CHAT = Step("chat_id", read_chat, forwarded=True)
WAYS = (
    Way("this_bot", (_CHAT,), provided=_own_token, own_bot=True),
    Way("own_token", (Step("bot_token", read_token, secret=True, prove=who_is), _CHAT)),
)


def _object(result: Any) -> Mapping[str, Any]:
    if not isinstance(result, Mapping):
        raise Transient(
            "Telegram gave an answer that says nothing", error_code="unreadable", platform="telegram"
        )
    return result
