"""In quiet hours what can wait does, trouble comes without a sound, and what is switched off is counted."""

import json
import uuid
from datetime import timedelta

from aiogram import Bot
from aiogram.exceptions import TelegramServerError
from sqlalchemy import select, text

from bot import notifier
from core.channels.models import Channel
from core.clock import ManualClock
from core.notifications import service as notifications
from core.notifications.models import Notification, NotificationKind, NotificationStatus
from core.runtime import Runtime
from core.settings import service as settings
from tests.bot.person import Person
from tests.bot.test_notifier import SEND, notify, planned, state


async def _quiet(runtime: Runtime, start: str, end: str) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(
            session, settings.General, timezone="Europe/Moscow"
        )  # the tests' clock: 12:00 there
        await settings.change_notifications(session, quiet_from=start, quiet_to=end)


async def test_news_waits_for_the_end_and_its_card_does_not(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel, clock: ManualClock
) -> None:
    await owner.says("/start")
    found = await planned(owner, runtime, status="published", published_at=clock.now())
    card = owner.screen
    await _quiet(runtime, "11:00", "13:30")
    await notify(runtime, NotificationKind.PUBLISHED, publication_id=str(found))
    before = len(owner.messages)
    await notifier.drain(runtime, bot)
    assert await notifier.drain(runtime, bot) == 0
    assert len(owner.messages) == before
    assert "Published" in (owner.telegram.chats[owner.user.id][card.message_id].text or "")
    await owner.says("/status")
    assert "Waiting for the end of quiet hours: 1" in owner.text
    clock.advance(timedelta(minutes=89))
    assert await notifier.drain(runtime, bot) == 0
    clock.advance(timedelta(minutes=1))
    assert await notifier.drain(runtime, bot) == 1
    assert "Published" in owner.text
    (row,) = await state(runtime)
    assert (row.status, row.attempts) == (NotificationStatus.SENT, 1)


async def test_what_waited_is_one_message_in_the_morning(
    owner: Person, second_owner: Person, runtime: Runtime, bot: Bot, channel: Channel, clock: ManualClock
) -> None:
    await second_owner.says("/start")
    await owner.says("/start")
    found = [await planned(owner, runtime, status="published", published_at=clock.now()) for _ in range(12)]
    await _quiet(runtime, "11:00", "13:30")
    for one in found:
        await notify(runtime, NotificationKind.PUBLISHED, publication_id=str(one))
    await notify(runtime, NotificationKind.PUBLISHED, publication_id=str(uuid.uuid4()))
    while await notifier.drain(runtime, bot):
        pass
    before, theirs = len(owner.messages), len(second_owner.messages)
    clock.advance(timedelta(minutes=90))
    owner.telegram.fail("sendMessage", TelegramServerError(method=SEND, message="Bad Gateway"))
    await notifier.drain(runtime, bot)
    clock.advance(timedelta(minutes=1))
    while await notifier.drain(runtime, bot):
        pass
    assert (len(owner.messages), len(second_owner.messages)) == (before + 1, theirs + 1)
    assert "12 pieces of news from the quiet hours" in owner.text
    assert "12 новостей" in second_owner.text
    assert "1. ✅ Published · #1 · Telegram · @tea" in owner.text
    digest = owner.screen
    await owner.taps("2", on=digest)
    assert "#2" in owner.text
    assert any("The post's card" in label for label in owner.labels), "with its own buttons"
    await owner.taps("›", on=digest)
    shown = owner.telegram.chats[owner.user.id][digest.message_id].text or ""
    assert "12. ✅ Published · #12" in shown
    statuses = {row.status for row in await state(runtime)}
    assert statuses == {NotificationStatus.SENT, NotificationStatus.FAILED}
    assert await notifier.drain(runtime, bot) == 0


