"""How does `nexus send-event` work? It signs as the product would, and sends to the real receiver."""

import asyncio
import json
from typing import Any

import aiohttp

from bot.cli.database import bring_up_to_date
from bot.cli.opening import Place, opened, read_settings
from core.clock import SystemClock
from core.db.session import Database, create_engine
from core.errors import InvalidInput
from core.events import sending
from core.jobs.queue import DroppingQueue
from core.products import service as products
from core.products import webhook_secret


def send_event(slug: str, event_type: str, data: str, *, to: str | None) -> None:
    """Send one event and print its id."""
    settings = read_settings()
    facts = _object(data)
    with opened(settings) as place:
        sent = asyncio.run(_send(place, slug, event_type, facts, to))
    print(f"{sent.event_id}{' (received before)' if sent.repeated else ''}")


async def _send(
    place: Place, slug: str, event_type: str, data: dict[str, Any], to: str | None
) -> sending.Sent:
    secret = await _secret(place, slug)
    base = (to or sending.local_base(place.settings)).rstrip("/")
    body = sending.body_of(event_type, data, SystemClock().now())
    async with aiohttp.ClientSession() as http:
        return await sending.send(http, base + sending.path_of(slug), body, secret)


async def _secret(place: Place, slug: str) -> str:
    await bring_up_to_date(place.database_url)
    database = Database(create_engine(place.database_url), DroppingQueue())
    try:
        async with database.unit_of_work() as session:
            product = await products.by_slug(session, slug)
            if product is None:
                known = [one.slug for one in await products.list_active(session)]
                raise InvalidInput(f"there is no product {slug!r}; there are: {', '.join(known) or 'none'}")
            secret = webhook_secret.reveal(place.keyring, product)
    finally:
        await database.close()
    if secret is None:
        raise InvalidInput(f"{slug} has no webhook secret, so it takes no events; make one in the chat")
    return secret


def _object(data: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"--data is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise InvalidInput("--data has to be a JSON object, e.g. '{\"price\": 12}'")
    return found
