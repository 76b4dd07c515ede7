"""Are tokens renewed in time, once, and without losing what is stored?"""

import asyncio
import dataclasses
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.channels import renewal, service
from core.channels.models import Channel, ChannelStatus
from core.channels.renewal import Freshness
from core.clock import ManualClock
from core.content import service as content
from core.notifications.models import Notification, NotificationKind
from core.platforms.registry import PLATFORMS
from core.products import service as products
from core.publications import execution, scheduling
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.fakes.platforms.twitter import FakeTwitter

HOUR = timedelta(hours=1)


@pytest.fixture
async def server(clock: ManualClock) -> AsyncGenerator[FakeTwitter]:
    fake = FakeTwitter(clock)
    async with fake.serving():
        yield fake


@pytest.fixture
async def channel_id(runtime: Runtime, server: FakeTwitter) -> UUID:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Acme")
        return (await connect(runtime, server, product.id, session)).id


async def connect(
    runtime: Runtime, server: FakeTwitter, product_id: UUID, session: Any, **changes: Any
) -> Channel:
    return await service.connect(
        session, runtime.keyring, product_id=product_id, platform="twitter", platform_name="@acme",
        credentials=dict(server.credentials()) | changes, settings={"api_base": server.url, "username": "acme"},
    )  # fmt: skip


async def stored(runtime: Runtime, channel_id: UUID) -> tuple[Channel, dict[str, Any]]:
    async with runtime.unit_of_work() as session:
        channel = await service.get(session, channel_id)
        return channel, service.open_credentials(runtime.keyring, channel)


def renewals(server: FakeTwitter) -> int:
    return server.requests.count("POST /2/oauth2/token")


async def test_what_lasts_is_left_alone(runtime: Runtime, server: FakeTwitter, channel_id: UUID) -> None:
    assert (await renewal.keep_fresh(runtime, channel_id)).freshness is Freshness.GOOD
    assert renewals(server) == 0


async def test_it_is_renewed_before_its_end(
    runtime: Runtime, server: FakeTwitter, channel_id: UUID, clock: ManualClock
) -> None:
    _, before = await stored(runtime, channel_id)
    clock.advance(2 * HOUR - timedelta(minutes=4))
    assert (await renewal.keep_fresh(runtime, channel_id)).freshness is Freshness.GOOD
    channel, credentials = await stored(runtime, channel_id)
    assert credentials["access_token"] == server.access
    assert credentials["refresh_token"] == server.renewal
    assert credentials["client_secret"] == before["client_secret"]
    assert channel.credentials_expire_at == clock.now() + 2 * HOUR
    assert channel.renewal_lease_until is None


async def test_many_at_once_renew_once(
    runtime: Runtime, server: FakeTwitter, channel_id: UUID, clock: ManualClock
) -> None:
    clock.advance(3 * HOUR)
    results = await asyncio.gather(*(renewal.keep_fresh(runtime, channel_id) for _ in range(6)))
    assert renewals(server) == 1
    assert not server.revoked
    assert {result.freshness for result in results} <= {Freshness.GOOD, Freshness.LATER}


async def test_passing_trouble_disconnects_nothing(
    runtime: Runtime, server: FakeTwitter, channel_id: UUID, clock: ManualClock
) -> None:
    clock.advance(3 * HOUR)
    async with runtime.unit_of_work() as session:
        channel = await service.get(session, channel_id)
        channel.settings = channel.settings | {"api_base": "http://127.0.0.1:1"}
    assert (await renewal.keep_fresh(runtime, channel_id)).freshness is Freshness.LATER
    channel, credentials = await stored(runtime, channel_id)
    assert channel.status == ChannelStatus.ACTIVE
    assert credentials["refresh_token"] == server.renewal
    assert channel.renewal_lease_until is None


