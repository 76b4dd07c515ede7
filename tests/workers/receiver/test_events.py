"""Is a signed event stored before it is answered, once, and is everything else refused with what to do about it?"""

import asyncio
import gzip
import json
import time
import uuid
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import delete, make_url, select

from core.clock import ManualClock
from core.db.embedded import EmbeddedPostgres
from core.events import secrets
from core.events.models import Event
from core.products import service as products
from core.products import webhook_secret
from core.products.models import Product
from core.runtime import Runtime
from core.settings import service as settings
from tests.core.events import signing
from tests.core.events.signing import OTHER, SECRET, body_of
from tests.workers.receiver.sending import Answer, send

MINUTE = timedelta(minutes=1)


async def stored(runtime: Runtime) -> list[Event]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Event).order_by(Event.received_at, Event.id)))


async def test_accepted_once_it_is_in_the_table(runtime: Runtime, address: str, product: Product) -> None:
    body = body_of("sale.big", runtime.clock.now(), {"имя": "Ёж 🦔", "price": 12.5}, source="shop")
    answer = await send(runtime, address, body, signing.nexus(body))
    (event,) = await stored(runtime)
    assert (answer.status, answer.body) == (202, {"received": True, "event_id": str(event.id)})
    assert (event.product_id, event.event_type, event.processed) == (product.id, "sale.big", False)
    assert event.payload == json.loads(body)
    assert event.received_at == runtime.clock.now()


async def test_a_second_delivery_is_the_first_one(runtime: Runtime, address: str, product: Product) -> None:
    body = body_of("sale", runtime.clock.now())
    first = await send(runtime, address, body, signing.nexus(body))
    again = await send(runtime, address, body, signing.nexus(body))
    assert again.status == 200
    assert again.body == {"received": True, "event_id": first.body["event_id"], "duplicate": True}
    named = [await send(runtime, address, body, signing.nexus_delivery(body, "7")) for _ in "ab"]
    assert [answer.status for answer in named] == [202, 200]
    assert len(await stored(runtime)) == 2


async def test_the_same_delivery_many_times_at_once_is_one_event(
    runtime: Runtime, address: str, product: Product
) -> None:
    body = body_of("sale", runtime.clock.now())
    answers = await asyncio.gather(*(send(runtime, address, body, signing.nexus(body)) for _ in range(30)))
    assert sorted({answer.status for answer in answers}) == [200, 202]
    assert [answer.status for answer in answers].count(202) == 1
    assert {answer.body["event_id"] for answer in answers} == {
        str(event.id) for event in await stored(runtime)
    }


async def test_a_delivery_id_of_another_product_is_another_delivery(
    runtime: Runtime, address: str, product: Product
) -> None:
    async with runtime.unit_of_work() as session:
        other = await products.create(session, name="Other", slug="other")
        webhook_secret.seal(runtime.keyring, other, OTHER)
    body = body_of("sale", runtime.clock.now())
    assert (await send(runtime, address, body, signing.nexus(body))).status == 202
    assert (await send(runtime, address, body, signing.nexus(body, OTHER), slug="other")).status == 202
    assert (await send(runtime, address, body, signing.nexus(body), slug="other")).status == 401


GITHUB = json.dumps({"action": "published", "release": {"tag_name": "v1.0", "name": "Лето"}}).encode()
STRIPE = {
    "id": "evt_1", "object": "event", "api_version": "2025-03-31.basil", "created": 1772442000,
    "type": "charge.succeeded", "data": {"object": {"id": "ch_1", "amount": 2000, "currency": "eur"}},
    "livemode": False, "pending_webhooks": 1,
}  # fmt: skip


async def test_githubs_and_stripes_deliveries_take_the_neutral_form(
    runtime: Runtime, address: str, product: Product
) -> None:
    stripe = json.dumps(STRIPE, indent=2).encode()
    now = runtime.clock.now()
    for headers, body in (
        (signing.github(GITHUB, "release", "72d3162e-cc78-11e3-81ab-4c9367dc0958"), GITHUB),
        (signing.stripe(stripe, now), stripe),
        (signing.stripe(stripe, now + MINUTE), stripe),  # Stripe tries again and signs anew
    ):
        assert (await send(runtime, address, body, headers)).status in {200, 202}
    found = {event.event_type: event for event in await stored(runtime)}
    assert set(found) == {"release.published", "charge.succeeded"}
    release, charge = found["release.published"], found["charge.succeeded"]
    assert release.delivery_id == "72d3162e-cc78-11e3-81ab-4c9367dc0958"
    assert release.payload["data"] == json.loads(GITHUB)
    assert charge.delivery_id == "evt_1"
    assert charge.payload["data"] == STRIPE
    assert charge.payload["timestamp"] == "2026-03-02T09:00:00+00:00"


