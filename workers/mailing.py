"""How are messages appended to their streams? Those that are sent at the same moment share two round trips."""

from collections.abc import Sequence
from typing import NamedTuple

from redis.asyncio import BlockingConnectionPool, Redis


class Letter(NamedTuple):
    """A message for a stream. ``mark`` is the key that says that the same work waits there already."""

    stream: str
    mark: str | None
    data: bytes


async def append(
    pool: BlockingConnectionPool, letters: Sequence[Letter], *, capacity: int, mark_ms: int
) -> list[bool]:
    """Append what does not wait already; False for a letter whose stream holds ``capacity`` entries.

    The streams are never trimmed: trimming would take entries that are being worked on. A mark lasts ``mark_ms`` at
    most, so that one whose message was lost ends by itself. Raises what redis-py raises.
    """
    redis = Redis(connection_pool=pool)
    streams = sorted({letter.stream for letter in letters})
    async with redis.pipeline(transaction=False) as pipe:
        for stream in streams:
            pipe.xlen(stream)
        lengths = await pipe.execute()
    room = {stream: capacity - length for stream, length in zip(streams, lengths, strict=True)}
    fitting: list[Letter] = []
    fits: list[bool] = []
    for letter in letters:
        fits.append(room[letter.stream] > 0)
        if fits[-1]:
            room[letter.stream] -= 1
            fitting.append(letter)
    await _put(redis, fitting, mark_ms)
    return fits


async def _put(redis: Redis, letters: Sequence[Letter], mark_ms: int) -> None:
    marked = [letter for letter in letters if letter.mark is not None]
    async with redis.pipeline(transaction=False) as pipe:
        for letter in marked:
            pipe.set(str(letter.mark), 1, nx=True, px=mark_ms)
        new = dict(zip(marked, await pipe.execute(), strict=True)) if marked else {}
    async with redis.pipeline(transaction=False) as pipe:
        for letter in letters:
            if letter.mark is None or new[letter]:
                pipe.xadd(letter.stream, {b"data": letter.data})
        await pipe.execute()
