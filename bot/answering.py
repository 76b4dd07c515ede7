"""How are stored updates handled? In their order, many chats at once, each marked when its handler is done.

Texts that are being written go on after the mark: their drafts are saved by then, and a second writing of the same idea
would be a second draft.
"""

import asyncio
from functools import partial

import structlog
from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

from bot.dispatcher import Dispatcher
from bot.origin import Origin, answering
from core import outage
from core.chats import service as chats
from core.ids import new_id
from core.inbox import service as updates
from core.inbox.service import Claimed
from core.runtime import Runtime

log = structlog.get_logger(__name__)

_AT_ONCE = 200
_LOOK_SECONDS = 1.0  # when no word of PostgreSQL came
_PATIENCE = (
    600.0  # seconds for a mark; where it cannot be made the update is handled again by the next process
)


class Answering:
    """Feeds the dispatcher for one process; handlers are tasks of ``group`` and outlive a change of the leader."""

    def __init__(self, runtime: Runtime, bot: Bot, dispatcher: Dispatcher, group: asyncio.TaskGroup) -> None:
        self._runtime = runtime
        self._bot = bot
        self._dispatcher = dispatcher
        self._group = group
        self._holder = new_id().hex
        self._under_way: set[int] = set()

    async def run(self, until: asyncio.Event, woken: asyncio.Event) -> None:
        """Handle what is stored until ``until``; first of all what a process before this one had in hand."""
        away = outage.Outage("updates")
        fresh = True
        while not until.is_set():
            woken.clear()
            try:
                claimed = await self._claim(fresh)
            except outage.UNAVAILABLE as error:
                await outage.pause(until, away.failed(error))
                continue
            away.passed()
            fresh = False
            for one in claimed:
                self._under_way.add(one.update_id)
                self._group.create_task(self._answer(one))
            if not claimed and not until.is_set():
                await outage.pause(woken, _LOOK_SECONDS)

    async def _claim(self, fresh: bool) -> list[Claimed]:
        async with self._runtime.unit_of_work() as session:
            if fresh and (freed := await updates.take_over(session, self._bot.id, self._holder)):
                log.warning("updates_taken_over", count=freed)
            room = _AT_ONCE - len(self._under_way)
            if room <= 0:
                return []
            claimed = await updates.claim(
                session, self._bot.id, self._holder, self._runtime.clock.now(), limit=room
            )
            for one in reversed(claimed):  # what stood before the oldest of them counts
                if one.before and await updates.is_newest_in_hand(session, self._bot.id, one.update_id):
                    for key, stood in one.before.items():
                        await chats.save_state(session, key, stood["state"])
                        await chats.save_data(session, key, stood["data"])
            return claimed

    async def _answer(self, claimed: Claimed) -> None:
        mark = partial(self._mark, claimed.update_id)
        try:
            update = Update.model_validate_json(claimed.body, context={"bot": self._bot})
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            log.error("update_not_understood", update_id=claimed.update_id, where=where, reason=first["msg"])
        else:
            try:
                with answering(
                    Origin(self._bot.id, claimed.update_id, claimed.received_at, again=claimed.attempts > 1)
                ):
                    await self._dispatcher.feed_update(self._bot, update, handled=mark)
            except Exception:
                log.exception("update_failed", update_id=claimed.update_id)
        await mark()

    async def _mark(self, update_id: int) -> None:
        if update_id not in self._under_way:
            return
        self._under_way.remove(update_id)

        async def save() -> None:
            async with self._runtime.unit_of_work() as session:
                await updates.end(session, self._bot.id, update_id, self._runtime.clock.now())

        try:
            await outage.through("mark of an update", save, _PATIENCE)
        except outage.UNAVAILABLE as error:
            log.error("update_not_marked", update_id=update_id, reason=type(error).__name__)
