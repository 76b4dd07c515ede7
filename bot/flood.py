"""How fast may the bot speak? Telegram allows about a message a second in a chat, and says when it was too much."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from core.metrics import meters

log = structlog.get_logger(__name__)

_PACED = ("send", "copy", "forward")  # methods that put a new message into a chat
_FREE = frozenset({"sendChatAction", "sendMessageDraft"})


class FloodControl(BaseRequestMiddleware):
    """Spaces messages of one chat and obeys "retry after".

    ``per_second`` messages a second may go to a chat in the long run, ``burst`` of them at once (a post's preview and
    its card belong together; Telegram tolerates short bursts). A "retry after" is slept through up to ``patience``
    seconds in all per call; beyond that the error reaches the caller.
    """

    def __init__(
        self,
        *,
        per_second: float = 1.0,
        burst: int = 3,
        patience: float = 90.0,
        time: Callable[[], float] | None = None,
        sleep: Callable[[float], Any] = asyncio.sleep,
    ) -> None:
        self._interval = 1.0 / per_second
        self._ahead = (burst - 1) * self._interval
        self._patience = patience
        self._time = time or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep
        # Per chat: when it will be quiet again, i.e. the time by which all messages so far are "paid for".
        self._quiet_at: dict[str, float] = {}

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat = getattr(method, "chat_id", None)
        if chat is not None and _is_paced(method):
            await self._wait_turn(str(chat))
        left = self._patience
        while True:
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                if error.retry_after > left:
                    raise
                left -= error.retry_after
                meters.TELEGRAM_WAITS.inc(error.retry_after)
                log.warning("flood_wait", method=method.__api_method__, seconds=error.retry_after)
                await self._sleep(error.retry_after)

    async def _wait_turn(self, chat: str) -> None:
        now = self._time()
        if len(self._quiet_at) > 1000:
            self._quiet_at = {key: at for key, at in self._quiet_at.items() if at > now}
        quiet_at = max(self._quiet_at.get(chat, now), now)
        # The place is taken before sleeping, so that several tasks queue up instead of waking together.
        self._quiet_at[chat] = quiet_at + self._interval
        delay = quiet_at - self._ahead - now
        if delay > 0:
            await self._sleep(delay)


def _is_paced(method: TelegramMethod[Any]) -> bool:
    name = method.__api_method__
    return name.startswith(_PACED) and name not in _FREE
