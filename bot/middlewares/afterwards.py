"""What may take long? Work put off until the chat's lock is released, still awaited and still guarded.

Updates of one chat run in order, each under a lock. Writing by AI or waiting for the rest of an album would block
everything the owner does meanwhile, so a handler leaves such work in ``Context.afterwards``; it runs in the same task
once the lock is free, its errors are answered like any other, and a stopping process waits for it. Before that the
update counts as handled: what it changed is saved, and after a crash it must not be done once more.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

Work = Callable[[], Awaitable[None]]


class RunAfterwards(BaseMiddleware):
    """Stands outside the lock: runs what the handler left in ``data["afterwards"]``."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        works: list[Work] = []
        data["afterwards"] = works
        result = await handler(event, data)
        handled: Work | None = data.get("handled")
        if works and handled is not None:
            await handled()
        for work in works:
            await work()
        return result
