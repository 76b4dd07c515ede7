"""Where a product's events come in: a secret is made, changed, given, taken away; a test event goes the real way."""

import re
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from aiohttp import web
from pydantic import AnyHttpUrl

from bot.app import build_dispatcher
from core.config import Settings
from core.events import service as events
from core.products import service as products
from core.products import webhook_secret
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import buttons_of
from tests.e2e.processes import free_port
from workers.receiver import attach

STRIPES = "whsec_" + "a1B2" * 8


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings that say where the receiver is."""
    return settings.model_copy(update={"nexus_port": free_port()})


@pytest.fixture
async def receiver(runtime: Runtime) -> AsyncGenerator[str]:
    """The real receiver where the settings say."""
    app = web.Application()
    attach(app, runtime)
    runner = web.AppRunner(app, access_log=None, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", runtime.settings.nexus_port).start()
    yield f"http://127.0.0.1:{runtime.settings.nexus_port}"
    await runner.cleanup()


async def live(runtime: Runtime, product: Product) -> tuple[str, ...]:
    async with runtime.unit_of_work() as session:
        found = await products.get(session, product.id)
    return webhook_secret.live(runtime.keyring, found, runtime.clock.now())


async def open_hook(owner: Person) -> None:
    await owner.says("/products")
    await owner.taps("Tea & Co")
    await owner.taps("📨 Events")


def shown_secret(owner: Person) -> str:
    (secret,) = re.findall(r"whsec_\S+", owner.text)
    return str(secret)


async def test_a_secret_is_made_shown_once_changed_and_taken_away(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await open_hook(owner)
    assert "Switched off" in owner.text
    first_screen = owner.screen_with("Make a secret")
    make = next(data for label, data in buttons_of(first_screen.reply_markup) if "Make a secret" in label)
    await owner.taps("Make a secret")
    first = shown_secret(owner)
    assert await live(runtime, product) == (first,)
    await owner.taps_data(make, first_screen)  # a double tap makes no second one
    assert "has changed since" in owner.text
    assert await live(runtime, product) == (first,)
    assert first not in owner.text
    assert f"/api/events/{product.slug}" in owner.text
    await owner.taps("Change the secret")
    second = shown_secret(owner)
    assert await live(runtime, product) == (second, first)
    await owner.taps("Done, the sender has it")
    assert not any(second in (message.text or "") for message in owner.messages)
    assert "Both secrets count" in owner.text
    await owner.taps("Forget the one before")
    assert await live(runtime, product) == (second,)
    await owner.taps("Switch off")
    await owner.taps("Switch off")
    assert "No events are taken" in owner.text
    assert await live(runtime, product) == ()


async def test_a_sender_s_own_secret_is_deleted_from_the_chat_and_kept(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await open_hook(owner)
    await owner.taps("Send my own")
    await owner.says("short")
    assert "8 to 128 characters" in owner.text
    assert await live(runtime, product) == ()
    await owner.says(STRIPES)
    assert "The secret is kept" in owner.text
    assert STRIPES not in owner.text
    assert await live(runtime, product) == (STRIPES,)
    deleted = [call for call in owner.telegram.calls if type(call).__name__ == "DeleteMessage"]
    assert len(deleted) >= 2


async def test_a_test_event_goes_through_the_receiver(
    owner: Person, product: Product, runtime: Runtime, receiver: str
) -> None:
    await open_hook(owner)
    await owner.taps("Make a secret")
    await owner.taps("Done, the sender has it")
    await owner.taps("Send a test event")
    await owner.taps("Send nexus.test")
    assert "nexus.test was signed, sent and taken" in owner.text
    await owner.taps("Back")
    await owner.taps("Send a test event")
    for wrong in ("x" * 101, "sale\n[1]", "sale\n{"):
        await owner.says(wrong)
        assert "The event" in owner.text or "JSON object" in owner.text
    await owner.says('sale.big\n{"price": 1200, "<b>": "&"}')
    assert "sale.big was signed" in owner.text
    await owner.taps("Open the event")
    assert '"price": 1200' in owner.text
    async with runtime.unit_of_work() as session:
        found = [event for event, _ in await events.list_page(session)]
    assert {event.event_type for event in found} == {"nexus.test", "sale.big"}


async def test_a_receiver_that_is_not_there_is_said_so(owner: Person, product: Product) -> None:
    await open_hook(owner)
    await owner.taps("Make a secret")
    await owner.taps("Done, the sender has it")
    await owner.taps("Send a test event")
    await owner.taps("Send nexus.test")
    assert "The event was not taken" in owner.text


async def test_the_public_address_is_the_one_to_copy(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await open_hook(owner)
    await owner.taps("Make a secret")
    await owner.taps("Done, the sender has it")
    assert "PUBLIC_URL" in owner.text
    public = runtime.settings.model_copy(update={"public_url": AnyHttpUrl("https://nexus.example.org/")})
    owner.dispatcher = build_dispatcher(replace(runtime, settings=public))
    await open_hook(owner)
    assert "https://nexus.example.org/api/events/tea-co" in owner.text
    assert "PUBLIC_URL" not in owner.text
