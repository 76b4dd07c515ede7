"""News reaches the owner once, with the buttons that fix it, and is never lost."""

import asyncio
import uuid
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramForbiddenError, TelegramServerError
from aiogram.methods import SendMessage
from sqlalchemy import select, update

from bot import notifier
from bot.i18n import translator
from bot.screens.draft.card import Place, send_card
from core.channels import service as channels
from core.channels.models import Channel
from core.chats import service as chats
from core.clock import ManualClock
from core.content.models import Content, ContentStatus
from core.notifications import service as notifications
from core.notifications.models import Notification, NotificationKind, NotificationStatus
from core.publications.models import AttemptState, Publication, PublicationAttempt, PublicationStatus
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import MockedTelegram

OWN = "A finished text.\nTwo.\nThree."
SEND = SendMessage(chat_id=1, text="x")


async def planned(owner: Person, runtime: Runtime, **values: Any) -> uuid.UUID:
    """Have the owner schedule a post, then make it what a worker would have made of it."""
    await owner.says(f"{OWN} {uuid.uuid4().hex}")
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    async with runtime.unit_of_work() as session:
        found = await session.scalar(select(Publication.id).order_by(Publication.created_at.desc()).limit(1))
        assert found is not None
        await session.execute(update(Publication).where(Publication.id == found).values(**values))
    return found


async def notify(runtime: Runtime, kind: NotificationKind, **payload: Any) -> None:
    async with runtime.unit_of_work() as session:
        await notifications.notify(session, kind, payload=payload, not_before=runtime.clock.now())


async def state(runtime: Runtime) -> list[Notification]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Notification).order_by(Notification.created_at)))


async def status_of(runtime: Runtime, publication_id: uuid.UUID) -> str:
    async with runtime.unit_of_work() as session:
        return (await session.get_one(Publication, publication_id)).status


