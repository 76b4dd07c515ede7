"""Who writes to a NEXUS that dies at the worst moment? Each update is stored, done, not marked, and answered again."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from sqlalchemy import func, select

from bot.answering import Answering
from bot.app import build_dispatcher
from core.inbox import service as inbox
from core.inbox.models import TelegramUpdate
from core.inbox.service import Claimed
from core.runtime import Runtime
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import MockedTelegram

_ids = count(10_000)


class Life(Answering):
    """One process; where it dies it does so before the mark, as by -9."""

    def __init__(self, *given: Any, dies: bool) -> None:
        super().__init__(*given)
        self.dies, self.done = dies, asyncio.Event()

    async def _answer(self, claimed: Claimed) -> None:
        try:
            await super()._answer(claimed)
        finally:
            self.done.set()

    async def _mark(self, update_id: int) -> None:
        if self.dies:
            raise asyncio.CancelledError  # no handler answers it, and nothing after it is done
        await super()._mark(update_id)


class Survivor(Person):
    """Writes to a NEXUS that stores first, dies before its mark, and is started again."""

    def __init__(self, runtime: Runtime, bot: Bot, telegram: MockedTelegram) -> None:
        super().__init__(build_dispatcher(runtime), bot, telegram, OWNER, "en")
        self.runtime, self.dies = runtime, True
        self.between: Callable[[], object] = lambda: None

    async def feed(self, **event: Any) -> None:
        update = Update(update_id=next(_ids), **event)
        async with self.runtime.unit_of_work() as session:
            stored = update.model_dump(mode="json", by_alias=True, exclude_none=True)
            await inbox.store(session, self.bot.id, [stored])
        if self.dies:
            await self._live(dies=True)
            assert await self.unanswered() == 1
            self.between()
        await self._live(dies=False)
        assert await self.unanswered() == 0

    async def _live(self, *, dies: bool) -> None:
        until = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            life = Life(self.runtime, self.bot, build_dispatcher(self.runtime), group, dies=dies)
            woken = asyncio.Event()
            group.create_task(life.run(until, woken))
            await life.done.wait()
            until.set()
            woken.set()

    async def unanswered(self) -> int:
        async with self.runtime.unit_of_work() as session:
            open_rows = select(func.count()).where(TelegramUpdate.ended_at.is_(None))
            return await session.scalar(open_rows) or 0
