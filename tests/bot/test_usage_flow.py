"""/usage: what AI has cost, for whom, by what, when, and what is left."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from core.ai.models import AiUsage
from core.ids import new_id
from core.notifications.models import Notification
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from core.settings import service as settings
from tests.bot.person import Person


async def _called(runtime: Runtime, product: Product, cost: str | None, **fields: object) -> None:
    values = {
        "id": new_id(), "request_type": "generate", "model": "claude-sonnet-5-5", "input_tokens": 1200,
        "output_tokens": 300, "cost_usd": Decimal(cost) if cost else None, "created_at": runtime.clock.now(),
        "product_id": product.id,
    }  # fmt: skip
    async with runtime.unit_of_work() as session:
        session.add(AiUsage(**(values | fields)))


async def test_an_empty_month(owner: Person, product: Product) -> None:
    await owner.says("/usage")
    assert "AI has not worked this month" in owner.text
    assert "No spending cap" in owner.text
    await owner.taps("By day")
    assert "The last 14 days" in owner.text
    await owner.taps("Home")
    assert "Tea & Co" in owner.text


async def test_totals_caps_and_unknown_prices(owner: Person, product: Product, runtime: Runtime) -> None:
    await _called(runtime, product, "0.25")
    await _called(runtime, product, "0.5", created_at=runtime.clock.now() - timedelta(days=1))
    await _called(runtime, product, None, model="house-model")
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Ai, daily_cap_usd=1, monthly_warn_usd=5)
    await owner.says("/usage")
    for words in (
        "Today: $0.25 + ? · 2 calls",
        "This month: $0.75 + ? · 3 calls",
        "$0.75 left",
        "house-model",
        "$5.00",
    ):
        assert words in owner.text, words


async def test_cuts_and_pages(owner: Person, product: Product, runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        others = [await products.create(session, name=f"Product {n:02}") for n in range(12)]
    for number, other in enumerate(others):
        await _called(runtime, other, str(number + 1))
    await owner.says("/usage")
    await owner.taps("By product")
    assert owner.text.index("Product 11") < owner.text.index("Product 02")
    assert "Product 01" not in owner.text
    await owner.taps("›")
    assert "Product 00" in owner.text
    await owner.taps("By model")
    assert "sonnet-5-5" in owner.text
    await owner.taps("By purpose")
    assert "New posts" in owner.text
    await owner.taps("Total")
    assert "This month" in owner.text


async def test_a_page_that_has_gone_is_the_first_one(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await _called(runtime, product, "1")
    await owner.says("/usage")
    await owner.taps_data("usage:products:9990", owner.screen)
    assert "Tea & Co" in owner.text


async def test_a_spending_notification_is_a_row_with_a_view(runtime: Runtime, product: Product) -> None:
    from bot.i18n import translator
    from bot.notifications.registry import KINDS
    from bot.notifications.telling import Telling
    from core.ai import usage
    from core.ai.usage import CapReached
    from core.notifications.models import NotificationKind

    error = CapReached(
        "x", period="day", cap_usd=Decimal(1), spent_usd=Decimal("0.98"), needs_usd=Decimal("0.05")
    )
    async with runtime.unit_of_work() as session:
        for _ in range(2):
            await usage.tell_cap(session, error, runtime.clock.now())
    async with runtime.unit_of_work() as session:
        (row,) = await session.scalars(select(Notification))
    t = translator("en")
    telling = Telling(runtime, row.id, row.payload, t, runtime.clock.now().tzinfo, runtime.clock.now())  # type: ignore[arg-type]
    told = await KINDS[NotificationKind.AI_SPENDING](telling)
    assert "The day's cap for AI" in told.screen.body.text
    assert "$0.00 of $1.00" in told.screen.body.text
