"""Do caps and warnings hold for days and months, when many ask at once, and is the owner told once?"""

import asyncio
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.ai import reporting, usage, writer
from core.ai.models import AiUsage
from core.ai.notices import Notice
from core.ai.sums import Group
from core.ai.writer import Draft
from core.clock import ManualClock
from core.ids import new_id
from core.notifications.models import Notification, NotificationKind
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from core.settings import service as settings
from tests.fakes.anthropic import FakeAnthropic

CALL = Decimal("0.0054")  # what a call to the fake costs


async def _set(runtime: Runtime, **fields: float | str | None) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Ai, **fields)


async def _write(runtime: Runtime, product: Product) -> Draft:
    return await writer.write_post(runtime, product_id=product.id, idea="Чай", platforms=["telegram"])


async def _told(runtime: Runtime) -> list[tuple[str, str, str]]:
    async with runtime.unit_of_work() as session:
        rows = await session.scalars(select(Notification).order_by(Notification.created_at, Notification.id))
        kinds = [row for row in rows if row.kind == NotificationKind.AI_SPENDING]
    return [(row.payload["level"], row.payload["period"], row.payload["limit_usd"]) for row in kinds]


async def _spent(runtime: Runtime) -> Decimal:
    async with runtime.unit_of_work() as session:
        return sum((row.cost_usd or Decimal(0) for row in await session.scalars(select(AiUsage))), Decimal(0))


async def _bound(runtime: Runtime, claude: FakeAnthropic, product: Product) -> Decimal:
    """What is reserved for one such post."""
    reserved: list[Decimal] = []

    async def look() -> None:
        async with runtime.unit_of_work() as session:
            row = (await session.scalars(select(AiUsage))).one()
            reserved.append(row.cost_usd or Decimal(0))

    loop = asyncio.get_running_loop()
    waiting: list[asyncio.Future[None]] = []

    def answer(body: object) -> str:
        waiting.append(asyncio.ensure_future(look(), loop=loop))
        return json.dumps({"text": "Чай"})

    claude.answering = answer
    claude.usage = {"input_tokens": 0, "output_tokens": 0}
    await _write(runtime, product)
    await asyncio.gather(*waiting)
    claude.answering, claude.usage = None, {"input_tokens": 1200, "output_tokens": 300}
    return reserved[0]


