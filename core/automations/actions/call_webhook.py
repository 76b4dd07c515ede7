"""Call a webhook: report to an address, signed as NEXUS's own receiver takes it, with an id that is the same for every try.

An answer that never came is asked for again under the same id: whoever receives it can tell a repetition.
"""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import texts
from core.automations.actions.work import ActionFailed, Done, Work
from core.automations.shapes.actions import CallWebhook
from core.automations.shapes.registry import shape_of
from core.errors import Transient
from core.events.signatures import nexus
from core.media import fetching
from core.media.fetching import PrivateAddress
from core.products import service as products
from core.products import webhook_secret
from core.runtime import Runtime

_TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)
_AGAIN = frozenset({408, 409, 425, 429})  # and everything from 500 on


@dataclass(frozen=True, slots=True)
class Answered:
    """What the address said."""

    status: int
    missing: tuple[str, ...]


async def prepare(runtime: Runtime, work: Work) -> Answered:
    """Send it. Raises ``Transient`` where another try may help, else ``ActionFailed``."""
    action = shape_of(work.step.action, CallWebhook)
    async with runtime.unit_of_work() as session:
        product = await products.get(session, work.product_id)
        secret = webhook_secret.reveal(runtime.keyring, product)
    if not secret:
        raise ActionFailed("no-secret", "the product has no webhook secret to sign with")
    filled = {name: texts.fill_plain(text, work.known) for name, text in action.data.items()}
    body = {
        "event": action.event,
        "timestamp": runtime.clock.now().isoformat(),
        "data": {name: one.text for name, one in filled.items()}
        if action.data
        else {"event": work.known.get("event"), "data": work.known.get("data")},
        # Whoever sends this back to us says how many automations led to it: a circle comes to its end.
        "hops": work.hops + 1,
    }
    status = await _post(action.url, json.dumps(body, ensure_ascii=False).encode(), secret, str(work.key))
    if status in _AGAIN or status >= 500:
        raise Transient(f"the address answered {status}", error_code=f"http-{status}")
    if status >= 300:
        raise ActionFailed(f"http-{status}", f"the address answered {status}")
    return Answered(status, tuple(name for one in filled.values() for name in one.missing))


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Answered) -> Done:
    """Keep the answer."""
    return Done({"status": prepared.status, "delivery_id": str(work.key)} | texts.reported(prepared.missing))


async def _post(url: str, body: bytes, secret: str, delivery: str) -> int:
    headers: dict[str, Any] = {
        "Content-Type": "application/json",
        "X-Nexus-Signature": nexus.sign(body, secret),
        "X-Nexus-Delivery": delivery,
        "Idempotency-Key": delivery,
        "User-Agent": "NEXUS",
    }
    try:
        fetching.check(url, fetching.is_public)
        async with (
            fetching.guarded(_TIMEOUT, fetching.is_public) as http,
            http.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status
    except PrivateAddress:
        raise _private() from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        if isinstance(error.__cause__, PrivateAddress):
            raise _private() from None
        raise Transient(f"the address cannot be reached: {type(error).__name__}") from None


def _private() -> ActionFailed:
    return ActionFailed("private-address", "the address leads into a network that is not public")
