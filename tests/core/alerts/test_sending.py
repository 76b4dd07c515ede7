"""News also leaves by e-mail and webhook: each once, tried again, held, muted and given up as the owner wishes."""

import asyncio
import json
import uuid
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select, update
from standardwebhooks import Webhook

from core.alerts import deliveries, sending
from core.channels import service as channels
from core.channels.models import Channel
from core.clock import ManualClock
from core.notifications import service as notifications
from core.notifications import troubles
from core.notifications.models import (
    Notification,
    NotificationDelivery,
    NotificationKind,
    NotificationStatus,
)
from core.products import service as products
from core.runtime import Runtime
from core.settings import service
from tests.core.alerts.conftest import PASSWORD, SECRET, Address, Mailbox


async def _send(runtime: Runtime) -> int:
    return await sending.send_due(runtime, allowed=lambda _: True)


async def _notify(runtime: Runtime, kind: NotificationKind, **payload: object) -> None:
    """Have the owner told; the row is as old as the test's clock."""
    async with runtime.unit_of_work() as session:
        await notifications.notify(session, kind, payload=payload, not_before=runtime.clock.now())
        await session.execute(
            update(Notification)
            .where(Notification.created_at > func.now() - timedelta(minutes=10))
            .values(created_at=runtime.clock.now())
        )


async def _rows(runtime: Runtime) -> list[NotificationDelivery]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(NotificationDelivery).order_by(NotificationDelivery.way)))


@pytest.fixture
async def channel(runtime: Runtime) -> Channel:
    """A channel that does not let us in."""
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Tea & Co")
        made = await channels.connect(
            session, runtime.keyring, product_id=product.id, platform="telegram", platform_name="@tea",
            credentials={"bot_token": "123456:TEST", "chat_id": "@tea"},
        )  # fmt: skip
        await channels.mark_error(session, made.id, "Unauthorized {kind}\nX-Evil: 1")
    async with runtime.unit_of_work() as session:
        await session.execute(update(Notification).values(status="sent"))
    return made


async def test_one_alert_goes_by_both_ways_once_and_signed(
    runtime: Runtime, channel: Channel, mailbox: Mailbox, address: Address
) -> None:
    await _send(runtime)
    await _notify(runtime, NotificationKind.CHANNEL_ERROR, channel_id=str(channel.id))
    await asyncio.gather(*(_send(runtime) for _ in range(4)))
    assert await _send(runtime) == 0
    (letter,) = mailbox.letters
    assert letter["subject"] == "Канал @tea (Telegram) не пускает"
    assert letter["to"] == "owner@example.org, second@example.org"
    assert letter["from"] == "nexus@example.org"
    text = letter.get_content()
    assert "Unauthorized {kind} X-Evil: 1" in text, "what comes from outside is one line, and no template"
    assert mailbox.logins == ["me"]
    ((headers, body),) = address.received
    secret = Webhook(SECRET.encode())
    told = json.loads(body)
    assert (
        secret.sign(headers["webhook-id"], runtime.clock.now(), body.decode()) in headers["webhook-signature"]
    )
    assert told["type"] == "alert"
    assert (told["data"]["kind"], told["data"]["title"]) == ("channel_error", letter["subject"])
    assert {row.status for row in await _rows(runtime)} == {NotificationStatus.SENT}


async def test_what_was_told_before_the_way_was_open_is_not_sent(
    runtime: Runtime, clock: ManualClock, mailbox: Mailbox, address: Address
) -> None:
    await _notify(runtime, NotificationKind.KEYS_CREATED, path="/old")
    clock.advance(timedelta(seconds=1))
    assert await _send(runtime) == 0
    clock.advance(timedelta(seconds=1))
    await _notify(runtime, NotificationKind.KEYS_CREATED, path="/new")
    await _send(runtime)
    assert [alert["text"] for alert in address.alerts()] == ["Сохраните их копию: /new"]
    assert len(mailbox.letters) == 1


