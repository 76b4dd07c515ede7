"""A product's own milestones in the chat: added, refused when they are none, taken away, and celebrated."""

from typing import Any

import pytest

from bot.screens.products import callbacks as cb
from core.analytics import milestones as passing
from core.products import milestones
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person


async def settings_of(runtime: Runtime, product: Product) -> dict[str, Any]:
    async with runtime.unit_of_work() as session:
        found = await session.get(Product, product.id)
        assert found is not None
        return found.settings


@pytest.fixture
async def opened(owner: Person, product: Product, runtime: Runtime) -> Person:
    """The screen, of a product that has other settings too."""
    async with runtime.unit_of_work() as session:
        found = await session.get(Product, product.id)
        assert found is not None
        found.settings = {"other": 1, "milestones": {"followers": [1500, "odd", True, -1]}}
    await owner.says("/products")
    await owner.taps("Tea & Co")
    await owner.taps("Milestones")
    return owner


async def test_numbers_are_added_taken_away_and_cleared(
    opened: Person, product: Product, runtime: Runtime
) -> None:
    owner = opened
    assert "Your own: 1,500" in owner.text
    await owner.taps("➕ Views")
    await owner.says("75000 3000; 3000")
    assert "Your own: 3,000, 75,000" in owner.text
    assert await settings_of(runtime, product) == {
        "other": 1,
        "milestones": {"followers": [1500], "reach": [3000, 75000]},
    }
    wished = passing.wished(await settings_of(runtime, product), "reach")
    assert passing.passed("reach", 2500, 3100, wished) == 3000  # it is celebrated from now on
    shown = owner.screen
    await owner.taps("✖ 👁 3,000", on=shown)
    await owner.taps("✖ 👁 3,000", on=shown)  # a second tap is harmless
    assert "Your own: 75,000" in owner.text
    await owner.taps("Only the round ones")
    assert await settings_of(runtime, product) == {"other": 1}
    assert "Only the round numbers" in owner.text
    await owner.taps("Back")
    assert "Tea & Co" in owner.text


@pytest.mark.parametrize(
    "typed", ["many", "1,500", "0", "-5", "1.5", "007", "1e9", "9999999999999", "75 000"]
)
async def test_what_is_no_milestone_is_explained_and_another_is_waited_for(
    opened: Person, product: Product, runtime: Runtime, typed: str
) -> None:
    await opened.taps("➕ Followers")
    await opened.says(typed)
    assert "⚠️" in opened.text
    assert milestones.own(await settings_of(runtime, product))["followers"] == [1500]
    await opened.says("2500")
    assert milestones.own(await settings_of(runtime, product))["followers"] == [1500, 2500]


async def test_there_is_room_for_so_many(opened: Person, product: Product, runtime: Runtime) -> None:
    await opened.taps("➕ Followers")
    await opened.says(" ".join(str(n) for n in range(1, milestones.MOST + 1)))
    assert f"room for {milestones.MOST}" in opened.text
    assert milestones.own(await settings_of(runtime, product))["followers"] == [1500]


async def test_of_a_product_that_is_gone(opened: Person, product: Product, runtime: Runtime) -> None:
    old = opened.screen
    async with runtime.unit_of_work() as session:
        await session.delete(await session.get(Product, product.id))
    await opened.taps_data(cb.ClearMilestones(product=product.id).pack(), old)
    assert opened.labels  # an answer with a way on, not silence