async def test_a_refused_renewal_is_told_once(
    runtime: Runtime, server: FakeTwitter, channel_id: UUID, clock: ManualClock
) -> None:
    server.revoked = True
    clock.advance(2 * HOUR - timedelta(minutes=1))
    assert (await renewal.keep_fresh(runtime, channel_id)).freshness is Freshness.GOOD, "a minute is left"
    assert (await stored(runtime, channel_id))[0].status == ChannelStatus.ACTIVE
    clock.advance(timedelta(minutes=2))
    first, second = [await renewal.keep_fresh(runtime, channel_id) for _ in range(2)]
    assert first.freshness is second.freshness is Freshness.LOCKED_OUT
    assert (first.news, second.news) == (True, False)
    assert (await stored(runtime, channel_id))[0].status == ChannelStatus.ERROR


async def test_a_blank_refresh_token_replaces_nothing(
    runtime: Runtime,
    server: FakeTwitter,
    channel_id: UUID,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock.advance(3 * HOUR)
    kept = server.renewal
    monkeypatch.setattr(FakeTwitter, "renewal", property(lambda self: "" if self.generation else kept))
    await renewal.keep_fresh(runtime, channel_id)
    _, credentials = await stored(runtime, channel_id)
    assert credentials["access_token"] == server.access
    assert credentials["refresh_token"] == kept


async def test_what_was_connected_meanwhile_stays(
    runtime: Runtime, server: FakeTwitter, channel_id: UUID, clock: ManualClock
) -> None:
    clock.advance(3 * HOUR)
    platform = PLATFORMS["twitter"]
    assert platform.refresh is not None

    async def refresh(target: Any) -> Any:
        assert platform.refresh is not None
        changes = await platform.refresh(target)
        async with runtime.unit_of_work() as session:
            channel = await service.get(session, channel_id)
            await connect(runtime, server, channel.product_id, session, access_token="given-by-the-owner")
        return changes

    slow = dataclasses.replace(platform, refresh=refresh)
    other = dataclasses.replace(runtime, platforms={"twitter": slow})
    await renewal.keep_fresh(other, channel_id)
    _, credentials = await stored(runtime, channel_id)
    assert credentials["access_token"] == "given-by-the-owner"


async def test_a_post_goes_out_after_its_token_was_renewed(
    runtime: Runtime, server: FakeTwitter, channel_id: UUID, clock: ManualClock
) -> None:
    clock.advance(5 * HOUR)
    publication_id = await plan(runtime, channel_id, clock)
    await execution.execute(runtime, publication_id, worker="w")
    assert server.texts == ["Hello"]
    assert renewals(server) == 1


async def test_a_post_waits_while_its_token_cannot_be_renewed(
    runtime: Runtime, server: FakeTwitter, channel_id: UUID, clock: ManualClock
) -> None:
    clock.advance(5 * HOUR)
    publication_id = await plan(runtime, channel_id, clock)
    server.revoked = True
    for _ in range(3):
        await execution.execute(runtime, publication_id, worker="w")
        clock.advance(timedelta(minutes=5))
    async with runtime.unit_of_work() as session:
        publication = await session.get_one(Publication, publication_id)
        told = await session.scalar(
            select(func.count()).where(Notification.kind == NotificationKind.CHANNEL_ERROR)
        )
    assert publication.status == PublicationStatus.SCHEDULED
    assert told == 1
    assert server.wall == []


async def test_what_the_platform_calls_ended_is_renewed_whatever_it_said(
    runtime: Runtime, server: FakeTwitter, channel_id: UUID, clock: ManualClock
) -> None:
    async with runtime.unit_of_work() as session:
        await service.mark_ended(session, channel_id, clock.now())
    assert (await renewal.keep_fresh(runtime, channel_id)).freshness is Freshness.GOOD
    assert renewals(server) == 1


async def plan(runtime: Runtime, channel_id: UUID, clock: ManualClock) -> UUID:
    async with runtime.unit_of_work() as session:
        channel = await service.get(session, channel_id)
        draft = await content.create_draft(session, product_id=channel.product_id, text="Hello")
        await content.approve(session, draft.id, version=1, now=clock.now())
        (publication,) = await scheduling.schedule(
            session,
            content_id=draft.id,
            version=1,
            when=scheduling.At(clock.now()),
            now=clock.now(),
            force=True,
        )
        return publication.id