async def test_published_brings_the_link_and_redraws_the_card(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    await owner.says("/start")
    found = await planned(
        owner,
        runtime,
        status="published",
        published_at=runtime.clock.now(),
        platform_url="https://t.me/tea/9",
    )
    card = owner.screen
    await notify(runtime, NotificationKind.PUBLISHED, publication_id=str(found))
    assert await notifier.drain(runtime, bot) == 1
    assert await notifier.drain(runtime, bot) == 0
    assert "https://t.me/tea/9" in owner.text
    assert "Published" in (owner.telegram.chats[owner.user.id][card.message_id].text or "")
    (row,) = await state(runtime)
    assert row.status == NotificationStatus.SENT
    assert list(row.sent_to) == [str(owner.user.id)]


async def test_failed_can_be_tried_again_once(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    found = await planned(
        owner, runtime, status="failed", error_code="rejected", error_message="Bad Request: <x>"
    )
    await notify(runtime, NotificationKind.FAILED, publication_id=str(found))
    await notifier.drain(runtime, bot)
    assert "Bad Request: <x>" in owner.text
    news = owner.screen
    for label in ("Try again", "Edit", "Reschedule"):
        assert any(label in text for text in owner.labels), label
    await asyncio.gather(owner.taps("Try again", on=news), owner.taps("Try again", on=news))
    assert await status_of(runtime, found) == PublicationStatus.SCHEDULED
    assert "Sending it again" in owner.text or "decided already" in owner.text


async def test_uncertain_is_answered_once(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    found = await planned(owner, runtime, status="uncertain", parts=1)
    async with runtime.unit_of_work() as session:
        attempt = PublicationAttempt(
            publication_id=found, part=0, attempt=1, idempotency_key="k", payload_hash="h",
            state=AttemptState.UNKNOWN, started_at=runtime.clock.now(),
        )  # fmt: skip
        session.add(attempt)
    await notify(runtime, NotificationKind.UNCERTAIN, publication_id=str(found))
    await notifier.drain(runtime, bot)
    assert "Is post #1 live?" in owner.text
    question = owner.screen
    await owner.taps("Look again", on=question)
    assert "cannot be seen from here" in owner.text
    question = owner.screen
    await asyncio.gather(*(owner.taps("Not live", on=question) for _ in range(3)))
    assert await status_of(runtime, found) == PublicationStatus.SCHEDULED
    await owner.taps("It is live", on=question)
    assert "decided already" in owner.text
    assert await status_of(runtime, found) == PublicationStatus.SCHEDULED


async def test_a_card_says_on_how_many_it_is_out_and_leads_to_the_question(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    async with runtime.unit_of_work() as session:
        await channels.connect(
            session, runtime.keyring, product_id=channel.product_id, platform="mastodon", platform_name="@tea",
            credentials={"access_token": "t" * 43},
        )  # fmt: skip
    await planned(
        owner, runtime, status="published", published_at=runtime.clock.now(), scheduled_at=runtime.clock.now()
    )
    async with runtime.unit_of_work() as session:
        second = await session.scalar(select(Publication).where(Publication.status != "published"))
        assert second is not None
        second.status = PublicationStatus.UNCERTAIN
        await session.execute(update(Content).values(status=ContentStatus.PUBLISHED))
    async with runtime.unit_of_work() as session:
        content_id = await session.scalar(select(Content.id))
    assert content_id is not None
    await send_card(Place(runtime, bot, translator("en"), UTC, owner.user.id), content_id)
    assert "Published: 1, in doubt: 1" in owner.text
    await owner.taps("is it live?")
    assert "Not live" in " ".join(owner.labels)


async def test_an_outage_is_one_digest_with_choices(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    ids = [str(await planned(owner, runtime, status="missed", error_code="late")) for _ in range(3)]
    await notify(runtime, NotificationKind.LATE, publication_ids=ids)
    await notifier.drain(runtime, bot)
    assert "3 posts wait" in owner.text
    digest = owner.screen
    await owner.taps("Choose one by one", on=digest)
    await owner.taps("#2")
    await owner.taps("Skip it")
    assert await status_of(runtime, uuid.UUID(ids[1])) == PublicationStatus.CANCELLED
    await owner.taps("Publish all", on=digest)
    assert "Sending 2 posts" in owner.text
    assert [await status_of(runtime, uuid.UUID(one)) for one in ids] == [
        "scheduled",
        "cancelled",
        "scheduled",
    ]


@pytest.mark.parametrize(
    ("causes", "said"),
    [
        (["pause"], "Their time passed during the pause"),
        (["quiet"], "Their time fell into the quiet hours"),
        (["outage"], "while NEXUS was not running or the channel was out of reach"),
        (["outage", "pause"], "Their time passed and they did not go out"),
        (None, "Their time passed and they did not go out"),  # a row of an older release
    ],
)
async def test_a_digest_says_why_they_are_late(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel, causes: list[str] | None, said: str
) -> None:
    ids = [str(await planned(owner, runtime, status="missed", error_code="late"))]
    known = {} if causes is None else {"causes": causes}
    await notify(runtime, NotificationKind.LATE, publication_ids=ids, **known)
    await notifier.drain(runtime, bot)
    assert said in owner.text


async def test_a_digest_can_be_skipped_whole(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    ids = [str(await planned(owner, runtime, status="missed", error_code="late")) for _ in range(2)]
    await notify(runtime, NotificationKind.LATE, publication_ids=ids)
    await notifier.drain(runtime, bot)
    await owner.taps("Skip all")
    assert "Skipped 2 posts" in owner.text
    assert [await status_of(runtime, uuid.UUID(one)) for one in ids] == ["cancelled", "cancelled"]


async def test_other_kinds_are_told(owner: Person, runtime: Runtime, bot: Bot, channel: Channel) -> None:
    found = await planned(owner, runtime, status="missed", error_code="not_approved")
    async with runtime.unit_of_work() as session:
        await channels.mark_error(session, channel.id, "Unauthorized")
    await notify(runtime, NotificationKind.MISSED, publication_id=str(found))
    await notify(runtime, NotificationKind.CHANNEL_ERROR, channel_id=str(channel.id))
    await notify(runtime, NotificationKind.KEYS_CREATED, path="/srv/nexus/keys")
    assert await notifier.drain(runtime, bot) == 3
    told = "\n".join(message.text or "" for message in owner.messages)
    for words in ("was not approved", "does not let us in", "/srv/nexus/keys"):
        assert words in told
    await owner.says("/status")
    assert "@tea (Telegram): Unauthorized" in owner.text


@pytest.mark.parametrize("blocked", [True, False])
async def test_an_owner_who_cannot_be_reached_is_told_later(
    owner: Person, runtime: Runtime, bot: Bot, telegram: MockedTelegram, clock: ManualClock, blocked: bool
) -> None:
    if blocked:
        await owner.says("/start")
        telegram.fail(
            "sendMessage", TelegramForbiddenError(method=SEND, message="Forbidden: bot was blocked")
        )
    await notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    await notifier.drain(runtime, bot)
    (row,) = await state(runtime)
    assert (row.status, row.error_message is not None) == (NotificationStatus.PENDING, True)
    assert await notifier.drain(runtime, bot) == 0
    await owner.says("/status")
    assert "not delivered: 1" in owner.text
    clock.advance(timedelta(minutes=1))
    await notifier.drain(runtime, bot)
    assert "/keys" in owner.text
    (row,) = await state(runtime)
    assert row.status == NotificationStatus.SENT


async def test_telegram_being_down_loses_nothing(
    owner: Person, runtime: Runtime, bot: Bot, telegram: MockedTelegram, clock: ManualClock
) -> None:
    await owner.says("/start")
    await notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    for _ in range(4):
        telegram.fail("sendMessage", TelegramServerError(method=SEND, message="Bad Gateway"))
        await notifier.drain(runtime, bot)
        clock.advance(timedelta(minutes=11))
    await notifier.drain(runtime, bot)
    assert "/keys" in owner.text


async def test_what_is_gone_is_not_told(owner: Person, runtime: Runtime, bot: Bot) -> None:
    await owner.says("/start")
    shown = len(owner.messages)
    await notify(runtime, NotificationKind.PUBLISHED, publication_id=str(uuid.uuid4()))
    await notifier.drain(runtime, bot)
    (row,) = await state(runtime)
    assert row.status == NotificationStatus.FAILED
    assert len(owner.messages) == shown


async def test_one_that_cannot_be_drawn_does_not_keep_the_others(
    owner: Person, runtime: Runtime, bot: Bot, clock: ManualClock
) -> None:
    await owner.says("/start")
    await notify(runtime, NotificationKind.PUBLISHED, nonsense=True)
    await notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    assert await notifier.drain(runtime, bot) == 2
    assert "/keys" in owner.text
    broken, told = await state(runtime)
    assert (broken.status, told.status) == (NotificationStatus.PENDING, NotificationStatus.SENT)
    assert broken.error_message == "it cannot be shown (KeyError)"
    assert await notifier.drain(runtime, bot) == 0
    clock.advance(timedelta(minutes=1))
    assert await notifier.drain(runtime, bot) == 1


async def test_of_two_owners_the_one_who_was_not_reached_is_told_later(
    owner: Person, runtime: Runtime, bot: Bot, telegram: MockedTelegram, clock: ManualClock
) -> None:
    second = 1002
    both = replace(
        runtime, settings=runtime.settings.model_copy(update={"telegram_owner_ids": (owner.user.id, second)})
    )
    await owner.says("/start")
    async with runtime.unit_of_work() as session:
        await chats.remember(session, second, language="en", started_at=clock.now())
    before = {chat_id: len(telegram.chats[chat_id]) for chat_id in (owner.user.id, second)}
    await notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    telegram.fail("sendMessage", TelegramServerError(method=SEND, message="Bad Gateway"))
    for _ in range(3):
        await notifier.drain(both, bot)
        clock.advance(timedelta(minutes=1))
    assert {chat_id: len(telegram.chats[chat_id]) - count for chat_id, count in before.items()} == {
        owner.user.id: 1,
        second: 1,
    }
    (row,) = await state(runtime)
    assert (row.status, set(row.sent_to)) == (NotificationStatus.SENT, {str(owner.user.id), str(second)})


async def test_each_owner_is_told_once_in_their_own_language(
    owner: Person,
    second_owner: Person,
    runtime: Runtime,
    bot: Bot,
    telegram: MockedTelegram,
    clock: ManualClock,
) -> None:
    await owner.says("/start")
    await second_owner.says("/start")
    await second_owner.taps("Русский")
    await owner.taps_data("lang:en", owner.screen)
    await notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    telegram.fail("sendMessage", TelegramServerError(method=SEND, message="Bad Gateway"))
    await notifier.drain(runtime, bot)
    assert [("/keys" in person.text) for person in (owner, second_owner)] in ([True, False], [False, True])
    (row,) = await state(runtime)
    assert (row.status, len(row.sent_to)) == (NotificationStatus.PENDING, 1)
    clock.advance(timedelta(minutes=1))
    await notifier.drain(runtime, bot)
    (row,) = await state(runtime)
    assert (row.status, len(row.sent_to)) == (NotificationStatus.SENT, 2)
    told = [
        [m.text or "" for m in person.messages if "/keys" in (m.text or "")]
        for person in (owner, second_owner)
    ]
    assert [len(texts) for texts in told] == [1, 1]
    assert told[0] != told[1]


async def test_one_owner_who_blocked_the_bot_does_not_keep_the_news_going(
    owner: Person, second_owner: Person, runtime: Runtime, bot: Bot, telegram: MockedTelegram
) -> None:
    await owner.says("/start")
    await second_owner.says("/start")
    await notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    telegram.fail("sendMessage", TelegramForbiddenError(method=SEND, message="Forbidden: bot was blocked"))
    await notifier.drain(runtime, bot)
    (row,) = await state(runtime)
    assert (row.status, len(row.sent_to)) == (NotificationStatus.SENT, 1)


async def test_news_taken_but_answered_unreadably_is_told_three_times_at_most(
    owner: Person, runtime: Runtime, bot: Bot, telegram: MockedTelegram, clock: ManualClock
) -> None:
    await owner.says("/start")
    await notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    rounds = 0
    while (await state(runtime))[0].status != NotificationStatus.SENT:
        telegram.fail("sendMessage", ClientDecodeError("Failed to decode object", ValueError(), ""))
        await notifier.drain(runtime, bot)
        clock.advance(timedelta(minutes=11))
        rounds += 1
    assert rounds == 3
