"""Does a platform that is switched off for a post stay without it?"""

import dataclasses

import pytest

from core.content import forms, outlets
from core.content import service as content_service
from core.content.models import Content
from core.errors import InvalidInput, Rejected
from core.publications import resolution, scheduling
from core.publications.errors import NoChannel, SwitchedOff
from core.publications.scheduling import NextFree
from tests.core.publications.conftest import World, add_channel
from tests.fakes.platforms.scripted import Act, Scripted


@pytest.fixture
async def two(world: World) -> World:
    """The world with a second platform."""
    other = Scripted(slug="other")
    platforms = {**world.runtime.platforms, "other": other.platform()}
    runtime = dataclasses.replace(world.runtime, platforms=platforms)
    async with runtime.unit_of_work() as session:
        await add_channel(session, runtime, world.product_id, "other")
    return dataclasses.replace(world, runtime=runtime)


async def _switch(world: World, content: Content, platform: str, *, on: bool) -> Content:
    async with world.runtime.unit_of_work() as session:
        found = await content_service.get(session, content.id)
        return await outlets.switch(
            session, content.id, expected_version=found.version, platform=platform, on=on
        )


async def test_it_is_part_of_the_version_and_comes_back_with_it(two: World) -> None:
    content = await two.content()
    off = await _switch(two, content, "other", on=False)
    assert (off.version, off.approved_version, forms.switched_off(off.adapted)) == (
        2,
        None,
        frozenset({"other"}),
    )
    same = await _switch(two, content, "other", on=False)
    assert same.version == 2
    async with two.runtime.unit_of_work() as session:
        words = await content_service.edit(
            session, content.id, expected_version=2, text="New", adapted={"other": {"text": "Own"}}
        )
        assert words.adapted == {"other": {"text": "Own", "off": True}}
    async with two.runtime.unit_of_work() as session:
        first = await content_service.restore(session, content.id, expected_version=3, version=1)
        assert first.adapted == {}


async def test_the_last_one_stays_on(two: World) -> None:
    content = await two.content()
    await _switch(two, content, "other", on=False)
    with pytest.raises(InvalidInput):
        await _switch(two, content, two.platform.slug, on=False)


async def test_neither_a_plan_nor_a_retry_reaches_it(two: World) -> None:
    two.platform.then(Act(error=lambda: Rejected("bad")))
    content = await two.content()
    async with two.runtime.unit_of_work() as session:
        planned = await scheduling.schedule(
            session, content_id=content.id, version=1, when=NextFree(), now=two.clock.now()
        )
    assert len(planned) == 2
    mine = next(row for row in planned if row.channel_id == two.channel_id)
    two.clock.advance(mine.scheduled_at - two.clock.now())
    await two.execute(mine)
    off = await _switch(two, content, two.platform.slug, on=False)
    async with two.runtime.unit_of_work() as session:
        await content_service.approve(session, content.id, version=off.version, now=two.clock.now())
        with pytest.raises(SwitchedOff):
            await resolution.retry(session, mine.id, now=two.clock.now())
        with pytest.raises(NoChannel):
            await scheduling.schedule(
                session,
                content_id=content.id,
                version=off.version,
                channel_ids=[two.channel_id],
                when=NextFree(),
                now=two.clock.now(),
            )
