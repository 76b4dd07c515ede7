"""How do updates reach the screens? aiogram's dispatcher with the gate in front of the lock."""

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
    """Is fed updates one by one; its own polling is not used: an update is stored before it is handled."""

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

    async def feed_update(self, bot: Bot, update: Update, **kwargs: Any) -> Any:
        meters.UPDATES.labels(_kind(update)).inc()
        with tracing.traced(tracing.begin()):
            return await super().feed_update(bot, update, **kwargs)


def _kind(update: Update) -> str:
    try:
        return update.event_type
    except UpdateTypeLookupError:  # newer than we are
        return "unknown"
