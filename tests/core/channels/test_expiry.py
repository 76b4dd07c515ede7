"""Is the owner warned of an access that ends and needs hands: at 7, 3 and 1 days and at the end, once each?"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.channels import expiry, service
from core.channels.models import Channel, ChannelStatus
from core.clock import ManualClock
from core.notifications.models import Notification, NotificationKind
from core.products import service as products
from core.publications import freshness
from core.runtime import Runtime
from tests.conftest import START

DAY = timedelta(days=1)
END = START + 30 * DAY
TOKEN = "a-token-of-some-length"


async def connect(runtime: Runtime, platform: str, **credentials: Any) -> UUID:
    async with runtime.unit_of_work() as session:
        active = await products.list_active(session)
        product = active[0] if active else await products.create(session, name="Acme")
        channel = await service.connect(
            session, runtime.keyring, product_id=product.id, platform=platform, platform_name="@acme",
            credentials={"access_token": TOKEN, **credentials},
        )  # fmt: skip
        return channel.id


async def sweep(runtime: Runtime) -> int:
    async with runtime.unit_of_work() as session:
        return await expiry.warn(session, runtime)


async def told(runtime: Runtime) -> list[str]:
    async with runtime.unit_of_work() as session:
        rows = await session.scalars(select(Notification).order_by(Notification.created_at))
        assert all(row.kind == NotificationKind.CHANNEL_EXPIRES for row in rows.all())
        rows = await session.scalars(select(Notification.dedupe_key).order_by(Notification.created_at))
        return [str(key).rpartition(":")[2] for key in rows]


async def status(runtime: Runtime, channel_id: UUID) -> str:
    async with runtime.unit_of_work() as session:
        return (await session.get_one(Channel, channel_id)).status


def ending(at: datetime = END) -> dict[str, str]:
    return {"page_id": "100200300", "expires_at": at.isoformat()}


async def test_each_warning_comes_once_and_at_its_time(runtime: Runtime, clock: ManualClock) -> None:
    channel_id = await connect(runtime, "facebook", **ending())
    seen: dict[int, list[str]] = {}
    for quarter in range(32 * 4):
        await sweep(runtime)
        seen[quarter // 4] = await told(runtime)
        clock.advance(DAY / 4)
    assert seen[22] == []
    assert seen[23] == seen[26] == ["7"]
    assert seen[27] == seen[28] == ["7", "3"]
    assert seen[29] == ["7", "3", "1"]
    assert seen[31] == ["7", "3", "1", "0"]
    assert await status(runtime, channel_id) == ChannelStatus.ERROR


async def test_after_a_long_sleep_only_the_most_pressing_one_is_told(
    runtime: Runtime, clock: ManualClock
) -> None:
    await connect(runtime, "facebook", **ending())
    clock.advance(29 * DAY + timedelta(hours=12))
    assert await sweep(runtime) == 1
    assert await told(runtime) == ["1"]


async def test_new_credentials_end_the_warnings_and_have_their_own(
    runtime: Runtime, clock: ManualClock
) -> None:
    channel_id = await connect(runtime, "facebook", **ending())
    clock.advance(24 * DAY)
    await sweep(runtime)
    async with runtime.unit_of_work() as session:
        channel = await session.get_one(Channel, channel_id)
        assert expiry.still_ends(runtime, channel, END)
    await connect(runtime, "facebook", **ending(END + 60 * DAY))
    await sweep(runtime)
    assert await told(runtime) == ["7"]
    async with runtime.unit_of_work() as session:
        channel = await session.get_one(Channel, channel_id)
        assert not expiry.still_ends(runtime, channel, END)
    clock.advance(60 * DAY)
    await sweep(runtime)
    assert await told(runtime) == ["7", "7"]


RENEWED = {"refresh_token": "r-token-of-some-length", "client_id": "1", "client_secret": "secret"}


@pytest.mark.parametrize(
    ("platform", "credentials", "warned"),
    [
        ("twitter", {"expires_at": END.isoformat(), **RENEWED}, False),
        ("twitter", {"expires_at": END.isoformat()}, True),
        ("twitter", {}, False),
        ("vk", {"owner_id": -5, "expires_at": END.isoformat()}, True),
        ("vk", {"owner_id": -5, "expires_at": END.isoformat(), "device_id": "d", **RENEWED}, False),
        ("linkedin", {"author": "urn:li:person:x", "expires_at": END.isoformat()}, True),
        # Its refresh token ends, and the access token it gave last works a while longer: until then there is time.
        (
            "linkedin",
            {
                "author": "urn:li:person:x", "expires_at": (END + 40 * DAY).isoformat(),
                "refresh_expires_at": END.isoformat(), **RENEWED,
            },
            False,
        ),
        (
            "linkedin",
            {
                "author": "urn:li:person:x", "expires_at": (END + 11 * DAY).isoformat(),
                "refresh_expires_at": (END + 300 * DAY).isoformat(), **RENEWED,
            },
            False,
        ),
        # Renewed ten days ahead: at seven, renewals have failed for days.
        ("instagram", {"user_id": "1784", "expires_at": END.isoformat()}, True),
        ("threads", {"user_id": "1784", "expires_at": (END + 3 * DAY).isoformat()}, False),
        ("mastodon", {}, False),
    ],
)  # fmt: skip
async def test_only_what_needs_hands_is_told(
    runtime: Runtime, clock: ManualClock, platform: str, credentials: dict[str, Any], warned: bool
) -> None:
    await connect(runtime, platform, **credentials)
    clock.advance(24 * DAY)
    await sweep(runtime)
    assert await told(runtime) == (["7"] if warned else [])


async def test_a_channel_that_is_locked_out_already_is_not_told_of_twice(
    runtime: Runtime, clock: ManualClock
) -> None:
    channel_id = await connect(runtime, "facebook", **ending())
    async with runtime.unit_of_work() as session:
        await service.mark_error(session, channel_id, "refused")
    clock.advance(40 * DAY)
    assert await sweep(runtime) == 0
    assert await told(runtime) == []


async def test_a_renewal_that_locks_out_is_told_even_without_a_post(
    runtime: Runtime, clock: ManualClock
) -> None:
    await connect(runtime, "linkedin", author="urn:li:person:x", expires_at=END.isoformat())
    clock.advance(31 * DAY)
    for _ in range(2):
        await freshness.renew_due(runtime)
    async with runtime.unit_of_work() as session:
        (row,) = await session.scalars(select(Notification))
    assert row.kind == NotificationKind.CHANNEL_ERROR
