"""Who may speak with NEXUS? Its owners, in their private chat and in groups they allow; everybody else learns nothing.

The gate is the first thing an update meets: before the database, before any lock, before any text of ours.
"""

import time
from collections import deque
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import CallbackQuery, InaccessibleMessage, Message, TelegramObject, Update, User

from bot.i18n import language_of, translator
from bot.middlewares.groups import Groups
from bot.misplaced import kind_of

log = structlog.get_logger(__name__)

_ONE_STRANGER = 3600.0  # seconds between refusals to the same stranger
_ALL_STRANGERS = 20  # refusals a minute in all: a crowd must not use up the bot's own rate limit
_REMEMBERED = 10_000  # strangers
_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_OUTSIDE = {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}


class Verdict(Enum):
    """What to do with an update."""

    PASS = auto()
    REFUSE = auto()
    IGNORE = auto()
    ASK_GROUP = auto()  # an owner speaks to the bot in a group: it answers where that is allowed


class OwnerGate(BaseMiddleware):
    """Lets only ``owner_ids`` through. A stranger's message or tap gets one short refusal an hour."""

    def __init__(
        self,
        owner_ids: tuple[int, ...],
        groups: Groups | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._owners = frozenset(owner_ids)
        self._groups = groups
        self._clock = clock
        self._refused_at: dict[int, float] = {}
        self._recent: deque[float] = deque()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if not isinstance(event, Update):
            return None
        bot: Bot = data["bot"]
        verdict, user = self.judge(event, bot.id)
        if self._groups is not None:
            await self._keep_up(self._groups, event, bot.id)
            if verdict is Verdict.ASK_GROUP and event.message is not None:
                allowed = await self._groups.answers(event.message.chat.id)
                verdict = Verdict.PASS if allowed else Verdict.IGNORE
        if verdict is Verdict.PASS:
            return await handler(event, data)
        log.info("update_refused", update_id=event.update_id, user_id=user.id if user else None)
        if verdict is Verdict.REFUSE and user is not None and self._may_answer(user.id):
            await _refuse(bot, event, user)
        return None

    def judge(self, update: Update, bot_id: int) -> tuple[Verdict, User | None]:
        """Decide about ``update``; ``bot_id`` tells our own messages from others'."""
        if update.callback_query is not None:
            query = update.callback_query
            if query.from_user.id not in self._owners:
                return Verdict.REFUSE, query.from_user
            return (Verdict.PASS if _is_ours(query, bot_id) else Verdict.IGNORE), query.from_user
        if update.my_chat_member is not None:
            member = update.my_chat_member
            # Wherever an owner adds our bot or takes it out; of a chat itself nothing else is heard.
            ours = member.from_user.id in self._owners
            return (Verdict.PASS if ours else Verdict.IGNORE), member.from_user
        if update.stopped_message_generation is not None:  # only whom the bot writes to has a draft to stop
            chat = update.stopped_message_generation.chat
            ours = chat.type == ChatType.PRIVATE and chat.id in self._owners
            return (Verdict.PASS if ours else Verdict.IGNORE), None
        if update.message is not None and update.message.chat.type in _GROUPS:
            author = update.message.from_user
            ours = author is not None and author.id in self._owners and _is_to_us(update.message, bot_id)
            return (Verdict.ASK_GROUP if ours else Verdict.IGNORE), author
        message = update.message or update.edited_message
        if message is None or message.from_user is None or message.chat.type != ChatType.PRIVATE:
            return Verdict.IGNORE, message.from_user if message else None
        if message.from_user.id in self._owners and message.chat.id == message.from_user.id:
            return Verdict.PASS, message.from_user
        return (Verdict.REFUSE if update.message else Verdict.IGNORE), message.from_user

    @staticmethod
    async def _keep_up(groups: Groups, update: Update, bot_id: int) -> None:
        """Note what Telegram itself says of a group: it has another id now, or the bot is not in it any more."""
        message, member = update.message, update.my_chat_member
        if message is not None and message.migrate_to_chat_id is not None:
            await groups.follow(message.chat.id, message.migrate_to_chat_id)
        if member is not None and member.chat.type in _GROUPS and member.new_chat_member.status in _OUTSIDE:
            await groups.forget(member.chat.id)

    def _may_answer(self, user_id: int) -> bool:
        now = self._clock()
        while self._recent and now - self._recent[0] > 60:
            self._recent.popleft()
        last = self._refused_at.get(user_id)
        if (last is not None and now - last < _ONE_STRANGER) or len(self._recent) >= _ALL_STRANGERS:
            return False
        if len(self._refused_at) >= _REMEMBERED:
            del self._refused_at[next(iter(self._refused_at))]
        self._refused_at.pop(user_id, None)
        self._refused_at[user_id] = now
        self._recent.append(now)
        return True


def _is_to_us(message: Message, bot_id: int) -> bool:
    """Tell whether something in a group may be meant for the bot: a command, a reply to it, or a secret to be taken away."""
    answered = message.reply_to_message
    return (
        (message.text or "").startswith("/")
        or (answered is not None and answered.from_user is not None and answered.from_user.id == bot_id)
        or kind_of(message) is not None
    )


def _is_ours(query: CallbackQuery, bot_id: int) -> bool:
    """Tell whether the tapped button stands under a message of ours in the owner's own chat."""
    message = query.message
    if message is None or message.chat.id != query.from_user.id:
        return False
    if isinstance(message, InaccessibleMessage):
        return True
    return message.from_user is not None and message.from_user.id == bot_id and not message.forward_origin


async def _refuse(bot: Bot, update: Update, user: User) -> None:
    text = translator(language_of(user.language_code)).label("gate-refusal")
    try:
        if update.callback_query is not None:
            await bot.answer_callback_query(update.callback_query.id, text=text)
        else:
            await bot.send_message(user.id, text, parse_mode=None)
    except (
        TelegramAPIError,
        ClientDecodeError,
    ) as error:  # blocked us, or is gone: nothing is owed to a stranger
        log.info("refusal_not_sent", user_id=user.id, reason=error.message)
