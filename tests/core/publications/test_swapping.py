"""Do two posts change places once, and does a copy say what the publication said?"""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.content import service as content_service
from core.content.models import Content
from core.errors import Stale
from core.publications import copying, queries, swapping
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from core.publications.queries import Wanted
from core.publications.scheduling import At
from tests.conftest import START
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act

HOUR = timedelta(hours=1)


async def three(world: World) -> list[Publication]:
    contents = [await world.content(f"Post {number}") for number in range(3)]
    return [
        await world.plan(content, At(START + n * 3 * HOUR)) for n, content in enumerate(contents, start=1)
    ]


async def number_of(world: World, publication: Publication) -> int:
    async with world.runtime.unit_of_work() as session:
        return (await session.get_one(Content, publication.content_id)).number


async def swap(world: World, one: Publication, number: int, shown_hours: int) -> Publication:
    async with world.runtime.unit_of_work() as session:
        return await swapping.swap(
            session, one.id, number, shown_at=START + shown_hours * HOUR, now=world.clock.now()
        )


async def test_many_swaps_at_once_lose_no_place(world: World) -> None:
    posts = await three(world)
    numbers = [await number_of(world, post) for post in posts]
    wishes = [(0, 1), (1, 0), (1, 2), (2, 0), (0, 2), (2, 1)]
    tries = [swap(world, posts[a], numbers[b], (a + 1) * 3) for a, b in wishes for _ in range(2)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(result, Publication | Stale) for result in results)
    assert any(isinstance(result, Publication) for result in results)
    times = sorted([(await world.read(post)).scheduled_at for post in posts])
    assert times == [START + n * 3 * HOUR for n in (1, 2, 3)]


async def test_what_is_due_or_has_begun_keeps_its_place(world: World) -> None:
    first, second, third = await three(world)
    async with world.runtime.unit_of_work() as session:
        places, total = await swapping.candidates(session, first.id, now=world.clock.now(), limit=1)
    assert (total, [place.scheduled_at for place in places]) == (2, [START + 6 * HOUR])
    world.later(hours=3)
    with pytest.raises(Stale):
        await swap(world, first, await number_of(world, second), 3)
    with pytest.raises(Stale):
        await swap(world, second, await number_of(world, first), 6)
    await swap(world, second, await number_of(world, third), 6)
    assert (await world.read(third)).scheduled_at == START + 6 * HOUR


async def test_a_copy_says_what_was_published(world: World) -> None:
    content = await world.content("First words", thread=("one", "two"))
    publication = await world.plan(content)
    await world.execute(publication)
    async with world.runtime.unit_of_work() as session:
        await content_service.edit(session, content.id, expected_version=1, text="Second words", adapted={})

    async def copy(wish: int) -> Content:
        async with world.runtime.unit_of_work() as session:
            return await copying.duplicate(session, publication.id, wish=wish)

    copies = await asyncio.gather(*[copy(7) for _ in range(4)], copy(8))
    assert len({made.id for made in copies}) == 2
    assert {(made.original_text, made.status, made.version) for made in copies} == {
        ("First words", "draft", 1)
    }
    assert copies[0].adapted == {"scripted": {"thread": ["one", "two"]}}
    async with world.runtime.unit_of_work() as session:
        assert await session.scalar(select(func.count()).select_from(Content)) == 3


async def test_the_parts_of_the_queue_and_its_calendar(world: World) -> None:
    waiting, done, failed = await three(world)
    world.platform.then(Act(), Act(error=lambda: ValueError("broken")))
    world.later(hours=6)
    await world.execute(done)
    await world.execute(failed)
    async with world.runtime.unit_of_work() as session:
        counts = await queries.counts(session, product_id=world.product_id, platform="scripted")
        assert counts == {S.SCHEDULED: 2, S.PUBLISHED: 1}
        everything = Wanted(statuses=list(S))
        newest = await queries.page(session, everything, newest_first=True)
        assert [item.publication_id for item in newest.items] == [failed.id, done.id, waiting.id]
        span = Wanted(statuses=list(S), since=START + 4 * HOUR, until=START + 9 * HOUR)
        assert [item.publication_id for item in (await queries.page(session, span)).items] == [done.id]
        assert await queries.moments(session, span) == [START + 6 * HOUR]
        assert await queries.counts(session, platform="other") == {}
