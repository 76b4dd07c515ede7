"""A message a second in a chat, and "retry after" is obeyed."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import EditMessageText, SendChatAction, SendMessage, TelegramMethod

from bot.flood import FloodControl


class Line:
    """A connection with a clock: every call is noted with its time."""

    def __init__(self, refusals: tuple[int, ...] = ()) -> None:
        self.now = 0.0
        self.sent: list[tuple[float, str]] = []
        self.refusals = list(refusals)
        self.control = FloodControl(time=lambda: self.now, sleep=self.sleep, patience=30)

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def request(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        if self.refusals:
            raise TelegramRetryAfter(
                method=method, message="Too Many Requests", retry_after=self.refusals.pop(0)
            )
        self.sent.append((self.now, method.__api_method__))
        return True

    async def call(self, method: TelegramMethod[Any]) -> None:
        await self.control(self.request, Bot("1:T"), method)


async def test_after_a_short_burst_a_chat_gets_one_message_a_second() -> None:
    line = Line()
    for _ in range(6):
        await line.call(SendMessage(chat_id=1, text="x"))
    assert [at for at, _ in line.sent] == [0, 0, 0, 1, 2, 3]


async def test_chats_do_not_wait_for_each_other_and_edits_do_not_wait() -> None:
    line = Line()
    for chat in range(10):
        await line.call(SendMessage(chat_id=chat, text="x"))
    for _ in range(10):
        await line.call(EditMessageText(chat_id=1, message_id=1, text="x"))
        await line.call(SendChatAction(chat_id=1, action="typing"))
    assert line.now == 0


async def test_retry_after_is_slept_through() -> None:
    line = Line(refusals=(7, 3))
    await line.call(SendMessage(chat_id=1, text="x"))
    assert line.sent == [(10.0, "sendMessage")]


async def test_patience_has_an_end() -> None:
    line = Line(refusals=(3600,))
    with pytest.raises(TelegramRetryAfter):
        await line.call(SendMessage(chat_id=1, text="x"))
    assert line.now == 0
