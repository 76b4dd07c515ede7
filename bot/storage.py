"""Where does the bot keep what it waits for? In PostgreSQL: a restart forgets no half-typed answer."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from core.chats import service as chats
from core.runtime import Runtime

_KEYS = DefaultKeyBuilder(with_bot_id=True, with_business_connection_id=True, with_destiny=True)


class DatabaseStorage(BaseStorage):
    """aiogram's storage over the `chat_states` table. Updates of one chat run in order (event isolation)."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        async with self._runtime.unit_of_work() as session:
            await chats.save_state(session, _KEYS.build(key), name)

    async def get_state(self, key: StorageKey) -> str | None:
        async with self._runtime.unit_of_work() as session:
            state, _ = await chats.load_state(session, _KEYS.build(key))
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        async with self._runtime.unit_of_work() as session:
            await chats.save_data(session, _KEYS.build(key), dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        async with self._runtime.unit_of_work() as session:
            _, data = await chats.load_state(session, _KEYS.build(key))
        return data

    async def close(self) -> None:
        """Nothing to close: the runtime owns the connections."""
