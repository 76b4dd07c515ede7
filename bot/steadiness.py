"""What when Telegram stumbles? A call that failed in passing is made again for a few seconds before anybody hears of it.

A screen that comes twice does no harm, because every button checks again what it does; one that never comes leaves the
owner waiting. What must happen once, the publishing of posts, goes through the ledger and never through this session.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramEntityTooLarge, TelegramNetworkError, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

log = structlog.get_logger(__name__)

_LEFT_ALONE = frozenset({"getMe", "getUpdates"})
_PAUSES = (0.3, 1.0, 3.0)  # seconds before each further try
_PATIENCE = 15.0  # seconds: what hung longer than this is not asked again, the owner waits already


class TryAgain(BaseRequestMiddleware):
    """Repeats a call after a broken connection or a 5xx. Polling and the first ``getMe`` have their own patience."""

    def __init__(
        self,
        pauses: Sequence[float] = _PAUSES,
        *,
        patience: float = _PATIENCE,
        time: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._pauses = tuple(pauses)
        self._patience = patience
        self._time = time or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if method.__api_method__ in _LEFT_ALONE:
            return await make_request(bot, method)
        began = self._time()
        for pause in self._pauses:
            try:
                return await make_request(bot, method)
            except TelegramEntityTooLarge:  # a network error by class only: it would be too large again
                raise
            except (TelegramNetworkError, TelegramServerError) as error:
                if self._time() - began > self._patience:
                    raise
                log.warning("call_repeated", method=method.__api_method__, reason=error.message, after=pause)
            await self._sleep(pause)
        return await make_request(bot, method)
