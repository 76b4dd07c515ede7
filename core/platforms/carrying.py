"""How many bytes of files may be on their way to platforms at once? So many that a busy worker does not run out of memory.

A file is read whole before it is uploaded, and a worker has dozens of posts in hand. What finds no room waits a moment, and
then lets its post come again a little later: nothing has been sent by then, so nothing is in doubt.
"""

import asyncio
import weakref
from datetime import UTC, datetime, timedelta
from typing import Any

from core.errors import RateLimited

ROOM = 256 * 1024 * 1024  # bytes of one process; a larger file goes alone
_PATIENCE = 15.0  # seconds; well below the limit of a call
_LATER = timedelta(seconds=20)


class Room:
    """Counts what is carried. Room is given back when the thing it was taken for is gone."""

    def __init__(self, size: int = ROOM) -> None:
        self._size = size
        self._taken = 0
        self._waiting: set[asyncio.Event] = set()

    @property
    def taken(self) -> int:
        """Bytes that are being carried."""
        return self._taken

    async def take(self, size: int, *, patience: float = _PATIENCE) -> None:
        """Wait until there is room for ``size`` bytes and take it. Raises ``RateLimited`` when there is none for a while."""
        try:
            async with asyncio.timeout(patience):
                while self._taken and self._taken + size > self._size:
                    woken = asyncio.Event()
                    self._waiting.add(woken)
                    try:
                        await woken.wait()
                    finally:
                        self._waiting.discard(woken)
        except TimeoutError:
            raise RateLimited(
                "other files are being uploaded", error_code="busy", retry_at=datetime.now(UTC) + _LATER
            ) from None
        self._taken += size

    def give_back_with(self, thing: Any, size: int) -> None:
        """Give ``size`` bytes back as soon as nobody holds ``thing`` any more."""
        weakref.finalize(thing, self.give_back, size).atexit = False

    def give_back(self, size: int) -> None:
        """Give ``size`` bytes back."""
        self._taken -= size
        for woken in self._waiting:
            woken.set()


room = Room()
