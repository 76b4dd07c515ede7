"""Pausing and going on, by command and by button: everything, a product, an automation."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from core.automations.models import Automation
from core.channels.models import Channel
from core.clock import ManualClock
from core.products import service as products
from core.products.models import Product
from core.publications.models import Publication
from core.runtime import Runtime
from core.settings import service as settings
from core.settings.service import Publishing
from tests.bot.person import Person

OWN = "A finished text.\nTwo.\nThree."


async def paused(runtime: Runtime) -> bool:
    async with runtime.unit_of_work() as session:
        return (await settings.get(session, Publishing)).paused


async def product_paused(runtime: Runtime, product: Product) -> bool:
    async with runtime.unit_of_work() as session:
        return (await products.get(session, product.id)).paused_at is not None


async def automation(runtime: Runtime, product: Product, name: str = "Mint") -> Automation:
    async with runtime.unit_of_work() as session:
        made = Automation(
            product_id=product.id,
            name=name,
            trigger_type="event",
            trigger_config={"event": "mint"},
            actions=[],
        )
        session.add(made)
        await session.flush()
        return made


async def test_everything_is_paused_in_two_taps_from_home_and_seen_everywhere(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await owner.says("/start")
    await owner.taps("Pause")
    await owner.taps("Pause everything")
    assert "nothing more goes out until you resume" in owner.text
    assert await paused(runtime)
    for command in ("/start", "/queue", "/status", "/pause"):
        await owner.says(command)
        assert "paused" in owner.text.lower(), command
        assert any("Resume" in label for label in owner.labels), command


async def test_a_double_tap_and_an_old_button_change_nothing(
    owner: Person, channel: Channel, runtime: Runtime, clock: ManualClock
) -> None:
    await owner.says("/pause")
    first = owner.screen
    await asyncio.gather(*(owner.taps("Pause everything", on=first) for _ in range(2)))
    assert await paused(runtime)
    held = owner.screen
    await owner.taps("Resume", on=held)
    assert not await paused(runtime)
    assert "Publishing goes on" in owner.text
    await owner.taps("Resume", on=held)
    assert "an earlier pause, so nothing was done" in owner.text
    clock.advance(timedelta(minutes=5))
    await owner.says("/pause all")
    await owner.taps("Resume", on=held)
    assert (
        sum("an earlier pause, so nothing was done" in (message.text or "") for message in owner.messages)
        == 1
    )
    assert await paused(runtime)


async def test_commands_take_everything_a_product_or_an_automation(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    rule = await automation(runtime, product)
    await owner.says("/pause Всё")
    assert await paused(runtime)
    await owner.says("/pause everything")
    assert "paused already" in owner.text
    await owner.says("/resume all")
    assert not await paused(runtime)
    await owner.says("/resume all")
    assert "Nothing is paused" in owner.text
    for name in ("tea-co", "TEA & co"):
        await owner.says(f"/pause {name}")
        assert "“Tea & Co” is paused. Its posts wait" in owner.text
        assert await product_paused(runtime, product)
        await owner.says(f"/pause {name}")
        assert "is paused already" in owner.text
        await owner.says(f"/resume {name}")
        assert "“Tea & Co” publishes again" in owner.text
        await owner.says(f"/resume {name}")
        assert "is not paused" in owner.text
    await owner.says("/pause mint")
    assert "“Mint” is off" in owner.text
    async with runtime.unit_of_work() as session:
        assert not (await session.get_one(Automation, rule.id)).enabled
    await owner.says("/resume MINT")
    assert "“Mint” is on" in owner.text
    await owner.says("/pause <b>nothing</b> like that")
    assert "neither a product nor an automation called “<b>nothing</b> like that”" in owner.text
    assert any("Pause everything" in label for label in owner.labels)


async def test_a_name_that_several_have_is_asked_about(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await automation(runtime, product, "tea & co")
    await owner.says("/pause Tea & Co")
    assert "More than one thing is called" in owner.text
    assert not await product_paused(runtime, product)
    await owner.taps("⏸ Tea & Co")
    assert await product_paused(runtime, product)


async def test_a_product_is_paused_and_resumed_by_buttons(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/pause")
    await owner.taps("⏸ Tea & Co")
    assert await product_paused(runtime, product)
    held = owner.screen
    await owner.taps("▶️ Tea & Co")
    assert not await product_paused(runtime, product)
    await owner.taps("▶️ Tea & Co", on=held)
    assert "nothing was done" in owner.text


async def test_the_status_names_the_products_that_are_paused(
    owner: Person, runtime: Runtime, product: Product, clock: ManualClock
) -> None:
    await owner.says("/status")
    assert "Paused product" not in owner.text
    async with runtime.unit_of_work() as session:
        await products.pause(session, product.id, now=clock.now())
    await owner.says("/status")
    assert "Paused product: Tea & Co" in owner.text
    await owner.taps("Resume")


async def test_resuming_says_what_became_late(
    owner: Person, channel: Channel, runtime: Runtime, clock: ManualClock
) -> None:
    for number in range(3):
        await owner.says(f"{OWN} {number}")
        await owner.taps("Schedule")
        await owner.taps("next free slot")
    await owner.says("/pause all")
    clock.advance(timedelta(hours=12))
    await owner.says("/resume all")
    assert "Too late by now: 3 posts" in owner.text
    async with runtime.unit_of_work() as session:
        found = list(await session.scalars(select(Publication.status)))
    assert found == ["missed"] * 3


async def test_the_product_s_card_says_it_too(owner: Person, channel: Channel, clock: ManualClock) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next free slot")
    await owner.says("/products")
    await owner.taps("Tea & Co")
    await owner.taps("Pause")
    clock.advance(timedelta(hours=12))
    await owner.taps("Resume")
    assert "Too late by now: 1 post" in owner.text
