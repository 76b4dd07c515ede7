"""Is nothing published that the owner has not approved as it stands?"""

import asyncio

import pytest

from core.content import service as content_service
from core.errors import Rejected, Stale, Transient
from core.publications import resolution, scheduling
from core.publications.errors import NotApproved
from core.publications.models import PublicationStatus as S
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act


async def edit(world: World, content_id: object, *, approve: bool = False) -> None:
    async with world.runtime.unit_of_work() as session:
        content = await content_service.get(session, content_id)  # type: ignore[arg-type]
        await content_service.edit(session, content.id, expected_version=content.version, text="Edited")
    if approve:
        async with world.runtime.unit_of_work() as session:
            await content_service.approve(session, content.id, version=content.version, now=world.clock.now())


@pytest.mark.parametrize("approve", [False, True])
async def test_an_edit_stops_what_was_planned_and_tells(world: World, approve: bool) -> None:
    publication = await world.plan()
    await edit(world, publication.content_id, approve=approve)
    await world.execute(publication)
    await world.execute(publication)
    row = await world.read(publication)
    assert (row.status, row.error_code) == (S.MISSED, "not_approved")
    assert world.platform.calls == []
    assert await world.told() == [("missed", {"publication_id": str(publication.id)})]


async def test_an_edit_between_two_tries_stops_the_second(world: World) -> None:
    world.platform.then(Act(error=lambda: Transient("down")))
    publication = await world.plan()
    await world.execute(publication)
    await edit(world, publication.content_id)
    world.later(minutes=1)
    await world.execute(publication)
    assert (await world.read(publication)).error_code == "not_approved"
    assert len(world.platform.calls) == 1


async def test_a_missed_post_goes_out_after_the_new_text_is_approved_and_a_time_chosen(world: World) -> None:
    publication = await world.plan()
    await edit(world, publication.content_id)
    await world.execute(publication)
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(NotApproved):
            await scheduling.reschedule(
                session, publication.id, moment=world.clock.now(), now=world.clock.now()
            )
    async with world.runtime.unit_of_work() as session:
        await content_service.approve(session, publication.content_id, version=2, now=world.clock.now())
        await scheduling.reschedule(session, publication.id, moment=world.clock.now(), now=world.clock.now())
    await world.execute(publication)
    assert world.platform.texts == ["Edited"]


async def test_retry_after_an_edit_sends_the_approved_text_under_a_new_key(world: World) -> None:
    world.platform.then(Act(error=lambda: Rejected("bad")))
    publication = await world.plan()
    await world.execute(publication)
    await edit(world, publication.content_id)
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(NotApproved):
            await resolution.retry(session, publication.id, now=world.clock.now())
    async with world.runtime.unit_of_work() as session:
        await content_service.approve(session, publication.content_id, version=2, now=world.clock.now())
        assert await resolution.retry(session, publication.id, now=world.clock.now())
    await world.execute(publication)
    assert world.platform.texts == ["Edited"]
    assert len(set(world.platform.calls)) == 2


async def test_retry_beside_a_newer_plan_is_refused(world: World) -> None:
    content = await world.content()
    world.platform.then(Act(error=lambda: Rejected("bad")))
    publication = await world.plan(content)
    await world.execute(publication)
    newer = await world.plan(content)
    assert newer.id != publication.id
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await resolution.retry(session, publication.id, now=world.clock.now())


async def test_rejecting_a_draft_cancels_its_plans(world: World) -> None:
    publication = await world.plan()
    async with world.runtime.unit_of_work() as session:
        await content_service.reject(session, publication.content_id, version=1)
    await world.execute(publication)
    assert (await world.read(publication)).status == S.CANCELLED
    assert world.platform.calls == []


async def test_an_edit_during_the_call_keeps_the_new_draft_a_draft(world: World) -> None:
    world.platform.then(Act(hang=True))
    publication = await world.plan()
    running = asyncio.ensure_future(world.execute(publication))
    await world.platform.arrived.wait()
    await edit(world, publication.content_id)
    world.platform.released.set()
    await running
    assert (await world.read(publication)).status == S.PUBLISHED
    assert world.platform.texts == ["Hello"]
    async with world.runtime.unit_of_work() as session:
        assert (await content_service.get(session, publication.content_id)).status == "draft"
