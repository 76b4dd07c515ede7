"""Who is watching the chat page, and what changed in front of them?"""

import asyncio
from collections.abc import Callable
from typing import Any

Watcher = Callable[[dict[str, Any]], None]


class Live:
    """Counts changes and hands each to every watcher (an open page, or a test)."""

    def __init__(self) -> None:
        self.version = 0
        self._watchers: list[Watcher] = []
        self._changed = asyncio.Event()

    def push(self, kind: str, chat_id: int | None, **details: Any) -> None:
        """Announce a change; `kind` is the `type` the page sees."""
        self.version += 1
        event = {"type": kind, "chat_id": chat_id, **details, "version": self.version}
        for watcher in list(self._watchers):
            watcher(event)
        self._changed.set()
        self._changed = asyncio.Event()

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` on every change until the returned function is called."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    async def changed(self) -> None:
        """Wait for the next change."""
        await self._changed.wait()
