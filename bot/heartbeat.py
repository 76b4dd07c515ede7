"""How is it known that a bot process lives? The one that answers beats as "bot", one that waits for its turn as "standby"."""

import asyncio
import os
import socket

import structlog

from core import outage
from core.runtime import Runtime
from core.settings import heartbeats

log = structlog.get_logger(__name__)

LEADER, STANDBY = "bot", "standby"  # names of the heartbeat rows
_BEAT_SECONDS = 15.0
_ALONE_SECONDS = 1.0  # who is the only one leads by then, and never stands by


class Heartbeat:
    """The signs of life of one process, with the keys it knows: `nexus keys rotate` asks each process for them."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._process = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self._leads = False

    async def lead(self, until: asyncio.Event) -> None:
        """Beat as the one that answers. A database that is away must not end the bot; its silence shows in /status."""
        self._leads = True
        await outage.repeat("bot_heartbeat", self._beat_as_leader, _BEAT_SECONDS, until)
        self._leads = False

    async def stand_by(self, stop: asyncio.Event) -> None:
        """Beat as one that waits, whenever this process does not lead; gone on purpose, it is not missed."""
        await outage.pause(stop, _ALONE_SECONDS)
        await outage.repeat("standby_heartbeat", self._beat_as_standby, _BEAT_SECONDS, stop)
        try:
            async with self._runtime.unit_of_work() as session:
                await heartbeats.leave(session, STANDBY, self._process)
        except outage.UNAVAILABLE as error:
            log.info("standby_not_signed_off", reason=type(error).__name__)

    async def _beat_as_leader(self) -> None:
        async with self._runtime.unit_of_work() as session:
            await heartbeats.beat(session, LEADER, self._runtime.clock.now(), self._detail())
            await heartbeats.leave(session, STANDBY, self._process)

    async def _beat_as_standby(self) -> None:
        if self._leads:
            return
        async with self._runtime.unit_of_work() as session:
            await heartbeats.beat(session, STANDBY, self._runtime.clock.now(), self._detail())

    def _detail(self) -> dict[str, object]:
        return {"process": self._process, "keys": list(self._runtime.keyring.ids)}