async def test_a_refusal_is_tried_again_and_given_up_in_the_end(
    runtime: Runtime,
    clock: ManualClock,
    mailbox: Mailbox,
    address: Address,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await _send(runtime)
    mailbox.refusal, address.status = "451 try later", 503
    await _notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    await _send(runtime)
    assert await _send(runtime) == 0, "not at once"
    async with runtime.unit_of_work() as session:
        stuck = await deliveries.stuck(session, clock.now())
    assert [(one.way, one.count, one.reason) for one in stuck] == [
        ("email", 1, "the mail server answered 451"),
        ("webhook", 1, "the address answered HTTP 503"),
    ]
    mailbox.refusal = None
    clock.advance(timedelta(minutes=1))
    await _send(runtime)
    assert len(mailbox.letters) == 1
    for _ in range(30):
        clock.advance(timedelta(hours=1))
        await _send(runtime)
    assert len(address.received) == 24
    assert len({headers["webhook-id"] for headers, _ in address.received}) == 1, "the same id for every try"
    assert [row.status for row in await _rows(runtime)] == ["sent", "failed"]
    said = "".join(capsys.readouterr())
    for secret in (PASSWORD, "p%40ss", SECRET, address.url):
        assert secret not in said


async def test_a_wrong_password_is_said_without_showing_it(
    runtime: Runtime, mailbox: Mailbox, clock: ManualClock
) -> None:
    wrong = SecretStr(f"smtp://me:wrong-one@127.0.0.1:{mailbox.port}")
    object.__setattr__(runtime, "settings", runtime.settings.model_copy(update={"smtp_url": wrong}))
    await _send(runtime)
    await _notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    await _send(runtime)
    async with runtime.unit_of_work() as session:
        (stuck,) = await deliveries.stuck(session, clock.now())
    assert stuck.reason == "the mail server refuses the password (535)"


async def test_letters_wait_for_the_end_of_quiet_hours_and_come_as_one(
    runtime: Runtime, clock: ManualClock, mailbox: Mailbox, address: Address
) -> None:
    async with runtime.unit_of_work() as session:
        await service.change(session, service.General, timezone="Europe/Moscow")
        await service.change_notifications(session, quiet_from="11:00", quiet_to="13:30", off=["published"])
    await _send(runtime)
    for path in ("/one", "/two"):
        await _notify(runtime, NotificationKind.KEYS_CREATED, path=path)
    await _notify(runtime, NotificationKind.PUBLISHED, publication_id=str(uuid.uuid4()))
    await _send(runtime)
    assert not mailbox.letters
    assert len(address.received) == 2, "a machine does not sleep, and is not told of what is switched off"
    async with runtime.unit_of_work() as session:
        await troubles.report(session, "redis", clock.now())
        await session.execute(update(Notification).values(created_at=clock.now()))
    await _send(runtime)
    assert [letter["subject"] for letter in mailbox.letters] == ["Не работает: Redis"], (
        "trouble comes at once"
    )
    clock.advance(timedelta(minutes=90))
    await _send(runtime)
    letter = mailbox.letters[-1]
    assert letter["subject"] == "NEXUS, новостей: 2"
    assert "/one" in letter.get_content()
    assert "/two" in letter.get_content()


async def test_a_private_address_is_not_called(
    runtime: Runtime, address: Address, clock: ManualClock
) -> None:
    await sending.send_due(runtime)
    await _notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    await sending.send_due(runtime)
    assert not address.received
    async with runtime.unit_of_work() as session:
        (stuck,) = await deliveries.stuck(session, clock.now())
    assert (stuck.way, stuck.reason) == ("webhook", "the address leads into a private network")


async def test_a_worker_that_died_while_sending_loses_it_to_another(
    runtime: Runtime, clock: ManualClock, mailbox: Mailbox
) -> None:
    await _send(runtime)
    await _notify(runtime, NotificationKind.KEYS_CREATED, path="/keys")
    async with runtime.unit_of_work() as session:
        await deliveries.enrol(session, {deliveries.Way.EMAIL}, clock.now())
        assert len(await deliveries.claim(session, deliveries.Way.EMAIL, clock.now(), 10)) == 1
    await _send(runtime)
    assert not mailbox.letters
    clock.advance(timedelta(minutes=3))
    await _send(runtime)
    assert len(mailbox.letters) == 1


async def test_what_is_gone_is_let_go(runtime: Runtime, mailbox: Mailbox, address: Address) -> None:
    await _send(runtime)
    await _notify(runtime, NotificationKind.PUBLISHED, publication_id=str(uuid.uuid4()))
    await _notify(runtime, NotificationKind.CONSENT, consent_id=str(uuid.uuid4()))
    await _send(runtime)
    assert not mailbox.letters
    assert not address.received
    assert [row.status for row in await _rows(runtime)] == [NotificationStatus.MUTED] * 2
