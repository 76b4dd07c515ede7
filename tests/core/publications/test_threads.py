"""Does a thread go out part by part, and go on where it stopped?"""

import asyncio

import pytest

from core.errors import OutcomeUnknown, Rejected, Transient
from core.publications import resolution
from core.publications.models import PublicationStatus as S
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act

PARTS = ("one", "two", "three")


async def test_every_part_is_an_attempt_and_replies_to_the_one_before(world: World) -> None:
    publication = await world.plan(await world.content(thread=PARTS))
    await world.execute(publication)
    row = await world.read(publication)
    assert [(post.text, post.replies_to) for post in world.platform.wall] == [
        ("one", None), ("two", "p1"), ("three", "p2"),
    ]  # fmt: skip
    assert (row.status, row.thread_ids, row.platform_post_id) == (S.PUBLISHED, ["p1", "p2", "p3"], "p1")
    assert await world.attempts(publication) == [(n, 1, "confirmed") for n in range(3)]
    assert len(set(world.platform.calls)) == 3
    assert await world.kinds() == ["published"]


async def test_it_resumes_at_the_first_unsent_part(world: World) -> None:
    world.platform.then(Act(), Act(error=lambda: Transient("down")))
    publication = await world.plan(await world.content(thread=PARTS))
    await world.execute(publication)
    row = await world.read(publication)
    assert (row.status, row.thread_ids) == (S.SCHEDULED, ["p1"])
    world.later(hours=12)  # a thread that has begun is finished, however late
    assert await world.nudge() == 1
    await world.execute(publication)
    assert world.platform.texts == list(PARTS)
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_a_refused_part_fails_and_a_retry_goes_on_there(world: World) -> None:
    world.platform.then(Act(), Act(error=lambda: Rejected("bad")))
    publication = await world.plan(await world.content(thread=PARTS))
    await world.execute(publication)
    assert (await world.read(publication)).status == S.FAILED
    async with world.runtime.unit_of_work() as session:
        assert await resolution.retry(session, publication.id, now=world.clock.now())
        assert not await resolution.retry(session, publication.id, now=world.clock.now())
    await world.execute(publication)
    assert world.platform.texts == list(PARTS)


async def test_a_doubtful_part_confirmed_by_the_owner_is_not_sent_again(world: World) -> None:
    world.platform.then(Act(), Act(error=lambda: OutcomeUnknown("lost"), after=True))
    publication = await world.plan(await world.content(thread=PARTS))
    await world.execute(publication)
    assert (await world.read(publication)).status == S.UNCERTAIN
    async with world.runtime.unit_of_work() as session:
        assert await resolution.confirm_live(session, publication.id, now=world.clock.now())
    assert (await world.read(publication)).status == S.SCHEDULED
    await world.execute(publication)
    assert world.platform.texts == list(PARTS)
    assert world.platform.wall[2].replies_to == "p1"  # the id of the second is not known
    assert (await world.read(publication)).thread_ids == ["p1", "p3"]


async def test_stopping_between_two_parts_leaves_the_rest_for_later(world: World) -> None:
    world.platform.then(Act(), Act(hang=True, after=True))
    publication = await world.plan(await world.content(thread=PARTS))
    running = asyncio.ensure_future(world.execute(publication))
    await world.platform.arrived.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await world.read(publication)).status == S.UNCERTAIN
    assert await world.attempts(publication) == [(0, 1, "confirmed"), (1, 1, "unknown")]
