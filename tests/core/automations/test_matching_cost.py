"""Does matching look only at the rules that wait for this event of this product, however many others there are?"""

from datetime import timedelta

from sqlalchemy import event as listening
from sqlalchemy import insert, text

from core.automations import matching, sweeping
from core.automations.models import Automation, AutomationLog, RunStatus
from core.products import service as products
from tests.core.automations.conftest import Engine

_PLAN = text("""
EXPLAIN SELECT id FROM automations
WHERE product_id = :product AND enabled AND trigger_type = 'event' AND trigger_config ->> 'event' IN ('mint', '*')
ORDER BY id
""")


async def fill(engine: Engine, others: int) -> None:
    """Add rules of another product, and rules of this one for other events."""
    async with engine.runtime.unit_of_work() as session:
        other = await products.create(session, name="Other")
        for product_id, event in ((other.id, "mint"), (engine.product_id, "sale")):
            rows = [
                {"product_id": product_id, "name": f"{event} {number}", "trigger_type": "event",
                 "trigger_config": {"event": f"{event}.{number}" if product_id != other.id else event},
                 "conditions": [], "actions": [{"type": "notify", "message": "x"}]}
                for number in range(others)
            ]  # fmt: skip
            await session.execute(insert(Automation), rows)
        await session.execute(text("ANALYZE automations"))


async def test_the_index_finds_them(engine: Engine) -> None:
    await fill(engine, 3000)
    async with engine.runtime.unit_of_work() as session:
        plan = "\n".join(await session.scalars(_PLAN, {"product": engine.product_id}))
    assert "idx_auto_event" in plan, plan
    assert "Seq Scan" not in plan


async def test_a_thousand_rules_of_one_event_take_no_more_statements_than_one(engine: Engine) -> None:
    counts = []
    statements: list[str] = []
    listening.listen(
        engine.runtime.database.engine.sync_engine,
        "before_cursor_execute",
        lambda *args: statements.append(str(args[2])),
    )
    for rules in (1, 999):
        async with engine.runtime.unit_of_work() as session:
            rows = [
                {"product_id": engine.product_id, "name": f"{rules} {number}", "trigger_type": "event",
                 "trigger_config": {"event": "mint"}, "actions": [{"type": "notify", "message": "x"}],
                 "conditions": [{"field": "n", "operator": "milestone", "value": 5}], "options": {"per_day": 1}}
                for number in range(rules)
            ]  # fmt: skip
            await session.execute(insert(Automation), rows)
        event_id = await engine.event(n=5)
        statements.clear()
        await matching.process_event(engine.runtime, event_id)
        counts.append(len(statements))
    assert len(await engine.all(AutomationLog)) == 1001
    assert counts[1] <= counts[0] + 4, counts


async def test_reasons_of_runs_that_did_nothing_are_forgotten_after_a_month(engine: Engine) -> None:
    await engine.rule({"type": "notify", "message": "x"})
    await engine.happens(rarity_score=1)
    await engine.happens(rarity_score=99)
    engine.clock.advance(sweeping.KEPT + timedelta(minutes=1))
    async with engine.runtime.unit_of_work() as session:
        assert await sweeping.forget_skipped(session, engine.clock.now()) == 1
    assert [run.status for run in await engine.all(AutomationLog)] == [RunStatus.SUCCESS]
