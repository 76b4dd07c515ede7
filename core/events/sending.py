"""How is an event sent to NEXUS itself, to try things out? As a product would: signed, over HTTP, to the real receiver."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import aiohttp

from core.config import Settings
from core.errors import Actor, InvalidInput, NexusError
from core.events.arrival import TYPE_LIMIT, usable_type
from core.events.signatures import nexus
from core.ids import new_id

_TIMEOUT = aiohttp.ClientTimeout(total=15)
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - where a server listens
_SHOWN = 300  # characters of an answer that is none of ours


class NotSent(NexusError):
    """The receiver was not reached, or did not take the event; the message says why."""

    actor = Actor.OWNER
    code = "event-not-sent"


@dataclass(frozen=True, slots=True)
class Sent:
    """What the receiver said."""

    event_id: str
    repeated: bool


def path_of(slug: str) -> str:
    """Return the path of a product's address."""
    return f"/api/events/{quote(slug, safe='')}"


def address_of(settings: Settings, slug: str) -> str:
    """Return the address for senders: the public one, or the local one where none is set."""
    base = str(settings.public_url).rstrip("/") if settings.public_url else local_base(settings)
    return base + path_of(slug)


def local_base(settings: Settings) -> str:
    """Return where a receiver of this installation listens, as seen from its own machine."""
    host = _EVERYWHERE.get(settings.nexus_host, settings.nexus_host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.nexus_port}"


def body_of(event_type: str, data: Mapping[str, Any], now: datetime) -> bytes:
    """Return the body of an event. Raises ``InvalidInput`` for a name the receiver would refuse."""
    if not usable_type(event_type):
        raise InvalidInput(f"an event's name has 1 to {TYPE_LIMIT} visible characters")
    event = {"event": event_type, "timestamp": now.isoformat(), "data": data}
    return json.dumps(event, ensure_ascii=False).encode()


async def send(http: aiohttp.ClientSession, address: str, body: bytes, secret: str) -> Sent:
    """Sign and send. Raises ``NotSent``."""
    delivery = str(new_id())
    headers = {
        "Content-Type": "application/json",
        "X-Nexus-Signature": nexus.sign_delivery(body, delivery, secret),
        "X-Nexus-Delivery": delivery,
    }
    try:
        async with http.post(
            address, data=body, headers=headers, timeout=_TIMEOUT, allow_redirects=False
        ) as answer:
            status, text = answer.status, await answer.text(errors="replace")
    except (aiohttp.ClientError, TimeoutError) as error:
        reason = str(error) or type(error).__name__
        raise NotSent(f"{address} does not answer ({reason})", address=address, reason=reason) from None
    try:
        said = json.loads(text)
        if status in {200, 202}:
            return Sent(said["event_id"], status == 200)
        reason = f"{status} {said['error']['code']}: {said['error']['message']}"
    except (ValueError, TypeError, KeyError):
        reason = f"{status} {text[:_SHOWN]}"
    raise NotSent(f"{address} answered {reason}", address=address, reason=reason)