async def test_a_standard_webhook_names_its_event_type(
    runtime: Runtime, address: str, product: Product
) -> None:
    now = runtime.clock.now()
    body = json.dumps({"type": "invoice.paid", "timestamp": now.isoformat(), "data": {"id": 1}}).encode()
    answer = await send(runtime, address, body, signing.standard(body, "msg_1", now))
    assert answer.status == 202
    (event,) = await stored(runtime)
    assert (event.event_type, event.delivery_id) == ("invoice.paid", "msg_1")
    assert event.payload["event"] == "invoice.paid"


async def test_who_has_no_secret_learns_nothing(runtime: Runtime, address: str, product: Product) -> None:
    body = body_of("sale", runtime.clock.now())
    async with runtime.unit_of_work() as session:
        await products.create(session, name="Off", slug="off")
        away = await products.create(session, name="Away", slug="away")
        webhook_secret.seal(runtime.keyring, away, SECRET)
        await session.flush()
        await products.archive(session, away.id, now=runtime.clock.now())
    answers = [
        (await send(runtime, address, body, signing.nexus(body), slug=slug))
        for slug in ("off", "away", "nobody", "%00", "..%2F..", "%ff", "a" * 3000)
    ]
    assert {answer.error for answer in answers} == {(404, "not-found", None)}
    assert len({json.dumps(answer.body) for answer in answers}) == 1
    unsigned = [
        await send(runtime, address, body, {"Content-Type": "application/json"}),
        await send(runtime, address, b"{" * 100, {"Content-Type": "text/plain"}),
    ]
    assert {answer.error for answer in unsigned} == {(401, "signature-missing", "X-Nexus-Signature")}
    for garbage in (b"", b"not json", body + b" "):
        answer = await send(runtime, address, garbage, signing.nexus(body))
        assert answer.error == (401, "signature-invalid", None)
    assert await stored(runtime) == []


async def test_a_signed_time_outside_the_window_is_refused(
    runtime: Runtime, address: str, product: Product, clock: ManualClock
) -> None:
    for off in (-6 * MINUTE, 6 * MINUTE):
        at = clock.now() + off
        body = body_of("sale", at)
        assert (await send(runtime, address, body, signing.nexus(body))).error == (
            401, "timestamp-outside-window", "timestamp",
        )  # fmt: skip
        answer = await send(runtime, address, body, signing.stripe(body, at))
        assert answer.error == (401, "timestamp-outside-window", "Stripe-Signature")
        answer = await send(runtime, address, body, signing.standard(body, "m", at))
        assert answer.error == (401, "timestamp-outside-window", "webhook-timestamp")
    body = body_of("sale", clock.now())
    assert (await send(runtime, address, body, signing.nexus(body))).status == 202
    clock.advance(6 * MINUTE)  # the same bytes, overheard and sent again
    assert (await send(runtime, address, body, signing.nexus(body))).error[1] == "timestamp-outside-window"


async def test_an_overheard_delivery_does_not_pass_for_githubs(
    runtime: Runtime, address: str, product: Product, clock: ManualClock
) -> None:
    body = body_of("sale", clock.now())
    clock.advance(timedelta(days=1))
    answer = await send(runtime, address, body, signing.github(body, "sale", "new"))
    assert answer.error == (401, "not-a-github-delivery", None)


async def test_rotation_counts_at_once_and_the_old_secret_for_a_week(
    runtime: Runtime, address: str, product: Product, clock: ManualClock
) -> None:
    async def tried(secret: str) -> int:
        body = body_of("sale", clock.now(), {"n": uuid.uuid4().hex})
        return (await send(runtime, address, body, signing.nexus(body, secret))).status

    assert await tried(SECRET) == 202
    async with runtime.unit_of_work() as session:
        version = secrets.version_of(await products.get(session, product.id))
        new = await secrets.renew(session, runtime.keyring, product.id, version=version, now=clock.now())
    assert [await tried(new), await tried(SECRET)] == [202, 202]
    async with runtime.unit_of_work() as session:
        version = secrets.version_of(await products.get(session, product.id))
        await secrets.drop_previous(session, product.id, version=version)
    assert [await tried(new), await tried(SECRET)] == [202, 401]
    async with runtime.unit_of_work() as session:
        version = secrets.version_of(await products.get(session, product.id))
        await secrets.remove(session, runtime.keyring, product.id, version=version)
    assert await tried(new) == 404


