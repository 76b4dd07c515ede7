"""Does every event that came together with others start what it would have started alone, and once?"""

import asyncio
import uuid
from collections import Counter

import pytest
from structlog.testing import capture_logs

from core.automations import matching, occasions
from core.automations.models import AutomationLog
from core.automations.occasions import Occasion
from core.events.models import Event
from tests.core.automations.conftest import Engine

NOTE = {"type": "notify", "message": "Token {token_id}"}


async def _runs(engine: Engine) -> Counter[tuple[str, str | None]]:
    return Counter((run.status, run.why) for run in await engine.all(AutomationLog))


async def test_a_cool_down_and_a_milestone_count_those_before_in_the_same_transaction(engine: Engine) -> None:
    await engine.rule(NOTE, conditions=[], options={"cooldown": "5m"})
    await engine.rule(NOTE, conditions=[{"field": "n", "operator": "milestone", "value": 5}])
    await engine.rule(NOTE, conditions=[], options={"per_hour": 2})
    ids = [await engine.event(n=5) for _ in range(3)]
    await matching.process_events(engine.runtime, ids)
    assert await _runs(engine) == {
        ("running", None): 1 + 1 + 2, ("skipped", "cooldown"): 2, ("skipped", "conditions"): 2,
        ("skipped", "limit-hour"): 1,
    }  # fmt: skip
    events = {event.id: event for event in await engine.all(Event)}
    assert [events[event_id].result["runs"] for event_id in ids] == [3, 1, 0]
    assert all(event.processed for event in events.values())


async def test_each_once_whoever_else_has_them_at_the_same_time(engine: Engine) -> None:
    for name in ("mint", "mint.*", "*"):
        await engine.rule(NOTE, conditions=[], trigger_config={"event": name})
    ids = [await engine.event("mint" if number % 2 else "mint.big") for number in range(40)]
    orders = (ids, ids[::-1], ids[20:] + ids[:20])
    await asyncio.gather(*(matching.process_events(engine.runtime, order) for order in orders))
    runs = await engine.all(AutomationLog)
    assert Counter(run.event_id for run in runs) == dict.fromkeys(ids, 2)


async def test_one_that_cannot_be_processed_keeps_nothing_from_the_others(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await engine.rule(NOTE, conditions=[])
    ids = [await engine.event() for _ in range(4)]
    broken = ids[1]
    read = occasions.of_event

    def fails(event: Event) -> Occasion:
        if event.id == broken:
            raise RuntimeError("a defect")
        return read(event)

    monkeypatch.setattr(occasions, "of_event", fails)
    with capture_logs() as logs:
        await matching.process_events(engine.runtime, ids)
    assert {event.id for event in await engine.all(Event) if not event.processed} == {broken}
    assert {run.event_id for run in await engine.all(AutomationLog)} == set(ids) - {broken}
    assert [log["event"] for log in logs] == ["events_processed_singly", "event_not_processed"]


async def test_what_is_too_much_for_one_transaction_is_done_one_by_one(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_MOST_PAIRS", 3)
    for _ in range(2):
        await engine.rule(NOTE, conditions=[])
    ids: list[uuid.UUID] = [await engine.event() for _ in range(2)]
    assert await matching._process_together(engine.runtime, ids) is False
    await matching.process_events(engine.runtime, ids)
    assert await _runs(engine) == {("running", None): 4}
