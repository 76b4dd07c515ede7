"""Are rows that somebody writes with plain SQL published, with nothing but the data model's columns?"""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import text

from core.content import service as content_service
from core.content.models import Content
from core.errors import Transient
from core.publications import resolution, scheduling
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from tests.conftest import START
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act


async def by_hand(world: World, *, at: datetime = START, content_id: uuid.UUID | None = None) -> Publication:
    async with world.runtime.unit_of_work() as session:
        if content_id is None:
            content_id = await session.scalar(
                text("INSERT INTO content (product_id, original_text) VALUES (:p, 'By hand') RETURNING id"),
                {"p": world.product_id},
            )
        publication_id = await session.scalar(
            text(
                "INSERT INTO publications (content_id, channel_id, scheduled_at) VALUES (:c, :ch, :at) RETURNING id"
            ),
            {"c": content_id, "ch": world.channel_id, "at": at},
        )
        return await session.get_one(Publication, publication_id)


async def test_it_is_found_sent_and_told(world: World) -> None:
    publication = await by_hand(world)
    assert await world.nudge() == 1
    await world.execute(publication)
    row = await world.read(publication)
    assert (row.status, row.content_version, row.platform_url) == (S.PUBLISHED, 1, "https://scripted.test/p1")
    assert world.platform.texts == ["By hand"]
    assert await world.kinds() == ["published"]
    async with world.runtime.unit_of_work() as session:
        assert (await session.get_one(Content, publication.content_id)).status == "published"


async def test_it_needs_no_approval_on_a_second_try_either(world: World) -> None:
    world.platform.then(Act(error=lambda: Transient("down")))
    publication = await by_hand(world)
    await world.execute(publication)
    world.later(minutes=1)
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED
    assert len(set(world.platform.calls)) == 1


async def test_the_text_is_pinned_by_the_first_claim(world: World) -> None:
    world.platform.then(Act(error=lambda: Transient("down")))
    publication = await by_hand(world)
    await world.execute(publication)
    async with world.runtime.unit_of_work() as session:
        await content_service.edit(session, publication.content_id, expected_version=1, text="Unapproved")
    world.later(minutes=1)
    await world.execute(publication)
    # The edit saved the text before it as a version, so that it still goes out as it was pinned.
    assert world.platform.texts == ["By hand"]
    row = await world.read(publication)
    assert (row.status, row.content_version) == (S.PUBLISHED, 1)


async def test_the_same_content_may_go_out_twice_by_hand(world: World) -> None:
    first = await by_hand(world)
    second = await by_hand(world, at=START + timedelta(days=1), content_id=first.content_id)
    third = await by_hand(world, content_id=first.content_id)
    await world.execute(first)
    await world.execute(third)
    world.later(days=1)
    await world.execute(second)
    assert world.platform.texts == ["By hand"] * 3


async def test_far_too_late_by_hand_is_asked_about(world: World) -> None:
    publication = await by_hand(world, at=START - timedelta(days=3))
    await world.nudge()
    assert await world.told() == [("late", {"publication_ids": [str(publication.id)], "causes": ["outage"]})]
    async with world.runtime.unit_of_work() as session:
        assert await resolution.accept_late(session, [publication.id], now=world.clock.now()) == 1
    await world.execute(publication)
    assert world.platform.texts == ["By hand"]


async def test_it_can_be_moved_without_an_approval(world: World) -> None:
    publication = await by_hand(world, at=START + timedelta(hours=1))
    async with world.runtime.unit_of_work() as session:
        moved = await scheduling.reschedule(
            session, publication.id, moment=START + timedelta(hours=9), now=world.clock.now()
        )
    assert moved.content_version is None
    world.later(hours=9)
    await world.execute(publication)
    assert world.platform.texts == ["By hand"]


async def test_planning_the_same_content_takes_the_row_over_instead_of_doubling_it(world: World) -> None:
    content = await world.content("Hello")
    publication = await by_hand(world, at=START + timedelta(hours=1), content_id=content.id)
    planned = await world.plan(content)
    assert (planned.id, planned.content_version, planned.scheduled_at) == (publication.id, 1, START)
