"""What does a worker say to Redis about the entries it reads? One consumer of one group, on any number of streams."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import ResponseError

log = structlog.get_logger(__name__)

_DEAD_KEPT = 10_000  # entries
_FORGOTTEN_MS = 3_600_000  # a consumer that was not seen for an hour


class Entry(NamedTuple):
    """One entry of a stream, as it was delivered."""

    stream: str
    id: bytes
    fields: dict[bytes, bytes]


class Pending(NamedTuple):
    """An entry that was delivered to somebody and is not finished."""

    id: bytes
    deliveries: int


class ConsumerGroup:
    """A consumer's side of its group. Every method raises what redis-py raises; none has a time limit of its own."""

    def __init__(self, pool: BlockingConnectionPool, group: str, consumer: str) -> None:
        self._redis = Redis(connection_pool=pool)
        self._group = group
        self._consumer = consumer

    async def declare(self, streams: Iterable[str]) -> None:
        """Make the group where it is missing, and remove consumers of killed workers; each start makes a new one."""
        for stream in streams:
            try:
                # From the first entry: "$" would lose what was sent before the group existed.
                await self._redis.xgroup_create(stream, self._group, id="0", mkstream=True)
            except ResponseError as error:
                if not str(error).startswith("BUSYGROUP"):
                    raise
            for consumer in await self._redis.xinfo_consumers(stream, self._group):
                if consumer["pending"] == 0 and consumer["idle"] > _FORGOTTEN_MS:
                    await self._redis.xgroup_delconsumer(stream, self._group, consumer["name"])

    async def leave(self, streams: Iterable[str]) -> None:
        """Remove ourselves where nothing of ours is pending; what is pending stays to be taken over."""
        for stream in streams:
            if not await self._pending(stream, 1, consumername=self._consumer):
                await self._redis.xgroup_delconsumer(stream, self._group, self._consumer)

    async def read(self, streams: Sequence[str], *, count: int = 1, block: int | None = None) -> list[Entry]:
        """Return at most ``count`` new entries of each stream; with ``block`` (ms), wait that long for the first."""
        answer: Any = await self._redis.xreadgroup(
            self._group, self._consumer, dict.fromkeys(streams, ">"), count=count, block=block
        )
        return [
            Entry(stream.decode(), entry_id, fields)
            for stream, entries in answer
            for entry_id, fields in entries
        ]

    async def expired(self, stream: str, idle_ms: int, count: int) -> list[Pending]:
        """Return entries whose consumer has not been heard of for ``idle_ms``."""
        found = await self._pending(stream, count, idle=idle_ms)
        return [Pending(one["message_id"], one["times_delivered"]) for one in found]

    async def take_over(self, stream: str, entry_id: bytes, idle_ms: int) -> Entry | None:
        """Take an entry that is still that long idle. None when another worker was faster, or it is gone."""
        claimed: Any = await self._redis.xclaim(stream, self._group, self._consumer, idle_ms, [entry_id])
        if claimed and claimed[0][1] is not None:
            return Entry(stream, *claimed[0])
        if not await self._redis.xrange(stream, min=entry_id, max=entry_id, count=1):
            await self._redis.xack(stream, self._group, entry_id)  # only its pending mark was left
        return None

    async def renew(self, stream: str, ids: set[bytes]) -> None:
        """Say that we are still at work on ``ids``, save those that another worker has taken over."""
        mine = await self._pending(stream, len(ids) + 100, consumername=self._consumer)
        held = [one["message_id"] for one in mine if one["message_id"] in ids]
        if held:
            await self._redis.xclaim(stream, self._group, self._consumer, 0, held, idle=0, justid=True)

    async def finish(self, entries: Sequence[tuple[str, bytes]]) -> list[bool]:
        """Acknowledge and remove entries, each named by stream and id: acknowledged alone, it would stay for ever."""
        ids: dict[str, list[bytes]] = {}
        for stream, entry_id in entries:
            ids.setdefault(stream, []).append(entry_id)
        async with self._redis.pipeline() as pipe:
            for stream, finished in ids.items():
                pipe.xack(stream, self._group, *finished)
                pipe.xdel(stream, *finished)
            await pipe.execute()
        return [True] * len(entries)

    async def bury(self, entry: Entry, dead_stream: str, reason: str) -> None:
        """Move an entry that cannot be handled to ``dead_stream``, and say so in the log."""
        dead: dict[Any, Any] = {
            **entry.fields, b"stream": entry.stream, b"id": entry.id, b"reason": reason[:500]
        }  # fmt: skip
        async with self._redis.pipeline() as pipe:
            pipe.xadd(dead_stream, dead, maxlen=_DEAD_KEPT)
            pipe.xack(entry.stream, self._group, entry.id)
            pipe.xdel(entry.stream, entry.id)
            await pipe.execute()
        log.error("job_put_aside", stream=entry.stream, id=entry.id.decode(), reason=reason)

    async def _pending(self, stream: str, count: int, **which: Any) -> list[dict[str, Any]]:
        found: Any = await self._redis.xpending_range(stream, self._group, "-", "+", count, **which)
        pending: list[dict[str, Any]] = found
        return pending
