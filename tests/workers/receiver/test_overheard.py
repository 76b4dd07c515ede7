"""Does a delivery count once under whatever id it is sent again, and is a signed id held to?"""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.events.models import Event
from core.products import service as products
from core.products import webhook_secret
from core.products.models import Product
from core.runtime import Runtime
from tests.core.events import signing
from tests.core.events.signing import SECRET, body_of
from tests.workers.receiver.sending import send


async def stored(runtime: Runtime) -> list[Event]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Event)))


async def test_what_was_overheard_is_no_new_event_under_another_id(
    runtime: Runtime, address: str, product: Product
) -> None:
    body = body_of("sale", runtime.clock.now())
    first = await send(runtime, address, body, signing.nexus(body, **{"X-Nexus-Delivery": "7"}))
    again = [
        await send(runtime, address, body, signing.nexus(body) | more)
        for more in ({}, {"X-Nexus-Delivery": "8"}, {"X-Nexus-Delivery": "9"})
    ]
    assert first.status == 202
    assert [(answer.status, answer.body["event_id"]) for answer in again] == [
        (200, first.body["event_id"])
    ] * 3
    assert len(await stored(runtime)) == 1


async def test_overheard_under_many_ids_at_once_is_one_event(
    runtime: Runtime, address: str, product: Product
) -> None:
    body = body_of("sale", runtime.clock.now())
    answers = await asyncio.gather(
        *(
            send(runtime, address, body, signing.nexus(body, **{"X-Nexus-Delivery": str(number)}))
            for number in range(30)
        )
    )
    assert sorted(answer.status for answer in answers) == [200] * 29 + [202]
    assert len({answer.body["event_id"] for answer in answers}) == len(await stored(runtime)) == 1


async def test_signed_anew_with_the_same_id_is_the_same_delivery(
    runtime: Runtime, address: str, product: Product
) -> None:
    bodies = [body_of("sale", runtime.clock.now() + timedelta(seconds=seconds)) for seconds in (0, 40)]
    for headers in (
        [signing.nexus(body, **{"X-Nexus-Delivery": "plain"}) for body in bodies],
        [signing.nexus_delivery(body, "signed") for body in bodies],
    ):
        answers = [await send(runtime, address, body, one) for body, one in zip(bodies, headers, strict=True)]
        assert [answer.status for answer in answers] == [202, 200]
        assert answers[0].body["event_id"] == answers[1].body["event_id"]


@pytest.mark.parametrize("change", [{"X-Nexus-Delivery": "8"}, {"X-Nexus-Delivery": ""}, None])
async def test_a_signed_delivery_id_cannot_be_changed_or_shed(
    runtime: Runtime, address: str, product: Product, change: dict[str, str] | None
) -> None:
    body = body_of("sale", runtime.clock.now())
    headers = signing.nexus_delivery(body, "7")
    if change is None:
        digest = headers["X-Nexus-Signature"].removeprefix("sha256-delivery=")
        change = {"X-Nexus-Signature": f"sha256={digest}"}
    answer = await send(runtime, address, body, headers | change)
    assert answer.error[:2] == (401, "signature-invalid")
    assert await stored(runtime) == []


async def test_the_same_bytes_to_two_products_are_two_events(
    runtime: Runtime, address: str, product: Product
) -> None:
    async with runtime.unit_of_work() as session:
        webhook_secret.seal(runtime.keyring, await products.create(session, name="Sun", slug="sun"), SECRET)
    body = body_of("sale", runtime.clock.now())
    answers = [
        await send(runtime, address, body, signing.nexus(body), slug=slug) for slug in ("moonbird", "sun")
    ]
    assert [answer.status for answer in answers] == [202, 202]
