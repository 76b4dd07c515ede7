"""Is every call on the books, and does the daily cap hold when many ask at once?"""

import asyncio
import dataclasses
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from pydantic import BaseModel
from sqlalchemy import select

from core.ai import usage
from core.ai.models import AiUsage
from core.ai.provider import Block, Overloaded, Request, TimedOut, Truncated, Usage
from core.ai.usage import CapReached, PriceUnknown, Reservation
from core.clock import ManualClock
from core.products.models import Product
from core.runtime import Runtime
from core.settings import service as settings

REPORTED = {"input_tokens": 1000, "output_tokens": 500}
USED = Usage(1000, 500, REPORTED)
COST = Decimal("0.007")  # 1000 * $2 + 500 * $10 per million


class _Answer(BaseModel):
    text: str


def _request(model: str = "claude-sonnet-5-5") -> Request[_Answer]:
    return Request(model, (Block("system"),), "content", _Answer, max_tokens=1000)


async def _reserve(runtime: Runtime, product: Product, model: str = "claude-sonnet-5-5") -> Reservation:
    async with runtime.unit_of_work() as session:
        return await usage.reserve(
            session,
            _request(model),
            purpose="generate",
            product_id=product.id,
            content_id=None,
            now=runtime.clock.now(),
        )


async def _cap(runtime: Runtime, amount: float | None) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Ai, daily_cap_usd=amount)


async def _rows(runtime: Runtime) -> list[AiUsage]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(AiUsage).order_by(AiUsage.id)))


async def test_a_call_is_reserved_and_then_settled(runtime: Runtime, product: Product) -> None:
    reservation = await _reserve(runtime, product)
    [row] = await _rows(runtime)
    assert (row.request_type, row.model, row.product_id) == ("generate", "claude-sonnet-5-5", product.id)
    assert (row.outcome, row.total_tokens) == ("unknown", None)
    assert row.cost_usd is not None
    assert row.cost_usd > Decimal("0.01")  # the worst case: all 1000 tokens written
    async with runtime.unit_of_work() as session:
        assert await usage.settle(session, reservation, model="claude-sonnet-5-5", usage=USED) == COST
    [row] = await _rows(runtime)
    assert (row.outcome, row.input_tokens, row.output_tokens, row.total_tokens) == ("ok", 1000, 500, 1500)
    assert row.cost_usd == COST


async def test_failures_are_charged_as_far_as_known(runtime: Runtime, product: Product) -> None:
    errors = [Overloaded(), Truncated(usage=USED, model="claude-sonnet-5-5"), TimedOut()]
    for error in errors:
        reservation = await _reserve(runtime, product)
        async with runtime.unit_of_work() as session:
            await usage.settle_failure(session, reservation, error)
    free, cut, slow = await _rows(runtime)
    assert (free.outcome, free.total_tokens, free.cost_usd) == ("overloaded", 0, Decimal(0))
    assert (cut.outcome, cut.total_tokens, cut.cost_usd) == ("truncated", 1500, COST)
    assert (slow.outcome, slow.total_tokens) == ("timed_out", None)
    assert slow.cost_usd is not None
    assert slow.cost_usd > Decimal("0.01")  # it may have been written and charged


async def test_an_unknown_price_is_null_and_not_zero(runtime: Runtime, product: Product) -> None:
    reservation = await _reserve(runtime, product, "house-model")
    async with runtime.unit_of_work() as session:
        assert await usage.settle(session, reservation, model="house-model", usage=USED) is None
        spent = await usage.today(session, runtime.clock.now())
    assert (spent.calls, spent.input_tokens, spent.output_tokens, spent.unpriced) == (1, 1000, 500, 1)
    await _cap(runtime, 1)
    with pytest.raises(PriceUnknown):
        await _reserve(runtime, product, "house-model")


async def test_parallel_calls_cannot_pass_the_cap_together(runtime: Runtime, product: Product) -> None:
    first = await _reserve(runtime, product)
    assert first.most_usd is not None
    await _cap(runtime, float(first.most_usd * 4))

    async def attempt() -> bool:
        try:
            await _reserve(runtime, product)
        except CapReached:
            return False
        return True

    won = await asyncio.gather(*(attempt() for _ in range(12)))
    assert sum(won) == 3
    assert len(await _rows(runtime)) == 4  # a refused call leaves no row
    # What was reserved and not spent is free again.
    async with runtime.unit_of_work() as session:
        await usage.settle_failure(session, first, Overloaded())
    assert await attempt()
    assert not await attempt()


async def test_a_cap_of_nothing_allows_nothing(runtime: Runtime, product: Product) -> None:
    await _cap(runtime, 0)
    with pytest.raises(CapReached):
        await _reserve(runtime, product)


async def test_the_day_is_the_owners(runtime: Runtime, product: Product, clock: ManualClock) -> None:
    """It is noon in Moscow. What was spent at 23:30 local time yesterday counts for yesterday."""
    midnight = clock.now().replace(hour=21, minute=0) - timedelta(days=1)
    for moment in (midnight - timedelta(minutes=30), midnight + timedelta(minutes=30)):
        clock.set(moment)
        reservation = await _reserve(runtime, product)
        async with runtime.unit_of_work() as session:
            await usage.settle(session, reservation, model="claude-sonnet-5-5", usage=USED)
    async with runtime.unit_of_work() as session:
        today = await usage.today(session, clock.now(), product_id=product.id)
        month = await usage.this_month(session, clock.now())
        nobody = await usage.today(session, clock.now(), product_id=uuid.uuid4())
    assert (today.calls, today.cost_usd) == (1, COST)
    assert (month.calls, month.cost_usd) == (2, 2 * COST)
    assert dataclasses.astuple(nobody) == (0, 0, 0, Decimal(0), 0)
