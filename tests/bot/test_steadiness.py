"""A call that fails in passing is made again for a few seconds; what would fail again is not."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.methods import GetMe, GetUpdates, SendMessage, TelegramMethod

from bot.steadiness import TryAgain

SEND = SendMessage(chat_id=1, text="x")
NETWORK = TelegramNetworkError(method=SEND, message="reset")
SERVER = TelegramServerError(method=SEND, message="Bad Gateway")


class Line:
    """A connection that fails as told; failing takes ``seconds``."""

    def __init__(self, *failures: Exception, seconds: float = 0.0) -> None:
        self.now, self.calls, self.seconds = 0.0, 0, seconds
        self.failures = list(failures)
        self.again = TryAgain((1.0, 2.0), patience=10.0, time=lambda: self.now, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def request(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        self.calls += 1
        if self.failures:
            self.now += self.seconds
            raise self.failures.pop(0)
        return "done"

    async def call(self, bot: Bot, method: TelegramMethod[Any] = SEND) -> Any:
        return await self.again(self.request, bot, method)


async def test_what_passes_is_waited_out(bot: Bot) -> None:
    line = Line(NETWORK, SERVER)
    assert await line.call(bot) == "done"
    assert (line.calls, line.now) == (3, 3.0)


async def test_it_gives_up_and_says_why(bot: Bot) -> None:
    line = Line(SERVER, SERVER, SERVER)
    with pytest.raises(TelegramServerError):
        await line.call(bot)
    assert line.calls == 3


async def test_what_hung_is_not_hung_on_again(bot: Bot) -> None:
    line = Line(NETWORK, seconds=60.0)
    with pytest.raises(TelegramNetworkError):
        await line.call(bot)
    assert line.calls == 1


@pytest.mark.parametrize(
    "error",
    [
        TelegramBadRequest(method=SEND, message="wrong"),
        TelegramEntityTooLarge(method=SEND, message="too large"),
        ClientDecodeError("Failed to decode object", ValueError(), ""),
    ],
)
async def test_what_would_fail_again_is_not_repeated(bot: Bot, error: Exception) -> None:
    line = Line(error)
    with pytest.raises(type(error)):
        await line.call(bot)
    assert line.calls == 1


@pytest.mark.parametrize("method", [GetMe(), GetUpdates()])
async def test_polling_has_its_own_patience(bot: Bot, method: TelegramMethod[Any]) -> None:
    line = Line(NETWORK)
    with pytest.raises(TelegramNetworkError):
        await line.call(bot, method)
    assert line.calls == 1
