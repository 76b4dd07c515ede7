"""Does nothing leave while publishing is paused, and is what became late not sent in a burst afterwards?"""

import asyncio
import uuid
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from core.content import service as content_service
from core.errors import Stale
from core.products import service as products
from core.products.models import Product
from core.publications import dispatch, pausing, scheduling
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from core.publications.pausing import Resumed
from core.publications.scheduling import At
from core.settings import service as settings
from core.settings.service import Publishing
from tests.conftest import START
from tests.core.publications.conftest import World, add_channel
from tests.fakes.platforms.scripted import Act


async def pause(world: World) -> bool:
    async with world.runtime.unit_of_work() as session:
        return await pausing.pause_everything(session, now=world.clock.now())


async def resume(world: World) -> Resumed:
    async with world.runtime.unit_of_work() as session:
        since = (await settings.get(session, Publishing)).paused_at
        return await pausing.resume_everything(session, since=since, now=world.clock.now())


async def posts(world: World, count: int = 6) -> list[Publication]:
    return [await world.plan(when=At(START + timedelta(minutes=number))) for number in range(count)]


async def send_everything(world: World, planned: list[Publication]) -> None:
    """Do whatever workers and schedulers do."""
    async with world.runtime.unit_of_work() as session:
        overlooked = await dispatch.overlooked(session, world.clock.now())
    assert set(overlooked) <= {publication.id for publication in planned}
    await asyncio.gather(world.nudge(), *[world.execute(publication) for publication in planned])


async def test_nothing_leaves_while_everything_is_paused(world: World) -> None:
    planned = await posts(world)
    assert await pause(world)
    assert not await pause(world)
    for _ in range(8):
        await send_everything(world, planned)
        world.later(minutes=1)
    assert world.platform.calls == []
    assert {(await world.read(post)).status for post in planned} == {S.SCHEDULED}


async def test_nothing_begins_after_the_pause_has_been_answered(world: World) -> None:
    """Whatever a worker does in the very same moment: it is under way before the pause is committed, or stays."""
    begun_before = 0
    for _ in range(25):
        publication = await world.plan()
        already = len(world.platform.calls)
        before: list[int] = []

        async def stop(before: list[int] = before) -> None:
            await pause(world)
            async with world.runtime.unit_of_work() as session:
                query = select(func.count()).where(Publication.status.in_([S.PUBLISHING, S.PUBLISHED]))
                before.append(await session.scalar(query) or 0)

        await asyncio.gather(world.execute(publication), stop(), world.execute(publication, "w2"))
        after = len(world.platform.calls)
        assert after == before[0], "a post was claimed after the pause had been committed"
        begun_before += after - already
        async with world.runtime.unit_of_work() as session:
            await settings.change(session, Publishing, paused=False, paused_at=None)
            await scheduling.cancel(session, publication.id, now=world.clock.now())
    assert begun_before < 25, "the pause never won: the test says nothing"


async def test_a_product_s_pause_waits_for_claims_too(world: World) -> None:
    for _ in range(15):
        publication = await world.plan()
        before: list[int] = []

        async def stop(before: list[int] = before) -> None:
            async with world.runtime.unit_of_work() as session:
                await products.pause(session, world.product_id, now=world.clock.now())
            async with world.runtime.unit_of_work() as session:
                query = select(func.count()).where(Publication.status.in_([S.PUBLISHING, S.PUBLISHED]))
                before.append(await session.scalar(query) or 0)

        await asyncio.gather(world.execute(publication), stop())
        assert len(world.platform.calls) == before[0]
        async with world.runtime.unit_of_work() as session:
            await products.resume(session, world.product_id)
            await scheduling.cancel(session, publication.id, now=world.clock.now())


async def test_a_thread_under_way_is_finished_and_counted(world: World) -> None:
    content = await world.content(thread=("one", "two"))
    publication = await world.plan(content)
    world.platform.then(Act(hang=True))
    sending = asyncio.ensure_future(world.execute(publication))
    await world.platform.arrived.wait()
    await pause(world)
    async with world.runtime.unit_of_work() as session:
        assert await pausing.underway(session) == 1
    world.platform.released.set()
    await sending
    assert world.platform.texts == ["one", "two"]


async def test_late_posts_are_asked_about_in_one_digest(world: World) -> None:
    planned = await posts(world)
    await pause(world)
    world.later(hours=5)
    assert await resume(world) == Resumed(asked=6)
    await send_everything(world, planned)
    assert world.platform.calls == []
    [(kind, payload)] = await world.told()
    assert (kind, payload["causes"]) == ("late", ["pause"])


