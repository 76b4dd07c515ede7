"""Is the owner told when posts stay where they are, and when they move again?"""

from datetime import timedelta

from sqlalchemy import select

from core.notifications.models import Trouble
from core.products import service as products
from core.publications import stalled
from core.publications.scheduling import At
from tests.conftest import START
from tests.core.publications.conftest import World

LATE = timedelta(minutes=5)


async def look(world: World) -> tuple[int, set[str]]:
    async with world.runtime.unit_of_work() as session:
        staying = await stalled.look(session, world.clock.now())
        open_ = await session.scalars(select(Trouble.key))
        return staying, set(open_.all())


async def test_posts_that_stay_are_told_of_until_they_move(world: World) -> None:
    post = await world.plan(await world.content("Stays"), At(START))
    world.clock.set(START + LATE)
    assert (await look(world))[0] == 0
    world.clock.set(START + LATE + timedelta(seconds=1))
    staying, troubles = await look(world)
    assert staying == 1
    assert stalled.KEY in troubles
    await world.execute(post)
    assert (await look(world))[0] == 0


async def test_a_held_post_does_not_stay(world: World) -> None:
    await world.plan(await world.content("Held"), At(START))
    async with world.runtime.unit_of_work() as session:
        await products.pause(session, world.product_id, now=world.clock.now())
    world.clock.set(START + 2 * LATE)
    assert (await look(world))[0] == 0
