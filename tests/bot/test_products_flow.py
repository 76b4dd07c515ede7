"""Products: the list by pages, a card, and everything that can be changed on it."""

import asyncio

from core.channels.models import Channel
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import buttons_of

OWN = "A finished text.\nTwo.\nThree."


async def _product(runtime: Runtime, product: Product) -> Product:
    async with runtime.unit_of_work() as session:
        return await products.get(session, product.id)


async def test_the_card_shows_the_product_with_its_numbers(owner: Person, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.says(OWN + " Another")
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says("/products")
    await owner.taps("Tea & Co")
    for words in ("Tea & Co", "tea-co", "@tea", "Drafts: 1", "queued: 1", "not set", "current product"):
        assert words in owner.text, words
    assert not any("Make current" in label for label in owner.labels)


async def test_many_products_come_in_pages(owner: Person, runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        for number in range(10):
            await products.create(session, name=f"Product {number}")
    await owner.says("/products")
    assert "· 10." in owner.text
    await owner.taps("›")
    assert "2/2" in " ".join(owner.labels)
    await owner.taps("Product 9")
    await owner.taps("Make current")
    assert "Now working on “Product 9”" in owner.text
    await owner.taps("‹ Products")
    assert "1/2" in " ".join(owner.labels)


async def test_name_and_description_are_edited_and_bad_input_asks_again(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/products")
    await owner.taps("Tea & Co")
    await owner.taps("Name")
    await owner.says("x" * 300)
    assert "Too long" in owner.text
    await owner.says("Coffee <b>& Co")
    assert "The new name is saved" in owner.text
    assert "Coffee <b>& Co" in owner.text
    await owner.taps("Description")
    assert "Remove the description" not in " ".join(owner.labels)
    await owner.says("Coffee for those who wait")
    assert "Coffee for those who wait" in owner.text
    await owner.taps("Description")
    await owner.taps("Cancel")
    assert "Coffee for those who wait" in owner.text
    found = await _product(runtime, product)
    assert (found.name, found.slug, found.description) == (
        "Coffee <b>& Co", "tea-co", "Coffee for those who wait",
    )  # fmt: skip
    await owner.taps("Description")
    await owner.taps("Remove the description")
    assert (await _product(runtime, product)).description is None
    assert "No description yet" in owner.text


async def test_a_product_is_paused_and_resumed_once(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/products")
    await owner.taps("Tea & Co")
    card = owner.screen
    await asyncio.gather(*(owner.taps("Pause", on=card) for _ in range(2)))
    assert (await _product(runtime, product)).paused_at is not None
    assert "Paused" in owner.text
    await owner.taps("Pause", on=card)
    assert "nothing was done" in owner.text
    await owner.taps("Resume")
    assert (await _product(runtime, product)).paused_at is None


async def test_a_product_is_archived_after_a_question_and_restored_paused(
    owner: Person, channel: Channel, product: Product, runtime: Runtime
) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says("/products")
    await owner.taps("Tea & Co")
    card = owner.screen
    await owner.taps("Archive")
    assert "1 queued post will wait" in owner.text
    await owner.taps("‹ Back")
    assert (await _product(runtime, product)).archived_at is None
    await owner.taps("Archive")
    await owner.taps("Archive it")
    assert (await _product(runtime, product)).archived_at is not None
    for label in ("Make current", "Pause", "Archive"):
        if any(label in text for text, _ in buttons_of(card.reply_markup)):
            await owner.taps(label, on=card)
            assert "nothing was done" in owner.text, label
    await owner.says("/products")
    assert "There are no products yet" in owner.text
    await owner.taps("Archive · 1")
    await owner.taps("Tea & Co")
    await owner.taps("Restore")
    assert "back, and paused" in owner.text
    found = await _product(runtime, product)
    assert found.archived_at is None
    assert found.paused_at is not None
    await owner.says("/queue")
    await owner.taps("#1")
    assert "paused" in owner.text.lower()


async def test_every_button_of_the_card_leads_somewhere(owner: Person, product: Product) -> None:
    await owner.says("/products")
    await owner.taps("Tea & Co")
    card = owner.screen
    for label, data in buttons_of(card.reply_markup):
        await owner.taps_data(data, card)
        assert "Something broke" not in owner.text, label
        assert owner.labels, label
