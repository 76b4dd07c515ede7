"""What is heard from the channels themselves? Counts of reactions, and who came by an invitation; nothing is answered.

This stands before the gate, since readers are no owners. Of a chat that is no channel of ours nothing is looked up for
a while, so that whoever adds the bot elsewhere costs one question in ten minutes.
"""

import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import structlog
from aiogram import BaseMiddleware
from aiogram.enums import ChatMemberStatus
from aiogram.types import (
    Chat,
    ChatMemberRestricted,
    ChatMemberUpdated,
    MessageReactionCountUpdated,
    ReactionTypeEmoji,
    TelegramObject,
    Update,
)

from core import outage
from core.analytics import audience
from core.runtime import Runtime

log = structlog.get_logger(__name__)

_REMEMBER = 600.0  # seconds for which a chat is known to be none of ours
_KNOWN = 60.0  # seconds for which it is known whose it is
_CHATS = 1000  # remembered
_IN: Final = {ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}


class Audience(BaseMiddleware):
    """Keeps what channels' readers do; every other update goes on."""

    def __init__(self, runtime: Runtime, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._runtime = runtime
        self._clock = clock
        self._known: dict[int, tuple[float, Sequence[uuid.UUID]]] = {}

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if not isinstance(event, Update):
            return await handler(event, data)
        try:
            if event.message_reaction_count is not None:
                return await self._count(event.message_reaction_count)
            if event.chat_member is not None:
                return await self._join(event.chat_member)
        except outage.UNAVAILABLE as error:
            # The next count of the same post says the same and more.
            log.warning("audience_not_kept", update_id=event.update_id, reason=type(error).__name__)
            return None
        return await handler(event, data)

    async def _count(self, update: MessageReactionCountUpdated) -> None:
        channels = await self._channels(update.chat)
        counts: Counter[str] = Counter()
        for one in update.reactions:
            name = one.type.emoji if isinstance(one.type, ReactionTypeEmoji) else one.type.type
            counts[name] += one.total_count
        if channels:
            async with self._runtime.unit_of_work() as session:
                now = self._runtime.clock.now()
                await audience.reacted(session, channels, update.message_id, counts, now)

    async def _join(self, update: ChatMemberUpdated) -> None:
        link = update.invite_link
        if link is None or _inside(update.old_chat_member) or not _inside(update.new_chat_member):
            return
        channels = await self._channels(update.chat)
        if channels:
            async with self._runtime.unit_of_work() as session:
                now = self._runtime.clock.now()
                await audience.joined(session, channels, link.invite_link, link.name, now)

    async def _channels(self, chat: Chat) -> Sequence[uuid.UUID]:
        until, found = self._known.get(chat.id, (0.0, ()))
        if until > self._clock():
            return found
        async with self._runtime.unit_of_work() as session:
            found = await audience.channels_of(session, self._runtime, chat.id, chat.username)
        if len(self._known) >= _CHATS:
            self._known.clear()
        self._known[chat.id] = (self._clock() + (_KNOWN if found else _REMEMBER), found)
        return found


def _inside(member: Any) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _IN
