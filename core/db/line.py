"""How is one statement sent over and over, without what a session costs? Over a connection that is kept for it.

Each statement is a transaction of its own: what it has answered is on the disk. One after another, never two at once.
"""

import time
from collections.abc import Sequence
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_QUIET = 30.0  # seconds unused, after which the pool looks whether the connection still is one


class Line:
    """A connection of the pool's, held from the first statement on; opened anew when it has been lost."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._held: tuple[AsyncConnection, asyncpg.Connection] | None = None
        self._used = 0.0

    async def fetch(self, statement: str, *arguments: object) -> Sequence[Any]:
        """Send ``statement`` and return its rows. Raises what asyncpg and the pool do."""
        connection = await self._open()
        self._used = time.monotonic()
        rows: Sequence[Any] = await connection.fetch(statement, *arguments)
        return rows

    async def close(self) -> None:
        """Give the connection back."""
        held, self._held = self._held, None
        if held is not None:
            await held[0].close()

    async def _open(self) -> asyncpg.Connection:
        if self._held is not None:
            if not self._held[1].is_closed() and time.monotonic() - self._used < _QUIET:
                return self._held[1]
            await self.close()
        connection = await self._engine.connect()
        raw = await connection.get_raw_connection()
        driver: asyncpg.Connection = raw.driver_connection
        self._held = connection, driver
        return driver
