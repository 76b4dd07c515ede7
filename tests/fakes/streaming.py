"""How do the fakes stream? Server-sent events one by one, with a place to pause at and ways to break off."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Pace:
    """Pauses of a stream. With ``hold`` set to an event, the half is sent and the rest waits for that event."""

    hold: asyncio.Event | None = None
    half_sent: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)  # the client left before the end
    stall_seconds: float = 30.0


async def stream(
    request: web.Request,
    events: Sequence[dict[str, Any] | str],
    pace: Pace,
    fault: str,
    failure: dict[str, Any],
) -> web.StreamResponse:
    """Send ``events``; ``fault`` says what happens in the middle."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
    await response.prepare(request)
    half = len(events) // 2
    try:
        for event in events[:half]:
            await response.write(_line(event))
        pace.half_sent.set()
        if pace.hold is not None:
            await pace.hold.wait()
        if fault == "stream_stall":
            await asyncio.sleep(pace.stall_seconds)
        elif fault == "stream_drop" and request.transport is not None:
            request.transport.abort()
            return response
        elif fault == "stream_error":
            await response.write(_line(failure))
        if fault in {"stream_error", "stream_end"}:  # closed in good order, in the middle of the answer
            await response.write_eof()
            return response
        for event in events[half:]:
            await response.write(_line(event))
        await response.write_eof()
    except (asyncio.CancelledError, ConnectionError):
        pace.gone.set()
        raise
    return response


def _line(event: dict[str, Any] | str) -> bytes:
    if isinstance(event, str):
        return f"data: {event}\n\n".encode()
    name = f"event: {event['type']}\n" if "type" in event else ""
    return f"{name}data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