SIGNED_AND_UNUSABLE: dict[str, tuple[Any, str, str | None]] = {
    "empty": (b"", "invalid-json", None),
    "no json": (b"hello", "invalid-json", None),
    "cut": (b'{"event": "sale"', "invalid-json", None),
    "latin-1": ('{"event": "caf\u00e9"}'.encode("latin-1"), "invalid-json", None),
    "utf-16": ('{"event": "sale"}'.encode("utf-16"), "invalid-json", None),
    "bom": (b"\xef\xbb\xbf{}", "invalid-json", None),
    "a list": (b"[]", "not-an-object", None),
    "a number": (b"1", "not-an-object", None),
    "a text": (b'"sale"', "not-an-object", None),
    "null": (b"null", "not-an-object", None),
    "nan": (b'{"event": NaN}', "invalid-number", None),
    "infinity": (b'{"event": -Infinity}', "invalid-number", None),
    "1e999": (b'{"data": 1e999}', "invalid-number", None),
    "giant": (b'{"data": ' + b"9" * 100_000 + b"}", "invalid-number", None),
    "twice": (b'{"event": "a", "event": "b"}', "duplicate-key", "event"),
    "deep list": (b'{"data": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "too-deep", None),
    "deep object": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "too-deep", None),
    "nul": (b'{"data": {"a": ["x\\u0000"]}}', "invalid-text", "data.a.0"),
    "nul in a name": (b'{"data": {"a\\u0000": 1}}', "invalid-text", "data.a\ufffd"),
    "half a pair": (b'{"data": "\\ud83d"}', "invalid-text", "data"),
    "no event": (b'{"timestamp": 1772442000}', "invalid-field", "event"),
    "blank event": (b'{"event": " ", "timestamp": 1772442000}', "invalid-field", "event"),
    "event is a number": (b'{"event": 5, "timestamp": 1772442000}', "invalid-field", "event"),
    "long event": (b'{"event": "%s", "timestamp": 1772442000}' % (b"a" * 101), "invalid-field", "event"),
    "event of two lines": (b'{"event": "a\\nb", "timestamp": 1772442000}', "invalid-field", "event"),
    "no time": (b'{"event": "sale"}', "invalid-field", "timestamp"),
    "true time": (b'{"event": "sale", "timestamp": true}', "invalid-field", "timestamp"),
    "time in words": (b'{"event": "sale", "timestamp": "today"}', "invalid-field", "timestamp"),
    "time without end": (b'{"event": "sale", "timestamp": 1e300}', "invalid-field", "timestamp"),
    "data is a list": (
        b'{"event": "sale", "timestamp": 1772442000, "data": []}', "invalid-field", "data",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNED_AND_UNUSABLE)
async def test_what_cannot_be_used_is_answered_with_what_to_fix(
    runtime: Runtime, address: str, product: Product, name: str
) -> None:
    body, code, field = SIGNED_AND_UNUSABLE[name]
    assert (await send(runtime, address, body, signing.nexus(body))).error == (400, code, field)
    assert await stored(runtime) == []


@pytest.mark.parametrize(
    "value", [1772442000, 1772442000.5, 1772442000000, "2026-03-02T09:00:00Z", "2026-03-02T12:00:00+03:00",
              "2026-03-02T09:00:00", "2026-03-02 09:00:00.123"],
)  # fmt: skip
async def test_a_time_may_be_written_in_several_ways(
    runtime: Runtime, address: str, product: Product, value: object
) -> None:
    body = json.dumps({"event": "sale", "timestamp": value}).encode()
    assert (await send(runtime, address, body, signing.nexus(body))).status == 202
    (event,) = await stored(runtime)
    assert event.payload == {"event": "sale", "timestamp": value, "data": {}}


async def test_large_compressed_and_other_bodies_are_refused(
    runtime: Runtime, address: str, product: Product
) -> None:
    fits = body_of("sale", runtime.clock.now(), {"a": "x" * (256 * 1024 - 120)})
    assert len(fits) <= 256 * 1024
    assert (await send(runtime, address, fits, signing.nexus(fits))).status == 202
    large = body_of("sale", runtime.clock.now(), {"a": "x" * 256 * 1024})

    async def in_pieces() -> AsyncGenerator[bytes]:
        for start in range(0, len(large), 10_000):
            yield large[start : start + 10_000]

    for body in (large, in_pieces()):
        answer = await send(runtime, address, body, signing.nexus(large))
        assert answer.error == (413, "too-large", None)
    body = body_of("sale", runtime.clock.now())
    signed = signing.nexus(body)
    for encoding in ("gzip", "br", "GZIP", "x"):
        packed = gzip.compress(body)
        answer = await send(runtime, address, packed, signed | {"Content-Encoding": encoding})
        assert answer.error == (415, "unsupported-encoding", "Content-Encoding")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", "ё"):
        answer = await send(runtime, address, body, signed | {"Content-Type": kind})
        assert answer.error == (415, "unsupported-media-type", "Content-Type")
    with_charset = signed | {"Content-Type": "application/json; charset=utf-8"}
    assert (await send(runtime, address, body, with_charset)).status == 202


async def test_a_product_has_its_share_of_a_minute(
    runtime: Runtime, address: str, product: Product, clock: ManualClock
) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Receiving, per_minute=2)

    async def tried(n: int) -> Answer:
        body = body_of("sale", clock.now(), {"n": n})
        return await send(runtime, address, body, signing.nexus(body))

    assert [(await tried(n)).status for n in range(2)] == [202, 202]
    refused = await tried(2)
    assert refused.error == (429, "too-many-requests", None)
    assert refused.headers["Retry-After"] == "30"
    unsigned = await send(runtime, address, b"{}", signing.nexus(b"{}", OTHER))
    assert unsigned.status == 401  # who cannot sign does not use the share up
    clock.advance(timedelta(seconds=30))
    assert (await tried(2)).status == 202
    assert len(await stored(runtime)) == 3


