"""Is the owner told of the same text, and of two posts in one hour, before planning?"""

from datetime import datetime, timedelta

import pytest

from core.content.models import Content
from core.publications import warnings
from core.publications.models import PublicationStatus as S
from core.publications.scheduling import At
from core.publications.warnings import WarningKind
from tests.conftest import START
from tests.core.publications.conftest import World

DAY = timedelta(days=1)


async def told(world: World, content: Content, moment: datetime) -> list[tuple[WarningKind, int]]:
    async with world.runtime.unit_of_work() as session:
        found = await warnings.of_content(session, content.id, moment)
    return [(warning.kind, warning.number) for warning in found]


async def test_the_same_text_within_thirty_days(world: World) -> None:
    earlier = await world.content("The  Same\nwords")
    publication = await world.plan(earlier, At(START + DAY))
    again, other = await world.content("the  same\nWORDS"), await world.content("Other words")
    same = [(WarningKind.SAME_TEXT, earlier.number)]
    assert await told(world, again, START + 20 * DAY) == same
    assert await told(world, again, START + 32 * DAY) == []
    assert await told(world, other, START + 20 * DAY) == []
    assert await told(world, earlier, START + 20 * DAY) == []  # it is the post itself
    world.clock.set(START + DAY)
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED
    assert await told(world, again, START + 20 * DAY) == same
    async with world.runtime.unit_of_work() as session:
        moved = await world.plan(again, At(START + 40 * DAY))
        (warning,) = await warnings.of_publication(session, moved.id, START + 12 * DAY)
    assert (warning.number, warning.platform, warning.moment) == (earlier.number, "scripted", START + DAY)


@pytest.mark.parametrize("minutes", [-59, 0, 59])
async def test_two_posts_in_one_hour(world: World, minutes: int) -> None:
    first = await world.content("One")
    await world.plan(first, At(START + 2 * DAY))
    moment = START + 2 * DAY + timedelta(minutes=minutes)
    second = await world.content("Two")
    assert await told(world, second, moment) == [(WarningKind.SAME_HOUR, first.number)]
    assert await told(world, second, moment + timedelta(hours=2)) == []


async def test_the_text_of_the_platform_counts(world: World) -> None:
    await world.plan(await world.content("Same", thread=("one", "two")), At(START + DAY))
    assert await told(world, await world.content("Same"), START + 3 * DAY) == []
    double = await world.content("Same", thread=("One", "two"))
    assert [kind for kind, _ in await told(world, double, START + 3 * DAY)] == [WarningKind.SAME_TEXT]