async def test_one_that_cannot_be_drawn_does_not_keep_the_others_from_the_morning(
    owner: Person, runtime: Runtime, bot: Bot, clock: ManualClock
) -> None:
    await owner.says("/start")
    await _quiet(runtime, "11:00", "13:30")
    async with runtime.unit_of_work() as session:
        for payload in ({"path": "/one"}, {"nonsense": 1}, {"path": "/two"}):
            kind = NotificationKind.KEYS_CREATED if "path" in payload else NotificationKind.PUBLISHED
            session.add(
                Notification(
                    kind=kind, payload=payload, not_before=clock.now(),
                    held_until=clock.now() + timedelta(minutes=90),
                )
            )  # fmt: skip
    clock.advance(timedelta(minutes=90))
    await notifier.drain(runtime, bot)
    told = "\n".join(message.text or "" for message in owner.messages)
    assert "/one" in told
    assert "/two" in told
    assert sorted(row.status for row in await state(runtime)) == ["pending", "sent", "sent"]


async def test_trouble_comes_at_once_without_a_sound(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel
) -> None:
    await owner.says("/start")
    found = await planned(owner, runtime, status="failed", error_code="rejected", error_message="no")
    await _quiet(runtime, "11:00", "13:00")
    await notify(runtime, NotificationKind.FAILED, publication_id=str(found))
    await notifier.drain(runtime, bot)
    assert "Try again" in " ".join(owner.labels)
    assert owner.telegram.named("sendMessage")[-1].disable_notification is True
    await _quiet(runtime, "13:00", "14:00")
    await notify(runtime, NotificationKind.FAILED, publication_id=str(found))
    await notifier.drain(runtime, bot)
    assert owner.telegram.named("sendMessage")[-1].disable_notification is None


async def test_changing_the_hours_lets_what_waits_go(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel, clock: ManualClock
) -> None:
    await owner.says("/start")
    found = await planned(owner, runtime, status="published", published_at=clock.now())
    await _quiet(runtime, "11:00", "13:00")
    await notify(runtime, NotificationKind.PUBLISHED, publication_id=str(found))
    await notifier.drain(runtime, bot)
    await owner.says("/settings")
    await owner.taps("Notifications")
    await owner.taps("Do not disturb")
    await owner.taps("none")
    assert await notifier.drain(runtime, bot) == 1
    async with runtime.unit_of_work() as session:
        assert await notifications.held(session, clock.now()) == 0


async def test_what_is_switched_off_is_not_told_but_counted_and_its_card_redrawn(
    owner: Person, runtime: Runtime, bot: Bot, channel: Channel, clock: ManualClock
) -> None:
    await owner.says("/start")
    found = await planned(owner, runtime, status="published", published_at=clock.now())
    card = owner.screen
    async with runtime.unit_of_work() as session:
        await settings.switch(session, "published", on=False)
    await notify(runtime, NotificationKind.PUBLISHED, publication_id=str(found))
    before = len(owner.messages)
    assert await notifier.drain(runtime, bot) == 1
    assert await notifier.drain(runtime, bot) == 0
    assert len(owner.messages) == before
    assert "Published" in (owner.telegram.chats[owner.user.id][card.message_id].text or "")
    assert [row.status for row in await state(runtime)] == [NotificationStatus.MUTED]
    await owner.says("/status")
    assert "because it is switched off: 1" in owner.text
    clock.advance(timedelta(days=2))
    await owner.says("/status")
    assert "switched off" not in owner.text


async def test_unreadable_settings_are_told_once_and_stop_nothing(
    owner: Person, runtime: Runtime, bot: Bot
) -> None:
    await owner.says("/start")
    async with runtime.unit_of_work() as session:
        await session.execute(
            text("UPDATE settings SET value = CAST(:value AS jsonb) WHERE key = 'general'"),
            {"value": json.dumps({"timezone": "Mars/Olympus"})},
        )
    assert await notifier.drain(runtime, bot) == 1
    assert "general.timezone" in owner.text
    assert await notifier.drain(runtime, bot) == 0
    await owner.taps("Status")
    await owner.taps("Store the defaults")
    assert await notifier.drain(runtime, bot) == 0
    async with runtime.unit_of_work() as session:
        kinds = list(await session.scalars(select(Notification.kind)))
    assert kinds == [NotificationKind.SETTINGS_UNREADABLE]
