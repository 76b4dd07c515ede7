"""Does an approval run out, once, and is the owner told?"""

import asyncio
from datetime import timedelta

import pytest

from core.content import expiry
from core.content import service as content_service
from core.content.models import Content, ContentStatus
from core.errors import Stale
from core.publications import scheduling
from core.publications.errors import NotApproved
from core.publications.models import PublicationStatus as S
from core.publications.scheduling import At
from tests.core.publications.conftest import World


async def _expire(world: World) -> int:
    async with world.runtime.unit_of_work() as session:
        return await expiry.expire(session, world.clock.now())


async def _read(world: World, content: Content) -> Content:
    async with world.runtime.unit_of_work() as session:
        return await content_service.get(session, content.id)


async def test_without_the_setting_an_approval_holds_for_ever(world: World) -> None:
    content = await world.content()
    world.later(days=300)
    assert await _expire(world) == 0
    assert (await _read(world, content)).approval_expires_at is None


async def test_it_runs_out_to_the_minute_and_is_told_once(world: World) -> None:
    await world.publishing(approval_hours=24)
    content = await world.content()
    assert (await _read(world, content)).approval_expires_at == world.clock.now() + timedelta(hours=24)
    world.later(hours=23, minutes=59)
    assert await _expire(world) == 0
    world.later(minutes=1)
    assert sorted(await asyncio.gather(*(_expire(world) for _ in range(4)))) == [0, 0, 0, 1]
    found = await _read(world, content)
    assert (found.status, found.approved_version) == (ContentStatus.DRAFT, None)
    assert await world.told() == [("approval_expired", {"content_id": str(content.id), "version": 1})]


async def test_an_expired_approval_publishes_nothing_even_before_the_sweep(world: World) -> None:
    await world.publishing(approval_hours=1)
    content = await world.content()
    later = world.clock.now() + timedelta(hours=2)
    publication = await world.plan(content, At(later))
    world.later(hours=2)
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(NotApproved):
            await scheduling.schedule(
                session, content_id=content.id, version=1, when=At(later), now=world.clock.now()
            )
    await world.execute(publication)
    assert (await world.read(publication)).status == S.MISSED
    assert world.platform.calls == []


@pytest.mark.parametrize("swept", [True, False])
async def test_it_can_be_given_again_and_what_was_planned_goes_out(world: World, swept: bool) -> None:
    await world.publishing(approval_hours=1)
    content = await world.content()
    publication = await world.plan(content, At(world.clock.now() + timedelta(hours=3)))
    world.later(hours=2)
    if swept:
        await _expire(world)
    async with world.runtime.unit_of_work() as session:
        assert await content_service.approve(session, content.id, version=1, now=world.clock.now())
    async with world.runtime.unit_of_work() as session:
        assert not await content_service.approve(session, content.id, version=1, now=world.clock.now())
    world.later(minutes=59)
    assert await _expire(world) == 0
    world.later(seconds=30)
    async with world.runtime.unit_of_work() as session:
        await scheduling.reschedule(
            session, publication.id, moment=world.clock.now(), now=world.clock.now(), force=True
        )
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_an_edit_ends_the_term_and_the_new_version_gets_its_own(world: World) -> None:
    await world.publishing(approval_hours=1)
    content = await world.content()
    async with world.runtime.unit_of_work() as session:
        edited = await content_service.edit(session, content.id, expected_version=1, text="Changed")
        assert edited.approval_expires_at is None
    world.later(hours=5)
    assert await _expire(world) == 0
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await content_service.approve(session, content.id, version=1, now=world.clock.now())
        assert await content_service.approve(session, content.id, version=2, now=world.clock.now())
    assert (await _read(world, content)).approval_expires_at == world.clock.now() + timedelta(hours=1)


async def test_what_is_out_somewhere_needs_no_second_approval(world: World) -> None:
    await world.publishing(approval_hours=1)
    content = await world.content()
    await world.execute(await world.plan(content))
    world.later(hours=9)
    assert await _expire(world) == 0
    assert (await _read(world, content)).status == ContentStatus.PUBLISHED