async def test_without_a_database_nothing_is_promised_and_nothing_lost(
    runtime: Runtime, address: str, product: Product, postgres: EmbeddedPostgres, database_url: str
) -> None:
    name = make_url(database_url).database

    async def tried(n: int) -> Answer:
        body = body_of("sale", runtime.clock.now(), {"n": n})
        return await send(runtime, address, body, signing.nexus(body))

    accepted = {(await tried(0)).body["event_id"]}
    control = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    try:
        await control.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await control.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
        )
        began = time.monotonic()
        answers = await asyncio.gather(*(tried(n) for n in range(1, 40)))
        assert time.monotonic() - began < 20  # in one go, not one after the other
        await control.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    finally:
        await control.close()
    assert {answer.error for answer in answers} == {(503, "database-unavailable", None)}
    assert {answer.headers["Retry-After"] for answer in answers} == {"5"}
    accepted |= {(await tried(n)).body["event_id"] for n in range(1, 40)}
    assert {str(event.id) for event in await stored(runtime)} == accepted
    assert len(accepted) == 40


async def test_who_was_deleted_meanwhile_is_nobody(runtime: Runtime, address: str, product: Product) -> None:
    body = body_of("sale", runtime.clock.now())
    assert (await send(runtime, address, body, signing.nexus(body))).status == 202
    async with runtime.unit_of_work() as session:
        await session.execute(delete(Product))
    body = body_of("sale", runtime.clock.now(), {"n": 1})
    assert (await send(runtime, address, body, signing.nexus(body))).error == (404, "not-found", None)


async def test_numbers_that_only_python_reads_are_kept_as_python_read_them(
    runtime: Runtime, address: str, product: Product
) -> None:
    moment = runtime.clock.now().isoformat()
    data = '{"little": 1e-20000, "large": 1.5e3, "long": 0.' + "1" * 20_000 + ', "plain": 1.10}'
    body = f'{{"event": "sale", "timestamp": "{moment}", "data": {data}}}'.encode()
    answer = await send(runtime, address, body, signing.nexus(body))
    assert answer.status == 202
    (event,) = await stored(runtime)
    assert event.payload["data"] == json.loads(data)
