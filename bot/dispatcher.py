"""How do updates reach the screens? aiogram's dispatcher with the gate in front of the lock and a count of work."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram import Dispatcher as AiogramDispatcher
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError

from bot.middlewares.afterwards import RunAfterwards
from bot.middlewares.audience import Audience
from bot.middlewares.conversation import Conversation
from bot.middlewares.gate import OwnerGate
from bot.middlewares.groups import Groups
from bot.storage import DatabaseStorage
from bot.writings import Writings
from core import tracing
from core.metrics import meters
from core.runtime import Runtime


class Dispatcher(AiogramDispatcher):
    """Knows when its last handler is done: aiogram's own stop leaves handlers running behind a closed session."""

    def __init__(self, runtime: Runtime) -> None:
        # The state machine is switched off here and put in below, so that the gate comes before its lock: a
        # stranger's update must not reach the database.
        self.writings = Writings()
        super().__init__(
            storage=DatabaseStorage(runtime),
            events_isolation=SimpleEventIsolation(),
            disable_fsm=True,
            runtime=runtime,
            writings=self.writings,
        )
        self.update.outer_middleware(Audience(runtime))
        self.update.outer_middleware(OwnerGate(runtime.settings.telegram_owner_ids, Groups(runtime)))
        self.update.outer_middleware(RunAfterwards())
        self.update.outer_middleware(self.fsm)
        self.update.outer_middleware(Conversation(runtime))
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._started = asyncio.Event()
        self.startup.register(self._note_start)

    async def feed_update(self, bot: Bot, update: Update, **kwargs: Any) -> Any:
        self._under_way += 1
        self._idle.clear()
        meters.UPDATES.labels(_kind(update)).inc()
        try:
            with tracing.traced(tracing.begin()):
                return await super().feed_update(bot, update, **kwargs)
        finally:
            self._under_way -= 1
            if self._under_way == 0:
                self._idle.set()

    async def stop(self) -> None:
        """Stop polling, also when it is just about to start. Texts under way are not waited for: they are ended."""
        self.writings.end_all()
        await self._started.wait()
        await self.stop_polling()

    async def wait_idle(self) -> None:
        """Wait until every update that was fetched has been handled."""
        await asyncio.sleep(0)  # tasks made by the last getUpdates have not taken their first step yet
        await self._idle.wait()

    async def _note_start(self) -> None:
        self._started.set()


def _kind(update: Update) -> str:
    try:
        return update.event_type
    except UpdateTypeLookupError:  # newer than we are
        return "unknown"