async def test_late_posts_are_skipped_where_that_is_their_policy(world: World) -> None:
    await world.publishing(late_policy="skip")
    await posts(world)
    await pause(world)
    world.later(hours=5)
    assert await resume(world) == Resumed(skipped=6)


@pytest.mark.parametrize("policy", ["publish", "ask"])
async def test_what_is_sent_all_the_same_goes_out_spaced(world: World, policy: str) -> None:
    await world.publishing(late_policy=policy, late_after_minutes=600, min_gap_hours=1, max_posts_per_day=4)
    async with world.runtime.unit_of_work() as session:
        await add_channel(session, world.runtime, world.product_id, "other")
    for number in range(6):
        content = await world.content()
        async with world.runtime.unit_of_work() as session:
            await scheduling.schedule(
                session, content_id=content.id, version=1, force=True, now=START,
                when=At(START + timedelta(minutes=number)),
            )  # fmt: skip
    ahead = await world.plan(when=At(START + timedelta(hours=7)))
    await pause(world)
    world.later(hours=5)
    assert await resume(world) == Resumed(now=2, spread=10)
    async with world.runtime.unit_of_work() as session:
        rows = list(
            await session.scalars(select(Publication).where(Publication.content_id != ahead.content_id))
        )
    moments = sorted({row.scheduled_at for row in rows})
    assert moments[0] == START  # the first one keeps its turn
    later = [*moments[1:], ahead.scheduled_at]
    assert all(second - first >= timedelta(hours=1) for first, second in pairwise(sorted(later)))
    assert min(later) >= world.clock.now() + timedelta(hours=1)
    today = [moment for moment in later if moment < START + timedelta(hours=12)]  # midnight at UTC+3
    assert len(today) == 3, "with the first one that makes four"


async def test_a_product_goes_on_by_itself_and_an_old_button_does_nothing(world: World) -> None:
    await posts(world, 2)
    paused_at = world.clock.now()
    async with world.runtime.unit_of_work() as session:
        await products.pause(session, world.product_id, now=paused_at)
    world.later(hours=5)
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await pausing.resume_product(
                session, world.product_id, since=paused_at - timedelta(seconds=1), now=world.clock.now()
            )
    async with world.runtime.unit_of_work() as session:
        resumed = await pausing.resume_product(
            session, world.product_id, since=paused_at, now=world.clock.now()
        )
    assert resumed == Resumed(asked=2)
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await pausing.resume_product(session, world.product_id, since=paused_at, now=world.clock.now())


async def test_a_product_resumed_while_everything_is_paused_still_waits(world: World) -> None:
    await posts(world, 2)
    async with world.runtime.unit_of_work() as session:
        await products.pause(session, world.product_id, now=START)
    await pause(world)
    world.later(hours=5)
    async with world.runtime.unit_of_work() as session:
        assert (await pausing.resume_product(session, world.product_id, now=world.clock.now())).total == 0
    assert await world.told() == []
    assert (await resume(world)).asked == 2


async def test_two_taps_on_resume_are_one(world: World) -> None:
    await posts(world, 3)
    await pause(world)
    world.later(hours=5)
    since = START

    async def tap() -> Resumed:
        async with world.runtime.unit_of_work() as session:
            return await pausing.resume_everything(session, since=since, now=world.clock.now())

    answers = await asyncio.gather(*[tap() for _ in range(4)], return_exceptions=True)
    assert sum(isinstance(answer, Resumed) for answer in answers) == 1
    assert sum(isinstance(answer, Stale) for answer in answers) == 3
    assert await world.kinds() == ["late"]


async def test_resuming_and_planning_at_once_do_not_lock_each_other_out(world: World) -> None:
    await world.publishing(late_policy="publish", min_gap_hours=1)
    planned = await posts(world, 8)
    await pause(world)
    world.later(hours=2)

    async def move(publication: Publication) -> None:
        async with world.runtime.unit_of_work() as session:
            await scheduling.reschedule(
                session, publication.id, moment=START + timedelta(hours=40), now=world.clock.now(), force=True
            )

    await asyncio.gather(resume(world), *[move(publication) for publication in planned], world.nudge())
    assert {(await world.read(post)).status for post in planned} == {S.SCHEDULED}


async def test_other_products_are_left_alone(world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        other = await products.create(session, name="Other")
        await products.pause(session, other.id, now=START)
        content = await content_service.create_draft(session, product_id=other.id, text="x")
    assert isinstance(content.id, uuid.UUID)
    await pause(world)
    await resume(world)
    async with world.runtime.unit_of_work() as session:
        assert (await session.get_one(Product, other.id)).paused_at == START
