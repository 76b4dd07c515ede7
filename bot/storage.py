"""Where does the bot keep what it waits for? In PostgreSQL: a restart forgets no half-typed answer."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from bot import origin
from core import outage
from core.chats import service as chats
from core.inbox import service as updates
from core.runtime import Runtime

_KEYS = DefaultKeyBuilder(with_bot_id=True, with_business_connection_id=True, with_destiny=True)


# A restart of PostgreSQL takes seconds; the update in hand is gone for Telegram and must not be lost to one.
PATIENCE = 30.0  # seconds; less than the time a stopping process gives its parts


class DatabaseStorage(BaseStorage):
    """aiogram's storage over the `chat_states` table. Updates of one chat run in order (event isolation).

    Every method sets or gets, so that it can be repeated while the database is away. How a conversation stood before an
    update first changes it is kept with the update, for when it has to be answered again.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state

        async def save() -> None:
            async with self._runtime.unit_of_work() as session:
                await chats.save_state(session, _KEYS.build(key), name)

        await self._saved(key, save)

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._load(key))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        async def save() -> None:
            async with self._runtime.unit_of_work() as session:
                await chats.save_data(session, _KEYS.build(key), dict(data))

        await self._saved(key, save)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return (await self._load(key))[1]

    async def _load(self, key: StorageKey) -> tuple[str | None, dict[str, Any]]:
        async def load() -> tuple[str | None, dict[str, Any]]:
            async with self._runtime.unit_of_work() as session:
                return await chats.load_state(session, _KEYS.build(key))

        return await outage.through("chat_state", load, PATIENCE)

    async def _saved(self, key: StorageKey, save: Callable[[], Awaitable[None]]) -> None:
        answered, name = origin.current(), _KEYS.build(key)
        if answered is not None and name not in answered.kept:

            async def keep() -> None:
                async with self._runtime.unit_of_work() as session:
                    state, data = await chats.load_state(session, name)
                    await updates.keep_before(session, answered.bot_id, answered.update_id, name, state, data)

            await outage.through("chat_state", keep, PATIENCE)
            answered.kept.add(name)
        await outage.through("chat_state", save, PATIENCE)

    async def close(self) -> None:
        """Nothing to close: the runtime owns the connections."""
