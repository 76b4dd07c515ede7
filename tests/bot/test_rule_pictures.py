"""Pictures that an event names: the draft carries one; a picture that cannot be had is a warning, never a lost post."""

import ipaddress
from collections.abc import AsyncGenerator

import pytest
from aiogram import Bot
from aiohttp import web

from bot import notifier
from core.automations import matching, pictures, running
from core.channels.models import Channel
from core.content.models import ContentStatus
from core.content.rendering import media_of
from core.events.models import Event
from core.media.fetching import Address
from core.platforms.base import MediaKind
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.test_proposals_flow import ACTION, newest, rule


def only_one(address: Address) -> bool:
    """Stands for the internet; the rest of the loopback network is private."""
    return address == ipaddress.ip_address("127.0.0.1")


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[str]:
    monkeypatch.setattr(pictures, "MAY_FETCH_FROM", only_one)

    async def serve(request: web.Request) -> web.Response:
        if request.match_info["name"] == "owl.png":
            return web.Response(body=b"png", content_type="image/png")
        if request.match_info["name"] == "page":
            return web.Response(body=b"<html>", content_type="text/html")
        raise web.HTTPNotFound

    app = web.Application()
    app.router.add_get("/{name}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def minted(runtime: Runtime, bot: Bot, product: Product, **data: object) -> None:
    payload = {"event": "mint", "timestamp": "2026-03-02T09:00:00Z", "data": {"token_id": 7, **data}}
    async with runtime.unit_of_work() as session:
        event = Event(product_id=product.id, event_type="mint", payload=payload)
        session.add(event)
        await session.flush()
        event_id = event.id
    started = await matching.process_event(runtime, event_id)
    assert started is not None
    for run_id in started.runs:
        await running.run(runtime, run_id, worker="w")
    await notifier.drain(runtime, bot)


async def test_the_picture_that_the_event_names_joins_the_draft(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel, site: str
) -> None:
    await owner.says("/start")
    await rule(runtime, product, ACTION | {"media": "{data.image_url}"}, options={"mode": "auto"})
    await minted(runtime, bot, product, image_url=f"{site}/owl.png")
    draft = await newest(runtime)
    (item,) = media_of(draft)
    assert item.kind is MediaKind.IMAGE
    assert item.url.startswith("media://")
    assert draft.status == ContentStatus.READY


@pytest.mark.parametrize(
    "named", ["{site}/gone.png", "{site}/page", "http://127.0.0.2:1/owl.png", "file:///etc/passwd", "", None]
)
@pytest.mark.parametrize("mode", ["ask", "auto"])
async def test_a_picture_that_cannot_be_had_is_a_warning_and_the_post_waits(
    owner: Person,
    runtime: Runtime,
    bot: Bot,
    product: Product,
    channel: Channel,
    site: str,
    named: str | None,
    mode: str,
) -> None:
    await owner.says("/start")
    await rule(runtime, product, ACTION | {"media": "{data.image_url}"}, options={"mode": mode})
    data = {} if named is None else {"image_url": named.replace("{site}", site)}
    await minted(runtime, bot, product, **data)
    draft = await newest(runtime)
    assert media_of(draft) == ()
    assert draft.status == ContentStatus.DRAFT
    assert "The picture that the event names could not be had" in owner.text
    assert "Token 7 is rare" in owner.text
    await owner.taps("Approve")
    assert (await newest(runtime)).status == ContentStatus.READY
