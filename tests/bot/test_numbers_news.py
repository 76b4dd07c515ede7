"""Do the news of numbers reach the owner, and does a milestone become one draft?"""

import uuid
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy import select

from bot import notifier
from bot.screens.suggest.callbacks import MakePost
from core.channels.models import Channel
from core.content.models import Content
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.test_notifier import planned


async def news(runtime: Runtime, bot: Bot, kind: NotificationKind, product: Product, **payload: Any) -> None:
    async with runtime.unit_of_work() as session:
        await notifications.notify(
            session, kind, payload=payload, product_id=product.id, not_before=runtime.clock.now()
        )
    assert await notifier.drain(runtime, bot) == 1


async def drafts(runtime: Runtime) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Content)))


@pytest.mark.parametrize(("what", "said"), [("followers", "1,000 followers"), ("reach", "1,000 views")])
async def test_a_milestone_becomes_one_draft_however_often_it_is_tapped(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel, what: str, said: str
) -> None:
    await owner.says("/start")
    milestone = {"channel_id": str(channel.id), "what": what, "milestone": 1000, "value": 1004}
    await news(runtime, bot, NotificationKind.MILESTONE, product, **milestone)
    assert said in owner.text
    assert "1,004" in owner.text
    message = owner.screen
    await owner.taps("Make a post of it")
    (draft,) = await drafts(runtime)
    assert (draft.content_type, draft.product_id) == ("milestone", product.id)
    assert "1,000" in (draft.idea or draft.original_text)
    assert "@tea" in (draft.idea or draft.original_text)
    await owner.taps("Make a post of it", on=message)
    assert [one.id for one in await drafts(runtime)] == [draft.id]
    assert f"#{draft.number}" in owner.text


async def test_a_spike_says_what_the_usual_rests_on_and_leads_to_the_post(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    await owner.says("/start")
    found = await planned(
        owner,
        runtime,
        status="published",
        published_at=runtime.clock.now(),
        platform_url="https://t.me/tea/9",
    )
    told = {
        "channel_id": str(channel.id),
        "publication_id": str(found),
        "value": 31,
        "average": 9.5,
        "sample": 11,
    }
    await news(runtime, bot, NotificationKind.SPIKE, product, **told)
    assert "31 engagements, the usual is 9.5. That rests on 11 posts" in owner.text
    assert owner.screen.reply_markup is not None
    addresses = [button.url for row in owner.screen.reply_markup.inline_keyboard for button in row]
    assert "https://t.me/tea/9" in addresses
    await owner.taps("Analytics")
    assert "Tea" in owner.text


async def test_a_drop_leads_to_what_could_be_done(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    await owner.says("/start")
    found = await planned(owner, runtime, status="published", published_at=runtime.clock.now())
    told = {
        "channel_id": str(channel.id),
        "publication_id": str(found),
        "value": 2,
        "average": 9,
        "sample": 11,
    }
    await news(runtime, bot, NotificationKind.DROP, product, days=3, **told)
    assert "3 days with posts in a row with 2 a post" in owner.text
    await owner.taps("What could be done")
    assert "Tea" in owner.text


@pytest.mark.parametrize(
    ("what", "said"), [("posts", "no numbers of the posts"), ("followers", "how many follow")]
)
async def test_what_is_not_told_is_said_and_leads_to_the_channel(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel, what: str, said: str
) -> None:
    await owner.says("/start")
    untold = {"channel_id": str(channel.id), "what": what}
    await news(runtime, bot, NotificationKind.NUMBERS_UNTOLD, product, **untold)
    assert said in owner.text
    await owner.taps("Channel")
    assert "@tea" in owner.text


async def test_a_milestone_whose_notification_is_gone_makes_nothing(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    await owner.says("/start")
    await owner.taps_data(MakePost(notification=uuid.uuid4()).pack(), owner.screen)
    assert await drafts(runtime) == []
