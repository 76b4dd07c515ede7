"""What is counted of the bot's calls? Each one as Telegram answered it, repetitions included."""

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from core.metrics import meters

_OUTCOMES: tuple[tuple[type[Exception], str], ...] = (
    (TelegramRetryAfter, "flood"),
    (TelegramBadRequest, "bad_request"),
    (TelegramForbiddenError, "forbidden"),
    (TelegramServerError, "server_error"),
    (TelegramNetworkError, "network"),
    (ClientDecodeError, "not_understood"),
)


class Counted(BaseRequestMiddleware):
    """The innermost middleware: what it sees is what goes over the wire."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            answer = await make_request(bot, method)
        except (TelegramAPIError, ClientDecodeError) as error:
            outcome = next((word for kind, word in _OUTCOMES if isinstance(error, kind)), "refused")
            meters.TELEGRAM_CALLS.labels(method.__api_method__, outcome).inc()
            raise
        meters.TELEGRAM_CALLS.labels(method.__api_method__, "ok").inc()
        return answer
