"""Are several posts asked about with one call where there is one, and is nothing asked that the owner does without?"""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.analytics import collecting
from core.analytics.models import PublicationCollection
from core.channels.models import Channel
from core.errors import RateLimited, Rejected
from core.publications.models import Publication
from tests.core.analytics.shops import Shop


@pytest.fixture
async def together(shop: Shop) -> Shop:
    """A shop whose platform answers about several posts with one call; three posts are due."""
    shop.numbers.tells_many = True
    shop.runtime = dataclasses.replace(shop.runtime, platforms=shop.numbers.platforms())
    for number in ("p1", "p2", "p3"):
        await shop.post(number)
    shop.clock.advance(timedelta(minutes=5))
    return shop


async def test_posts_are_asked_about_together_and_who_is_left_out_is_gone(together: Shop) -> None:
    together.numbers.gone = {"p2"}
    (first, second, third) = sorted((await together.round())[0].split("+"))
    assert (first, second, third) == ("p1", "p2", "p3")
    async with together.runtime.unit_of_work() as session:
        rows = await session.execute(
            select(Publication.platform_post_id, Publication.metrics, PublicationCollection.ended).join(
                PublicationCollection, PublicationCollection.publication_id == Publication.id
            )
        )
        found = {name: (metrics.get("likes"), ended) for name, metrics, ended in rows}
    assert found == {"p1": (1, None), "p2": (None, "gone"), "p3": (1, None)}


async def test_together_a_rate_limit_is_the_channels_and_a_refusal_is_looked_into_one_by_one(
    together: Shop,
) -> None:
    retry_at = together.clock.now() + timedelta(minutes=3)
    together.numbers.then(lambda: RateLimited("slow down", retry_at=retry_at))
    assert len(await together.round()) == 1
    assert await together.round() == []
    together.clock.set(retry_at)
    together.numbers.then(lambda: Rejected("one of them is bad", error_code="http-400"))
    asked = await together.round()
    assert sorted(asked[1:]) == ["followers", "p1", "p2", "p3"]


async def test_an_owner_who_pays_for_each_answer_may_do_without(shop: Shop) -> None:
    await shop.post()
    shop.clock.advance(timedelta(minutes=5))
    async with shop.runtime.unit_of_work() as session:
        (await session.get_one(Channel, shop.channel_id)).settings = {"numbers": "off"}
    assert await shop.round() == []
    assert await shop.nudge() == []
    await collecting.sweep(shop.runtime)
    assert shop.numbers.calls == []
