"""What happens around every tap? It is answered at once, and a stale screen is drawn again instead of failing."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import CallbackQuery, TelegramObject

from bot.context import Context
from core.errors import Stale

log = structlog.get_logger(__name__)

_SPINNER_SECONDS = 3.0  # what was tapped matters more than its spinner

Redraw = Callable[[CallbackQuery, Any, Context], Awaitable[None]]


class AnswerFirst(BaseMiddleware):
    """Stops the button's spinner before anything else is done; what came of the tap is shown on the screen."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(event, CallbackQuery):
            try:
                async with asyncio.timeout(_SPINNER_SECONDS):
                    await event.answer()
            except TimeoutError:
                log.info("tap_not_answered", reason="no answer in time")
            except (TelegramAPIError, ClientDecodeError) as error:
                # "query is too old" when the bot was away, or a network that fails: the tap still counts.
                log.info("tap_not_answered", reason=error.message)
        return await handler(event, data)


class RedrawStale(BaseMiddleware):
    """Turns ``Stale`` into the current screen: ``redraw(query, callback_data, ctx)`` draws it with a notice."""

    def __init__(self, redraw: Redraw) -> None:
        self._redraw = redraw

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        try:
            return await handler(event, data)
        except Stale as error:
            if not isinstance(event, CallbackQuery) or "callback_data" not in data:
                raise
            log.info("stale_tap", data=event.data, reason=str(error))
            return await self._redraw(event, data["callback_data"], data["ctx"])
