"""How does an alert reach the owner's address? Signed as Standard Webhooks are, and never into a private network."""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp

from core.clock import Clock
from core.config import Settings
from core.errors import Transient
from core.media import fetching
from core.media.fetching import Address, PrivateAddress
from core.platforms.webhook.publishing import signature

_TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)


async def send(
    settings: Settings,
    clock: Clock,
    delivery_id: uuid.UUID,
    data: Mapping[str, Any],
    *,
    allowed: Callable[[Address], bool] = fetching.is_public,
) -> None:
    """Send one alert; its id is the same for every try. Raises ``Transient``, whose message names no address."""
    if settings.alert_webhook_url is None or settings.alert_webhook_secret is None:
        raise Transient("ALERT_WEBHOOK_URL or ALERT_WEBHOOK_SECRET is not set", error_code="hook-unset")
    url, secret = (
        settings.alert_webhook_url.get_secret_value(),
        settings.alert_webhook_secret.get_secret_value(),
    )
    moment, message_id = clock.now(), f"msg_{delivery_id.hex}"
    body = json.dumps(
        {"type": "alert", "timestamp": moment.isoformat(), "data": dict(data)}, ensure_ascii=False
    ).encode()
    timestamp = str(int(moment.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "NEXUS",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }
    try:
        fetching.check(url, allowed)
        async with (
            fetching.guarded(_TIMEOUT, allowed) as http,
            http.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            status = answer.status
    except PrivateAddress:
        raise _private() from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        if isinstance(error.__cause__, PrivateAddress):
            raise _private() from None
        raise Transient(
            f"the address cannot be reached ({type(error).__name__})", error_code="hook"
        ) from None
    if not 200 <= status < 300:
        raise Transient(f"the address answered HTTP {status}", error_code=f"http-{status}")


def _private() -> Transient:
    return Transient("the address leads into a private network", error_code="private-address")
