"""How is a streamed answer read? Server-sent events off the wire, each within a time limit of its own."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from core.ai.provider import InvalidAnswer, TimedOut

_LONGEST_STREAM = 8 * 1024 * 1024  # bytes
_DATA = b"data:"
_END = b"[DONE]"  # what chat completions end with; not JSON

Event = dict[str, Any]


async def events(
    chunks: AsyncIterator[bytes], *, idle_limit: float, first_limit: float
) -> AsyncGenerator[Event]:
    """Yield the JSON objects in ``chunks``; an empty one stands for the end that chat completions announce.

    Anything that comes counts as life, comments and pings too. Raises ``TimedOut`` when nothing comes for
    ``idle_limit`` seconds (``first_limit`` before the first piece) and ``InvalidAnswer`` for what is not such a stream.
    """
    buffer, size, limit = b"", 0, first_limit
    while True:
        try:
            async with asyncio.timeout(limit):
                chunk = await anext(chunks, None)
        except TimeoutError:
            raise TimedOut(f"nothing came for {limit:g} s") from None
        if chunk is None:
            break
        limit = idle_limit
        size += len(chunk)
        if size > _LONGEST_STREAM:
            raise InvalidAnswer("the stream is longer than any answer")
        *lines, buffer = (buffer + chunk).split(b"\n")
        for line in lines:
            event = _event(line)
            if event is not None:
                yield event
    event = _event(buffer)
    if event is not None:
        yield event


def _event(line: bytes) -> Event | None:
    line = line.strip()
    if not line.startswith(_DATA):
        return None  # an event's name, an id, a comment, the blank line between two
    data = line[len(_DATA) :].strip()
    if data == _END:
        return {}
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        raise InvalidAnswer("an event of the stream is not JSON") from None
    if not isinstance(parsed, dict):
        raise InvalidAnswer("an event of the stream is not an object")
    return parsed
