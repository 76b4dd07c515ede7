"""Does the data model's metric trigger set a rule off: real numbers in, one run out, and a repost that does not repeat itself?"""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core.automations import watching
from core.automations.models import AutomationLog
from core.channels import service as channels
from core.content import service as content
from core.content.models import Content, ContentStatus
from core.ids import new_id
from core.publications.models import Publication, PublicationStatus
from tests.core.automations.conftest import Engine

HOT = {"metric": "engagement", "condition": "> 2x average"}


async def post(engine: Engine, hours: float, engagements: int, made: Content | None = None) -> Content:
    """Have a post gone out so many hours ago with these numbers."""
    at = engine.clock.now() - timedelta(hours=hours)
    async with engine.runtime.unit_of_work() as session:
        channel, *_ = await channels.list_for_product(session, engine.product_id)
        made = made or await content.create_draft(session, product_id=engine.product_id, text="An owl")
        (await session.get_one(Content, made.id)).status = ContentStatus.PUBLISHED
        session.add(
            Publication(
                id=new_id(), content_id=made.id, channel_id=channel.id, status=PublicationStatus.PUBLISHED,
                scheduled_at=at, published_at=at, metrics={"engagements": engagements, "likes": engagements},
            )
        )  # fmt: skip
    return made


async def looked(engine: Engine) -> list[Any]:
    """Look at the numbers, do what follows, and return the runs."""
    await watching.sweep(engine.runtime)
    await engine.work()
    return await engine.all(AutomationLog)


async def test_a_post_that_does_twice_as_well_is_offered_again_once(engine: Engine) -> None:
    for number in range(12):
        await post(engine, 72 + 20 * number, 10)
    await engine.rule({"type": "repost", "delay": "1h"}, conditions=[], trigger_type="metric", trigger_config=HOT, options={"hops": 0})  # fmt: skip
    assert await looked(engine) == []  # what holds before the first look is only remembered
    hot = await post(engine, 1, 50)
    (run,) = await looked(engine)
    assert len(await looked(engine)) == 1
    assert run.trigger_data["data"]["value"] == 50
    engine.later(hours=1)
    await engine.work()
    drafts = await engine.all(Content)
    assert [draft.original_text for draft in drafts[-2:]] == ["An owl", "An owl"]
    # The repost does well, too. It was this rule's doing: it goes no further.
    async with engine.runtime.unit_of_work() as session:
        again = await session.scalar(select(Content).where(Content.id == drafts[-1].id))
    assert again is not None
    assert again.id != hot.id
    await post(engine, 0.5, 60, again)
    runs = await looked(engine)
    assert [(one.hops, one.why) for one in runs] == [(0, None), (1, "hops")]


async def test_too_few_posts_set_nothing_off(engine: Engine) -> None:
    await post(engine, 72, 10)
    await engine.rule({"type": "pause"}, conditions=[], trigger_type="metric", trigger_config=HOT)
    await looked(engine)
    await post(engine, 1, 500)
    assert await looked(engine) == []


async def test_a_rule_that_cannot_be_read_is_passed_over(engine: Engine) -> None:
    await engine.rule({"type": "pause"}, trigger_type="metric", trigger_config={"metric": "happiness"})
    assert await looked(engine) == []
