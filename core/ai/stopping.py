"""How is a call under way ended by somebody else? A stop that the one who waits heeds, at once and for certain."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from core.ai.provider import Charge, ProviderError
from core.errors import Actor


class Stopped(ProviderError):
    """The owner ended the call. What the model had done by then is charged, and nobody says how much it was."""

    actor = Actor.OWNER
    code = "stopped"
    charge = Charge.UNKNOWN


class Stop:
    """A wish to end whatever waits under ``heeded``; it stays in force once it was made."""

    def __init__(self) -> None:
        self._asked = False
        self._scope: asyncio.Timeout | None = None

    @property
    def asked(self) -> bool:
        """Whether somebody wants an end."""
        return self._asked

    def ask(self) -> None:
        """End what is under way, and what would come after it. A second time does nothing."""
        self._asked = True
        if self._scope is not None:
            self._scope.reschedule(asyncio.get_running_loop().time())
            self._scope = None

    @asynccontextmanager
    async def heeded(self) -> AsyncGenerator[None]:
        """Raise ``Stopped`` out of the block as soon as the stop is asked for. One block at a time."""
        if self._asked:
            early = Stopped("stopped before the call")
            early.charge = Charge.NONE
            raise early
        scope = self._scope = asyncio.timeout(None)
        try:
            async with scope:
                yield
        except TimeoutError:
            if not scope.expired():
                raise
            raise Stopped("stopped by the owner") from None
        finally:
            self._scope = None