async def test_a_usual_post_may_be_written_under_a_small_cap(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    await _set(connected, daily_cap_usd=0.06)
    assert (await _write(connected, product)).made_by == "ai"
    await _set(connected, daily_cap_usd=0.05, effort="low")
    assert (await _write(connected, product)).made_by == "ai"


@pytest.mark.parametrize("period", ["daily", "monthly"])
async def test_ten_at_once_cannot_pass_the_cap_by_more_than_what_was_admitted(
    connected: Runtime, claude: FakeAnthropic, product: Product, period: str
) -> None:
    bound = await _bound(connected, claude, product)
    claude.requests.clear()
    # A dear answer, as dear as the bound allows for: whoever is admitted may spend all of it.
    tokens = int(bound * Decimal("0.9") / Decimal("0.00001"))
    claude.usage = {"input_tokens": 0, "output_tokens": tokens}
    cap = bound * Decimal("3.5")
    await _set(connected, **{f"{period}_cap_usd": float(cap)})
    drafts = await asyncio.gather(*(_write(connected, product) for _ in range(10)))
    written = [draft for draft in drafts if draft.made_by == "ai"]
    assert len(written) == len(claude.requests) == 3
    assert {draft.notice for draft in drafts if draft.made_by != "ai"} == {Notice.CAP_REACHED}
    assert await _spent(connected) <= cap


async def test_a_refusal_says_what_is_left_and_what_it_needed(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    await _write(connected, product)
    await _set(connected, monthly_cap_usd=0.01)
    draft = await _write(connected, product)
    assert draft.notice is Notice.CAP_REACHED
    assert draft.details["period"] == "month"
    assert (draft.details["cap_usd"], draft.details["spent_usd"]) == (Decimal("0.01"), CALL)
    assert Decimal("0.02") < Decimal(str(draft.details["needs_usd"])) < Decimal("0.06")
    assert len(claude.requests) == 1


async def test_the_cap_is_told_once_a_day_and_again_when_it_is_another(
    connected: Runtime, product: Product, clock: ManualClock
) -> None:
    await _set(connected, daily_cap_usd=0.001)
    for _ in range(3):
        await _write(connected, product)
    assert await _told(connected) == [("cap", "day", "0.001")]
    await _set(connected, daily_cap_usd=0.002)
    await _write(connected, product)
    clock.advance(timedelta(days=1))
    await _write(connected, product)
    assert await _told(connected) == [
        ("cap", "day", "0.001"), ("cap", "day", "0.002"), ("cap", "day", "0.002"),
    ]  # fmt: skip


async def test_a_warning_is_told_once_when_it_is_passed_and_stops_nothing(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    await _set(connected, daily_warn_usd=0.006, monthly_warn_usd=0.02)
    drafts = [await _write(connected, product) for _ in range(2)]
    assert await _told(connected) == [("warn", "day", "0.006")]
    drafts += [await _write(connected, product) for _ in range(3)]
    assert await _told(connected) == [("warn", "day", "0.006"), ("warn", "month", "0.02")]
    assert {draft.made_by for draft in drafts} == {"ai"}


async def test_last_months_money_is_not_this_months(
    connected: Runtime, product: Product, clock: ManualClock
) -> None:
    await _write(connected, product)
    await _set(connected, monthly_cap_usd=0.05, effort="low")
    assert (await _write(connected, product)).made_by == "ai"
    async with connected.unit_of_work() as session:
        for row in await session.scalars(select(AiUsage)):
            row.cost_usd = Decimal("0.03")
    assert (await _write(connected, product)).notice is Notice.CAP_REACHED
    clock.advance(timedelta(days=32))
    assert (await _write(connected, product)).made_by == "ai"


async def _row(runtime: Runtime, product: Product | None, clock: ManualClock, **fields: object) -> None:
    values = {
        "id": new_id(), "request_type": "generate", "model": "claude-sonnet-5-5", "input_tokens": 10,
        "output_tokens": 5, "cost_usd": Decimal("0.5"), "created_at": clock.now(),
        "product_id": product.id if product else None,
    }  # fmt: skip
    async with runtime.unit_of_work() as session:
        session.add(AiUsage(**(values | fields)))


async def test_reports_add_up(runtime: Runtime, product: Product, clock: ManualClock) -> None:
    async with runtime.unit_of_work() as session:
        other = await products.create(session, name="Other")
    await _row(runtime, product, clock)
    await _row(runtime, other, clock, cost_usd=Decimal(2), model="claude-opus-5-5")
    await _row(runtime, None, clock, cost_usd=None, model="house-model", request_type="voice")
    await _row(runtime, product, clock, created_at=clock.now() - timedelta(days=1))
    await _row(runtime, product, clock, created_at=clock.now() - timedelta(days=40))
    async with runtime.unit_of_work() as session:
        by_product = await reporting.lines(session, Group.PRODUCT, clock.now())
        first = await reporting.lines(session, Group.MODEL, clock.now(), limit=1)
        second = await reporting.lines(session, Group.MODEL, clock.now(), offset=1, limit=1)
        gone = await reporting.lines(session, Group.MODEL, clock.now(), offset=90, limit=10)
        unpriced = await reporting.unpriced_models(session, clock.now())
        days = await reporting.days(session, clock.now())
    assert [(line.name, line.spent.cost_usd) for line in by_product.items][:1] == [("Other", Decimal(2))]
    assert {line.name for line in by_product.items} == {"Other", "Nota", None}
    assert (first.total, first.items[0].name, second.items[0].name) == (
        3, "claude-opus-5-5", "claude-sonnet-5-5",
    )  # fmt: skip
    assert (gone.offset, len(gone.items)) == (0, 3)
    assert unpriced == ["house-model"]
    assert len(days) == reporting.DAYS
    assert [spent.calls for _, spent in days[:3]] == [3, 1, 0]
    assert days[0][1].cost_usd == Decimal("2.5")
    assert days[0][1].unpriced == 1


async def test_days_are_the_owners_across_daylight_saving(
    runtime: Runtime, product: Product, clock: ManualClock
) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.General, timezone="Europe/Berlin")
    # 29 March 2026 has 23 hours in Berlin; the day begins at 23:00 UTC and ends at 22:00 UTC.
    clock.set(clock.now().replace(month=3, day=30, hour=12))
    for hour, day in ((22, 28), (23, 28), (21, 29), (22, 29)):
        await _row(runtime, product, clock, created_at=clock.now().replace(day=day, hour=hour, minute=30))
    async with runtime.unit_of_work() as session:
        days = await reporting.days(session, clock.now())
    assert [(day.day, spent.calls) for day, spent in days[:3]] == [(30, 1), (29, 2), (28, 1)]


async def test_a_product_without_calls_costs_nothing(runtime: Runtime, product: Product) -> None:
    async with runtime.unit_of_work() as session:
        today, month = await reporting.budgets(session, runtime.clock.now())
        spent = await usage.today(session, runtime.clock.now(), product_id=product.id)
    assert (today.spent.calls, month.spent.calls, spent.calls, today.left_usd) == (0, 0, 0, None)
