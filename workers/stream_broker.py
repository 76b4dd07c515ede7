"""How do jobs travel through Redis without being stranded, hoarded or silently dropped?

taskiq's own stream broker reclaims a killed worker's task only when another message arrives, starts a task again
that runs longer than its idle time, keeps every finished entry for ever, and never recovers from a Redis that lost
its consumer group. This one reads the streams in order of urgency, one message at a time; keeps the lease of running
tasks alive; reclaims expired leases on an idle queue too; removes what is finished; and puts aside, with a log line,
what nobody can handle.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from taskiq import AckableMessage, AsyncBroker, BrokerMessage, TaskiqMessage
from taskiq_redis import RedisStreamBroker

from workers.outage import Outage

log = structlog.get_logger(__name__)

REDIS_AWAY = (RedisError, OSError, TimeoutError)

STREAM_LABEL = "queue_name"  # which stream a message goes to; taskiq-redis reads this name too
WAITING_LABEL = "waiting_key"  # what makes two waiting messages the same work

_COMMAND_SECONDS = 5.0
_WAITING_MS = 30_000  # a waiting mark that outlived its message (Redis flushed, reader killed) ends by itself
_CLAIM_BATCH = 16
_DEAD_KEPT = 10_000  # entries
_CONSUMER_FORGOTTEN_MS = 3_600_000

Entry = tuple[bytes, dict[bytes, bytes]]  # id, fields


class StreamFull(Exception):
    """A stream holds as many entries as it may."""


class ReliableStreamBroker(RedisStreamBroker):
    """A taskiq broker over one Redis stream per urgency.

    ``streams`` are ordered, most urgent first. ``lease_seconds`` after the last sign of life of its worker a task is
    handed to another one; after ``max_deliveries`` it goes to ``<first stream>:dead`` instead, because a task that
    takes its worker down with it would otherwise do so for ever. ``check`` raises ``ValueError`` for a message that
    no task here can take. The worker must run ``keep_leases`` beside its receiver.
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
    ) -> None:
        # A Unix socket knows no keep-alive, and redis-py refuses the option for it.
        keepalive: dict[str, Any] = {} if url.startswith("unix://") else {"socket_keepalive": True}
        super().__init__(
            url,
            queue_name=streams[0],
            consumer_group_name=group,
            consumer_name=consumer,
            consumer_id="0",  # "$" would lose what was sent before the group existed
            xread_block=1000,
            idle_timeout=int(lease_seconds * 1000),
            # With a socket timeout redis-py reads through asyncio.wait_for, which loses cancellations on Python 3.11
            # and then hangs the shutdown. Every command has its time limit here instead.
            socket_timeout=None,
            **keepalive,
            socket_connect_timeout=_COMMAND_SECONDS,
            retry=Retry(
                NoBackoff(), 1
            ),  # one: a connection from before a restart; redis-py would try for a minute
            protocol=2,
        )
        self.streams = tuple(streams)
        self.dead_stream = f"{streams[0]}:dead"
        self._check = check
        self._reclaim_seconds = reclaim_seconds
        self._max_deliveries = max_deliveries
        self._capacity = capacity
        self._running: set[tuple[str, bytes]] = set()
        self._group_declared = False
        self._abandoned = False

    async def startup(self) -> None:
        """Start without Redis being there: the consumer groups are declared by the first successful read."""
        await AsyncBroker.startup(self)

    async def kick(self, message: BrokerMessage) -> None:
        """Append ``message`` to its stream, unless the same work waits there. Raises ``StreamFull``."""
        stream = str(message.labels.get(STREAM_LABEL) or self.queue_name)
        key = message.labels.get(WAITING_LABEL)
        async with asyncio.timeout(_COMMAND_SECONDS), self._redis() as redis:
            if key is not None and not await redis.set(_mark(stream, key), 1, nx=True, px=_WAITING_MS):
                return
            # The stream is never trimmed: trimming would take entries that are being worked on.
            if await redis.xlen(stream) >= self._capacity:
                raise StreamFull(f"{stream} holds {self._capacity} entries")
            await redis.xadd(stream, {b"data": message.message})

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """Yield messages, the most urgent first, for as long as the worker asks; outages are waited out."""
        outage = Outage("redis")
        reclaim_at = 0.0
        while True:
            try:
                async with asyncio.timeout(self.block / 1000 + _COMMAND_SECONDS):
                    await self._declare_consumer_group()
                    batch: list[AckableMessage] = []
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
            for message in batch:
                yield message

    async def keep_leases(self) -> None:
        """Say for every running task, three times per lease, that its worker lives. Runs until cancelled."""
        while True:
            await asyncio.sleep(self.idle_timeout / 3000)
            for stream in self.streams:
                running = {entry for name, entry in self._running if name == stream}
                if running:
                    try:
                        async with asyncio.timeout(_COMMAND_SECONDS):
                            await self._renew(stream, running)
                    except REDIS_AWAY as error:
                        log.info("lease_not_renewed", stream=stream, reason=str(error))

    def abandon(self) -> None:
        """Leave what is still running to another worker: from now on nothing is acknowledged."""
        self._abandoned = True

    async def shutdown(self) -> None:
        """Close the connections, and leave the consumer groups where nothing of ours is pending."""
        if self._group_declared:
            try:
                async with asyncio.timeout(_COMMAND_SECONDS), self._redis() as redis:
                    for stream in self.streams:
                        if not await self._pending(redis, stream, 1, consumer=self.consumer_name):
                            await redis.xgroup_delconsumer(
                                stream, self.consumer_group_name, self.consumer_name
                            )
            except REDIS_AWAY as error:
                log.info("consumer_not_removed", reason=str(error))
        await super().shutdown()

    def _redis(self) -> Redis:
        return Redis(connection_pool=self.connection_pool)

    async def _declare_consumer_group(self) -> None:
        if self._group_declared:
            return
        async with self._redis() as redis:
            for stream in self.streams:
                try:
                    await redis.xgroup_create(stream, self.consumer_group_name, id="0", mkstream=True)
                except ResponseError as error:
                    if not str(error).startswith("BUSYGROUP"):
                        raise
                await self._forget_dead_consumers(redis, stream)
        self._group_declared = True

    async def _forget_dead_consumers(self, redis: Redis, stream: str) -> None:
        """Remove consumers of killed workers once nothing is pending on them; each start makes a new one."""
        for consumer in await redis.xinfo_consumers(stream, self.consumer_group_name):
            if consumer["pending"] == 0 and consumer["idle"] > _CONSUMER_FORGOTTEN_MS:
                await redis.xgroup_delconsumer(stream, self.consumer_group_name, consumer["name"])

    async def _read(self) -> list[AckableMessage]:
        """Return the next message of the most urgent stream that has one, waiting a moment when all are empty."""
        async with self._redis() as redis:
            for streams, block in (
                *(((stream,), None) for stream in self.streams),
                (self.streams, self.block),
            ):
                # One at a time: a worker that takes more than it can start keeps it from the others. Only the last,
                # waiting read may bring several, one of each stream, to a worker that was idle.
                answer: Any = await redis.xreadgroup(
                    self.consumer_group_name,
                    self.consumer_name,
                    dict.fromkeys(streams, ">"),
                    count=1,
                    block=block,
                )
                batch = [
                    message
                    for stream, entries in answer
                    for entry in entries
                    if (message := await self._accept(redis, stream.decode(), entry)) is not None
                ]
                if batch or answer:
                    return batch
        return []

    async def _reclaim(self) -> list[AckableMessage]:
        """Take over one message whose worker has not been heard of for a lease."""
        async with self._redis() as redis:
            for stream in self.streams:
                for pending in await self._pending(redis, stream, _CLAIM_BATCH, idle=self.idle_timeout):
                    entry_id = pending["message_id"]
                    if (stream, entry_id) in self._running:
                        continue
                    entry = await self._claim(redis, stream, entry_id)
                    if entry is None:
                        continue
                    deliveries = pending["times_delivered"]
                    if deliveries >= self._max_deliveries:
                        await self._bury(redis, stream, entry, f"not finished after {deliveries} deliveries")
                        continue
                    log.info("job_reclaimed", stream=stream, deliveries=deliveries)
                    message = await self._accept(redis, stream, entry)
                    if message is not None:
                        return [message]
        return []

    async def _claim(self, redis: Redis, stream: str, entry_id: bytes) -> Entry | None:
        group = self.consumer_group_name
        claimed: Any = await redis.xclaim(stream, group, self.consumer_name, self.idle_timeout, [entry_id])
        if claimed and claimed[0][1] is not None:
            entry: Entry = claimed[0]
            return entry
        if not await redis.xrange(stream, min=entry_id, max=entry_id, count=1):
            await redis.xack(stream, group, entry_id)  # the entry was deleted; only its pending mark is left
        return None  # or another worker was faster

    async def _accept(self, redis: Redis, stream: str, entry: Entry) -> AckableMessage | None:
        entry_id, fields = entry
        try:
            message = self.formatter.loads(fields[b"data"])
            message.parse_labels()
            self._check(message)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            await self._bury(redis, stream, entry, f"{type(error).__name__}: {error}")
            return None
        if (key := message.labels.get(WAITING_LABEL)) is not None:
            # Before the work starts: whoever asks from now on may know something that the work has not seen.
            await redis.delete(_mark(stream, key))
        self._running.add((stream, entry_id))

        async def ack() -> None:
            await self._finish(stream, entry_id)

        return AckableMessage(data=fields[b"data"], ack=ack)

    async def _finish(self, stream: str, entry_id: bytes) -> None:
        if self._abandoned:
            return
        try:
            async with asyncio.timeout(_COMMAND_SECONDS), self._redis() as redis, redis.pipeline() as pipe:
                pipe.xack(stream, self.consumer_group_name, entry_id)
                pipe.xdel(stream, entry_id)
                await pipe.execute()
        except REDIS_AWAY as error:
            # The work is done and its row says so; delivered again, it will find nothing to do.
            log.warning("job_not_acknowledged", stream=stream, reason=str(error))
        finally:
            self._running.discard((stream, entry_id))

    async def _bury(self, redis: Redis, stream: str, entry: Entry, reason: str) -> None:
        """Move an entry that cannot be handled to the dead-letter stream and say so."""
        entry_id, fields = entry
        dead = {**fields, b"stream": stream.encode(), b"id": entry_id, b"reason": reason[:500].encode()}
        async with redis.pipeline() as pipe:
            pipe.xadd(self.dead_stream, dict(dead.items()), maxlen=_DEAD_KEPT)
            pipe.xack(stream, self.consumer_group_name, entry_id)
            pipe.xdel(stream, entry_id)
            await pipe.execute()
        log.error("job_put_aside", stream=stream, id=entry_id.decode(), reason=reason)

    async def _renew(self, stream: str, running: set[bytes]) -> None:
        async with self._redis() as redis:
            mine = await self._pending(
                redis, stream, len(running) + _CLAIM_BATCH, consumer=self.consumer_name
            )
            # Only what is still ours: another worker may have taken over while we were out of reach.
            ids = [pending["message_id"] for pending in mine if pending["message_id"] in running]
            if ids:
                await redis.xclaim(
                    stream, self.consumer_group_name, self.consumer_name, 0, ids, idle=0, justid=True
                )

    async def _pending(
        self, redis: Redis, stream: str, count: int, *, consumer: str | None = None, idle: int | None = None
    ) -> list[dict[str, Any]]:
        found: Any = await redis.xpending_range(
            stream, self.consumer_group_name, "-", "+", count, consumername=consumer, idle=idle
        )
        pending: list[dict[str, Any]] = found
        return pending


def _mark(stream: str, key: str) -> str:
    return f"{stream}:waiting:{key}"
