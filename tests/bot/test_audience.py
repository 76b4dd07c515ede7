"""Are reactions and joins of our channels kept, and is nothing else let in with them?"""

import dataclasses
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Update
from sqlalchemy import select

from bot.dispatcher import Dispatcher
from bot.middlewares.audience import Audience
from bot.polling import ALLOWED_UPDATES
from core.analytics.models import ChannelCollection, ChannelInvite, PublicationMetric
from core.channels.models import Channel
from core.clock import ManualClock
from core.content import service as content_service
from core.ids import new_id
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.bot.telegram import MockedTelegram

CHAT = {"id": -1001, "type": "channel", "title": "Tea", "username": "tea"}
PERSON = {"id": 77, "is_bot": False, "first_name": "Reader"}
LINK = {
    "invite_link": "https://t.me/+abc", "creator": PERSON, "creates_join_request": False, "is_primary": False,
    "is_revoked": False, "name": "#12",
}  # fmt: skip


@pytest.fixture
async def post(runtime: Runtime, channel: Channel, clock: ManualClock) -> uuid.UUID:
    """A post that is out as message 41."""
    async with runtime.unit_of_work() as session:
        session.add(ChannelCollection(channel_id=channel.id, followers_due_at=clock.now(), stale=False))
        content = await content_service.create_draft(session, product_id=channel.product_id, text="A post")
        row = Publication(
            id=new_id(), content_id=content.id, channel_id=channel.id, status=PublicationStatus.PUBLISHED,
            scheduled_at=clock.now(), published_at=clock.now(), platform_post_id="41",
        )  # fmt: skip
        session.add(row)
    return row.id


class Telegram:
    """Reports what happens in channels."""

    def __init__(self, dispatcher: Dispatcher, bot: Bot) -> None:
        self.dispatcher, self.bot, self.number = dispatcher, bot, 0

    async def reports(self, **event: Any) -> None:
        self.number += 1
        update = Update.model_validate({"update_id": self.number, **event}, context={"bot": self.bot})
        await self.dispatcher.feed_update(self.bot, update)

    async def counts(
        self, *reactions: tuple[dict[str, str], int], message: int = 41, chat: Any = CHAT
    ) -> None:
        await self.reports(
            message_reaction_count={
                "chat": chat, "message_id": message, "date": datetime.now(UTC),
                "reactions": [{"type": kind, "total_count": count} for kind, count in reactions],
            }
        )  # fmt: skip

    async def member(self, before: str, after: str, *, link: Any = LINK, chat: Any = CHAT) -> None:
        await self.reports(
            chat_member={
                "chat": chat, "from": PERSON, "date": datetime.now(UTC), "old_chat_member": {"status": before, "user": PERSON, "until_date": 0},
                "new_chat_member": {"status": after, "user": PERSON, "until_date": 0}, "invite_link": link,
            }
        )  # fmt: skip


@pytest.fixture
def reports(dispatcher: Dispatcher, bot: Bot) -> Telegram:
    return Telegram(dispatcher, bot)


def emoji(sign: str) -> dict[str, str]:
    return {"type": "emoji", "emoji": sign}


async def invites(runtime: Runtime) -> Sequence[tuple[str, str | None, int]]:
    async with runtime.unit_of_work() as session:
        rows = await session.scalars(select(ChannelInvite))
        return [(row.link, row.name, row.joins) for row in rows]


async def test_reactions_are_the_likes_of_a_post_with_a_history_by_five_minutes(
    runtime: Runtime, reports: Telegram, post: uuid.UUID, channel: Channel, clock: ManualClock
) -> None:
    await reports.counts((emoji("👍"), 2), (emoji("🔥"), 1))
    clock.advance(timedelta(minutes=1))
    await reports.counts(
        (emoji("👍"), 4), ({"type": "custom_emoji", "custom_emoji_id": "5"}, 2), ({"type": "paid"}, 1)
    )
    clock.advance(timedelta(minutes=30))
    await reports.counts((emoji("👍"), 3))
    async with runtime.unit_of_work() as session:
        row = await session.get_one(Publication, post)
        taken = select(PublicationMetric).order_by(PublicationMetric.taken_at)
        history = [entry.numbers for entry in await session.scalars(taken)]
        assert (await session.get_one(ChannelCollection, channel.id)).stale
    assert (row.metrics["likes"], row.metrics["engagements"], row.metrics["raw"]) == (3, 3, {"👍": 3})
    assert "impressions" not in row.metrics, "views are not told"
    assert [entry["likes"] for entry in history] == [7, 3]
    assert history[0]["raw"] == {"👍": 4, "custom_emoji": 2, "paid": 1}


async def test_a_channel_known_by_its_number_is_the_same(
    runtime: Runtime, reports: Telegram, post: uuid.UUID, channel: Channel
) -> None:
    await reports.counts((emoji("👍"), 2), chat={**CHAT, "username": "another"})
    async with runtime.unit_of_work() as session:
        assert (await session.get_one(Publication, post)).metrics == {}
    await reports.counts((emoji("👍"), 2), chat={**CHAT, "id": -1002})
    async with runtime.unit_of_work() as session:
        assert (await session.get_one(Publication, post)).metrics["likes"] == 2


async def test_other_messages_and_other_chats_leave_no_trace_and_get_no_answer(
    runtime: Runtime, reports: Telegram, post: uuid.UUID, telegram: MockedTelegram
) -> None:
    await reports.counts((emoji("👍"), 2), message=40)
    await reports.counts((emoji("👍"), 2), chat={"id": -9, "type": "channel", "title": "Elsewhere"})
    await reports.member("left", "member", chat={"id": -9, "type": "channel", "title": "Elsewhere"})
    async with runtime.unit_of_work() as session:
        assert (await session.get_one(Publication, post)).metrics == {}
        assert list(await session.scalars(select(PublicationMetric))) == []
    assert await invites(runtime) == []
    assert not any(telegram.chats.values())


async def test_a_strangers_chat_costs_one_question(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, reports: Telegram, bot: Bot
) -> None:
    asked: list[str] = []

    class Counted:
        def __init__(self) -> None:
            self.inner = runtime.database

        def unit_of_work(self) -> Any:
            asked.append("question")
            return self.inner.unit_of_work()

    listening = Audience(dataclasses.replace(runtime, database=Counted()))  # type: ignore[arg-type]

    async def not_reached(event: Any, data: Any) -> None:
        raise AssertionError

    for number in range(5):
        update = Update.model_validate(
            {"update_id": number, "message_reaction_count": {
                "chat": {"id": -9, "type": "channel", "title": "x"}, "message_id": number, "date": 1, "reactions": [],
            }}
        )  # fmt: skip
        await listening(not_reached, update, {"bot": bot})
    assert len(asked) == 1


async def test_who_comes_by_an_invitation_is_counted_and_who_stays_or_leaves_is_not(
    runtime: Runtime, reports: Telegram, post: uuid.UUID
) -> None:
    for before, after in (("left", "member"), ("kicked", "member"), ("member", "left"), ("left", "left")):
        await reports.member(before, after)
    await reports.member("left", "member", link=None)
    assert await invites(runtime) == [("https://t.me/+abc", "#12", 2)]


def test_the_updates_are_asked_for_by_name() -> None:
    assert {"message_reaction_count", "chat_member"} <= set(ALLOWED_UPDATES)
