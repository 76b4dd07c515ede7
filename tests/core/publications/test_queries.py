"""Does the owner see what waits, why it waits, and what happened?"""

import uuid
from datetime import timedelta

import pytest

from core.channels.models import Channel
from core.content import service as content_service
from core.errors import NotFound, OutcomeUnknown, Transient
from core.products.models import Product
from core.publications import queries
from core.publications.models import PublicationStatus as S
from core.publications.scheduling import At
from tests.conftest import START
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act


async def page(world: World, **filters: object) -> queries.QueuePage:
    async with world.runtime.unit_of_work() as session:
        return await queries.queue(session, **filters)  # type: ignore[arg-type]


async def test_the_queue_is_paged_in_order_and_shows_the_owner_s_clock(world: World) -> None:
    await world.zone("Europe/Berlin")
    for hours in (700, 30, 1):  # the first lies behind the change to summer time
        await world.plan(await world.content(f"in {hours} hours"), At(START + timedelta(hours=hours)))
    first = await page(world, limit=2)
    assert (first.total, [item.excerpt for item in first.items]) == (3, ["in 1 hours", "in 30 hours"])
    (last,) = (await page(world, offset=2, limit=2)).items
    assert last.excerpt == "in 700 hours"
    assert [item.local_at.strftime("%H:%M %z") for item in (*first.items, last)] == [
        "11:00 +0100", "16:00 +0100", "15:00 +0200",
    ]  # fmt: skip
    assert (await page(world, product_id=uuid.uuid4())).total == 0
    assert (await page(world, platform="scripted")).total == 3


async def test_the_queue_shows_the_pinned_text_and_what_holds_it(world: World) -> None:
    publication = await world.plan(await world.content("Approved"))
    async with world.runtime.unit_of_work() as session:
        await content_service.edit(session, publication.content_id, expected_version=1, text="Edited")
    (item,) = (await page(world)).items
    assert (item.excerpt, item.held_by, item.content_version) == ("Approved", None, 1)
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Channel, world.channel_id)).status = "error"
    assert (await page(world)).items[0].held_by == "channel-error"
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Product, world.product_id)).paused_at = START
    assert (await page(world)).items[0].held_by == "product-paused"
    await world.publishing(paused=True)
    assert (await page(world)).items[0].held_by == "paused"


async def test_what_needs_a_decision_stays_in_the_queue(world: World) -> None:
    done = await world.plan()
    await world.execute(done)
    world.platform.then(Act(error=lambda: OutcomeUnknown("lost")))
    doubtful = await world.plan()
    await world.execute(doubtful)
    late = await world.plan()
    world.later(hours=3)
    await world.nudge()
    found = {item.publication_id: item.status for item in (await page(world)).items}
    assert found == {doubtful.id: S.UNCERTAIN, late.id: S.MISSED}
    assert [item.publication_id for item in (await page(world, statuses=[S.PUBLISHED])).items] == [done.id]


async def test_details_show_the_ledger(world: World) -> None:
    world.platform.then(Act(), Act(error=lambda: Transient("down")))
    publication = await world.plan(await world.content(thread=("one", "two")))
    await world.execute(publication)
    async with world.runtime.unit_of_work() as session:
        view = await queries.details(session, publication.id)
        with pytest.raises(NotFound):
            await queries.details(session, uuid.uuid4())
    assert [(a.part, a.attempt, a.state, a.error_code) for a in view.attempts] == [
        (0, 1, "confirmed", None), (1, 1, "transient", "transient"),
    ]  # fmt: skip
    assert (view.parts_sent, view.parts, view.tries, view.product_name) == (1, 2, 1, "Shop")
    assert view.due_at == START + timedelta(minutes=1)
