"""Many wrong signatures in a minute are told once, and once when there are no more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.clock import ManualClock
from core.events import refusals
from core.notifications.models import Notification, NotificationStatus
from core.products.models import Product
from core.runtime import Runtime
from tests.core.events import signing
from tests.core.events.signing import OTHER, body_of
from tests.workers.receiver.sending import send


async def told(runtime: Runtime) -> list[str]:
    """Return what was told so far; it counts as delivered from then on."""
    async with runtime.unit_of_work() as session:
        found = list(await session.scalars(select(Notification).order_by(Notification.id)))
        for one in found:
            one.status = NotificationStatus.SENT
    return [one.kind for one in found]


@pytest.mark.parametrize("restarted", [False, True])
async def test_told_once_and_once_when_it_is_over(
    runtime: Runtime, address: str, product: Product, clock: ManualClock, restarted: bool
) -> None:
    async def wrong(times: int) -> None:
        for _ in range(times):
            body = body_of("sale", clock.now())
            assert (await send(runtime, address, body, signing.nexus(body, OTHER))).status == 401
            clock.advance(timedelta(seconds=3))

    await wrong(refusals.MANY - 1)
    await refusals.look(runtime)
    assert await told(runtime) == []
    await wrong(1)
    await refusals.look(runtime)
    await wrong(5)
    await refusals.look(runtime)
    assert await told(runtime) == ["trouble"]
    if restarted:  # another process counts from anew
        refusals._known.clear()
    clock.advance(timedelta(minutes=4))
    await refusals.look(runtime)
    assert await told(runtime) == ["trouble"]
    clock.advance(timedelta(minutes=6))
    await refusals.look(runtime)
    assert await told(runtime) == ["trouble", "trouble_over"]


async def test_a_few_now_and_then_are_nobody_s_business(
    runtime: Runtime, address: str, product: Product, clock: ManualClock
) -> None:
    for _ in range(3 * refusals.MANY):
        body = body_of("sale", clock.now())
        await send(runtime, address, body, signing.nexus(body, OTHER))
        clock.advance(timedelta(seconds=10))
    await refusals.look(runtime)
    assert await told(runtime) == []
