"""Many wrong signatures from one address: it is refused before its body is read, and nobody else is."""

from datetime import timedelta

from core.clock import ManualClock
from core.events.guessing import MOST
from core.products.models import Product
from core.runtime import Runtime
from tests.core.events import signing
from tests.core.events.signing import OTHER, body_of
from tests.workers.receiver.sending import Answer, send

GUESSER, PRODUCT = {"X-Forwarded-For": "8.8.8.8"}, {"X-Forwarded-For": "8.8.4.4"}


async def test_who_guesses_is_not_heard_for_a_while_and_others_are(
    runtime: Runtime, address: str, product: Product, clock: ManualClock
) -> None:
    async def deliver(secret: str, more: dict[str, str]) -> Answer:
        body = body_of("sale", clock.now())
        return await send(runtime, address, body, signing.nexus(body, secret) | more)

    for _ in range(MOST):
        assert (await deliver(OTHER, GUESSER)).status == 401
    refused = await deliver(OTHER, GUESSER)
    assert refused.error == (429, "too-many-wrong-signatures", None)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    # The guess that would have been right is not told from the others.
    assert (await deliver(signing.SECRET, GUESSER)).status == 429
    assert (await deliver(signing.SECRET, PRODUCT)).status == 202
    clock.advance(timedelta(minutes=1))
    assert (await deliver(signing.SECRET, GUESSER)).status == 202


async def test_nobody_is_silenced_by_a_stranger_behind_the_same_unknown_proxy(
    runtime: Runtime, address: str, product: Product, clock: ManualClock
) -> None:
    for _ in range(2 * MOST):
        body = body_of("sale", clock.now())
        assert (await send(runtime, address, body, signing.nexus(body, OTHER))).status == 401
    body = body_of("sale", clock.now())
    assert (await send(runtime, address, body, signing.nexus(body))).status == 202
