"""How do jobs travel through Redis without being stranded, hoarded or silently dropped?

taskiq's own stream broker reclaims a killed worker's task only when another message arrives, starts a task again
that runs longer than its idle time, keeps every finished entry for ever, and never recovers from a Redis that lost
its consumer group. This one reads the streams in order of urgency, no more than it can start; keeps the lease of running
tasks alive; reclaims expired leases on an idle queue too; removes what is finished; and puts aside, with a log line,
what nobody can handle.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from functools import partial
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from taskiq import AckableMessage, AsyncBroker, BrokerMessage, TaskiqMessage
from taskiq_redis import RedisStreamBroker

from core.outage import Outage
from core.together import Together
from workers.consumer_group import ConsumerGroup, Entry
from workers.mailing import Letter, append

log = structlog.get_logger(__name__)

REDIS_AWAY = (RedisError, OSError, TimeoutError)

STREAM_LABEL = "queue_name"  # which stream a message goes to; taskiq-redis reads this name too
WAITING_LABEL = "waiting_key"  # what makes two waiting messages the same work

_COMMAND_SECONDS = 5.0
_WAITING_MS = 30_000  # a waiting mark that outlived its message (Redis flushed, reader killed) ends by itself
_RECLAIM_BATCH = 16


class StreamFull(Exception):
    """A stream holds as many entries as it may."""


class ReliableStreamBroker(RedisStreamBroker):
    """A taskiq broker over one Redis stream per urgency.

    ``streams`` are ordered, most urgent first. ``lease_seconds`` after the last sign of life of its worker a task is
    handed to another one; after ``max_deliveries`` it goes to ``<first stream>:dead`` instead, because a task that
    takes its worker down with it would otherwise do so for ever. ``check`` raises ``ValueError`` for a message that
    no task here can take. ``concurrency`` is how many tasks run at once. The worker must run ``keep_leases`` beside its
    receiver.
    """

    def __init__(
        self,
        url: str,
        *,
        streams: Sequence[str],
        check: Callable[[TaskiqMessage], object],
        group: str = "nexus",
        consumer: str | None = None,
        lease_seconds: float = 30.0,
        reclaim_seconds: float = 5.0,
        max_deliveries: int = 5,
        capacity: int = 10_000,
        concurrency: int = 1,
    ) -> None:
        # A Unix socket knows no keep-alive, and redis-py refuses the option for it.
        keepalive: dict[str, Any] = {} if url.startswith("unix://") else {"socket_keepalive": True}
        super().__init__(
            url,
            queue_name=streams[0],
            consumer_group_name=group,
            consumer_name=consumer,
            xread_block=1000,
            idle_timeout=int(lease_seconds * 1000),
            # With a socket timeout redis-py reads through asyncio.wait_for, which loses cancellations on Python 3.11
            # and then hangs the shutdown. Every command has its time limit here instead.
            socket_timeout=None,
            **keepalive,
            socket_connect_timeout=_COMMAND_SECONDS,
            # Once, for a connection from before a restart of Redis; redis-py would try for a minute.
            retry=Retry(NoBackoff(), 1),
            protocol=2,
        )
        self.streams = tuple(streams)
        self.dead_stream = f"{streams[0]}:dead"
        self._check = check
        self._reclaim_seconds = reclaim_seconds
        self._max_deliveries = max_deliveries
        self._capacity = capacity
        self._concurrency = concurrency
        self._group = ConsumerGroup(self.connection_pool, self.consumer_group_name, self.consumer_name)
        self._letters = Together(
            partial(append, self.connection_pool, capacity=capacity, mark_ms=_WAITING_MS)
        )
        self._finished = Together(self._group.finish)
        self._group_declared = False
        self._running: set[tuple[str, bytes]] = set()
        self._abandoned = False

    async def startup(self) -> None:
        """Start without Redis being there: the consumer groups are declared by the first successful read."""
        await AsyncBroker.startup(self)

    async def kick(self, message: BrokerMessage) -> None:
        """Append ``message`` to its stream, unless the same work waits there. Raises ``StreamFull``."""
        stream = str(message.labels.get(STREAM_LABEL) or self.queue_name)
        key = message.labels.get(WAITING_LABEL)
        wish = Letter(stream, None if key is None else _mark(stream, key), message.message)
        async with asyncio.timeout(_COMMAND_SECONDS):
            if not await self._letters.ask(wish):
                raise StreamFull(f"{stream} holds {self._capacity} entries")

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """Yield messages, the most urgent first, for as long as the worker asks; outages are waited out."""
        outage = Outage("redis")
        reclaim_at = 0.0
        while True:
            try:
                async with asyncio.timeout(self.block / 1000 + _COMMAND_SECONDS):
                    if not self._group_declared:
                        await self._group.declare(self.streams)
                        self._group_declared = True
                    batch: list[Entry] = []
                    if time.monotonic() >= reclaim_at:
                        batch = await self._reclaim()
                        reclaim_at = time.monotonic() + (0 if batch else self._reclaim_seconds)
                    batch = batch or await self._read()
            except REDIS_AWAY as error:
                if isinstance(error, ResponseError) and str(error).startswith("NOGROUP"):
                    log.warning("redis_forgot_the_streams")  # flushed, or restarted without its data
                    self._group_declared = False
                    continue
                await asyncio.sleep(outage.failed(error))
                continue
            outage.passed()
            # Ours from here on, and only from here on: an entry that an outage kept from being handed over must not
            # have its lease renewed for ever.
            self._running.update((entry.stream, entry.id) for entry in batch)
            for entry in batch:
                yield self._ackable(entry)

    async def keep_leases(self) -> None:
        """Say for every running task, three times per lease, that its worker lives. Runs until cancelled."""
        while True:
            await asyncio.sleep(self.idle_timeout / 3000)
            for stream in self.streams:
                running = {entry for name, entry in self._running if name == stream}
                if running:
                    try:
                        async with asyncio.timeout(_COMMAND_SECONDS):
                            await self._group.renew(stream, running)
                    except REDIS_AWAY as error:
                        log.info("lease_not_renewed", stream=stream, reason=str(error))

    def abandon(self) -> None:
        """Leave what is still running to another worker: from now on nothing is acknowledged."""
        self._abandoned = True

    async def shutdown(self) -> None:
        """Close the connections, and leave the consumer groups where nothing of ours is pending."""
        if self._group_declared:
            try:
                async with asyncio.timeout(_COMMAND_SECONDS):
                    await self._group.leave(self.streams)
            except REDIS_AWAY as error:
                log.info("consumer_not_removed", reason=str(error))
        await super().shutdown()

    async def _read(self) -> list[Entry]:
        """Return the next messages of the most urgent stream that has some, waiting a moment when all are empty."""
        # Only what can start at once: a worker that takes more keeps it from the others. The last, waiting read may
        # bring one of each stream, to a worker that was idle.
        free = max(1, self._concurrency - len(self._running))
        for stream in self.streams:
            if entries := await self._group.read([stream], count=free):
                return await self._accepted(entries)
        return await self._accepted(await self._group.read(self.streams, block=self.block))

    async def _reclaim(self) -> list[Entry]:
        """Take over one message whose worker has not been heard of for a lease."""
        for stream in self.streams:
            for pending in await self._group.expired(stream, self.idle_timeout, _RECLAIM_BATCH):
                if (stream, pending.id) in self._running:
                    continue
                entry = await self._group.take_over(stream, pending.id, self.idle_timeout)
                if entry is None:
                    continue
                if pending.deliveries >= self._max_deliveries:
                    reason = f"not finished after {pending.deliveries} deliveries"
                    await self._group.bury(entry, self.dead_stream, reason)
                    continue
                log.info("job_reclaimed", stream=stream, deliveries=pending.deliveries)
                if accepted := await self._accepted([entry]):
                    return accepted
        return []

    async def _accepted(self, entries: list[Entry]) -> list[Entry]:
        """Return the entries that a task here can take; the others are put aside."""
        accepted: list[Entry] = []
        marks: list[str] = []
        for entry in entries:
            try:
                message = self.formatter.loads(entry.fields[b"data"])
                message.parse_labels()
                self._check(message)
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                await self._group.bury(entry, self.dead_stream, f"{type(error).__name__}: {error}")
                continue
            if (key := message.labels.get(WAITING_LABEL)) is not None:
                marks.append(_mark(entry.stream, key))
            accepted.append(entry)
        if marks:
            # Before the work starts: whoever asks from now on may know something that the work has not seen.
            await Redis(connection_pool=self.connection_pool).delete(*marks)
        return accepted

    def _ackable(self, entry: Entry) -> AckableMessage:
        async def ack() -> None:
            if self._abandoned:
                return
            try:
                async with asyncio.timeout(_COMMAND_SECONDS):
                    await self._finished.ask((entry.stream, entry.id))
            except REDIS_AWAY as error:
                # The work is done and its row says so; delivered again, it will find nothing to do.
                log.warning("job_not_acknowledged", stream=entry.stream, reason=str(error))
            finally:
                self._running.discard((entry.stream, entry.id))

        return AckableMessage(data=entry.fields[b"data"], ack=ack)


def _mark(stream: str, key: str) -> str:
    return f"{stream}:waiting:{key}"
