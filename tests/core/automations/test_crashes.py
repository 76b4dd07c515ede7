"""What if the process dies: at each step, before and after each commit, and with many processes at once?"""

import asyncio
import dataclasses
import uuid
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import holding, matching, running, scheduling, sweeping
from core.automations.actions import call_webhook
from core.automations.models import Automation, AutomationLog, AutomationStep
from core.content.models import Content
from core.db.session import Database
from core.errors import Transient
from core.notifications.models import Notification
from core.products import webhook_secret
from core.products.models import Product
from core.publications.models import Publication
from core.runtime import Runtime
from tests.core.automations.conftest import SPOTLIGHT, Engine

WHOLE = [
    SPOTLIGHT | {"review": "auto"},
    {"type": "notify", "message": "Token {token_id}"},
    {"type": "call_webhook", "url": "https://example.org/hook", "data": {"id": "{token_id}"}},
    {"type": "branch", "conditions": [{"field": "token_id", "operator": "exists"}],
     "then": [{"type": "repost", "delay": "5m", "scheduling": "next"}]},
    {"type": "wait", "delay": "1h"},
    {"type": "save_as_template", "name": "Token {token_id}"},
]  # fmt: skip


class Killed(BaseException):
    """The process is gone."""


@dataclasses.dataclass
class Dying:
    """A database that takes the process down with it at one unit of work, before or after the commit."""

    inner: Database
    at: int
    after: bool
    count: int = 0

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncGenerator[AsyncSession]:
        self.count += 1
        dies = self.count == self.at
        async with self.inner.unit_of_work() as session:
            yield session
            if dies and not self.after:
                raise Killed
        if dies:
            raise Killed


@pytest.fixture
def deliveries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids under which the webhook was called."""
    found: list[str] = []

    async def post(url: str, body: bytes, secret: str, delivery: str) -> int:
        found.append(delivery)
        return 200

    monkeypatch.setattr(call_webhook, "_post", post)
    return found


async def with_secret(engine: Engine) -> None:
    async with engine.runtime.unit_of_work() as session:
        product = await session.get_one(Product, engine.product_id)
        webhook_secret.seal(engine.runtime.keyring, product, "a secret of the product")


async def live(runtime: Runtime, engine: Engine, event_id: uuid.UUID) -> None:
    """Do everything there is to do with an event, over two hours."""
    await matching.process_event(runtime, event_id)
    for _ in range(12):
        for run_id in await engine.due():
            await running.run(runtime, run_id, worker="w1")
        engine.later(minutes=10)


@pytest.mark.parametrize("after", [False, True])
async def test_a_process_that_dies_anywhere_leaves_nothing_undone_and_nothing_done_twice(
    engine: Engine, deliveries: list[str], after: bool
) -> None:
    await with_secret(engine)
    await engine.rule(*WHOLE)
    points = 0
    for at in range(1, 60):
        dying = Dying(engine.runtime.database, at, after)
        mortal = dataclasses.replace(engine.runtime, database=dying)  # type: ignore[arg-type]
        event_id = await engine.event(token_id=at, rarity_score=99)
        try:
            await live(mortal, engine, event_id)
        except Killed:
            points += 1
            await live(engine.runtime, engine, event_id)
        else:
            break
    assert points > 12, "the run ended before every place was tried"
    runs = await engine.all(AutomationLog)
    assert Counter((run.status, run.why) for run in runs) == {("success", None): points + 1}
    steps = Counter(step.run_id for step in await engine.all(AutomationStep))
    assert set(steps.values()) == {len(WHOLE) + 1}
    assert len(await engine.all(Content)) == 2 * (points + 1)
    assert len(await engine.all(Publication)) == 2 * (points + 1)  # the first draft of each, on two channels
    notes = [row for row in await engine.all(Notification) if row.kind == "automation_note"]
    assert Counter(row.payload["text"] for row in notes) == {f"Token {run.trigger_data['data']['token_id']}": 1 for run in runs}  # fmt: skip
    # The address may be called again, but always under the id of its step.
    assert set(deliveries) == {str(uuid.uuid5(run.id, "2")) for run in runs}


async def test_a_lease_of_a_dead_worker_ends_and_one_that_lives_keeps_it(engine: Engine) -> None:
    await engine.rule(SPOTLIGHT)
    event_id = await engine.event()
    await matching.process_event(engine.runtime, event_id)
    (run_id,) = await engine.due()
    dying = dataclasses.replace(engine.runtime, database=Dying(engine.runtime.database, 1, after=True))  # type: ignore[arg-type]
    with pytest.raises(Killed):
        await running.run(dying, run_id, worker="w1")
    await running.run(engine.runtime, run_id, worker="w2")
    assert await engine.all(Content) == []
    engine.later(minutes=7)
    await running.run(engine.runtime, run_id, worker="w2")
    assert len(await engine.all(Content)) == 1


async def test_a_worker_that_is_stopped_in_the_middle_gives_the_run_back(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def hang(url: str, body: bytes, secret: str, delivery: str) -> int:
        begun.set()
        await asyncio.Event().wait()
        return 200

    monkeypatch.setattr(call_webhook, "_post", hang)
    await with_secret(engine)
    await engine.rule(WHOLE[2])
    await matching.process_event(engine.runtime, await engine.event())
    (run_id,) = await engine.due()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(running.run(engine.runtime, run_id, worker="w1"))
        await begun.wait()
        assert await engine.due() == []
        task.cancel()
    assert await engine.due() == [run_id]


async def test_a_worker_that_lives_keeps_its_run_beyond_the_lease(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, renewed, answered = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(url: str, body: bytes, secret: str, delivery: str) -> int:
        begun.set()
        await answered.wait()
        return 200

    renew = holding._set

    async def seen(runtime: Runtime, run_id: uuid.UUID, token: str, **values: object) -> bool:
        done = await renew(runtime, run_id, token, **values)
        renewed.set()
        return done

    monkeypatch.setattr(call_webhook, "_post", slow)
    monkeypatch.setattr(holding, "_RENEW_EVERY", 0.01)
    monkeypatch.setattr(holding, "_set", seen)
    await with_secret(engine)
    await engine.rule(WHOLE[2])
    await matching.process_event(engine.runtime, await engine.event())
    (run_id,) = await engine.due()
    async with asyncio.TaskGroup() as group:
        group.create_task(running.run(engine.runtime, run_id, worker="w1"))
        await begun.wait()
        engine.clock.advance(holding.LEASE)
        renewed.clear()
        for _ in range(2):  # one may have been on its way when the clock moved
            await renewed.wait()
            renewed.clear()
        assert await engine.due() == []
        answered.set()
    assert (await engine.run()).status == "success"


async def test_what_always_dies_is_given_up_and_told(engine: Engine) -> None:
    await engine.rule(SPOTLIGHT)
    await matching.process_event(engine.runtime, await engine.event())
    (run_id,) = await engine.due()
    for _ in range(running.MOST_TRIES):
        mortal = dataclasses.replace(engine.runtime, database=Dying(engine.runtime.database, 1, after=True))  # type: ignore[arg-type]
        with pytest.raises(Killed):
            await running.run(mortal, run_id, worker="w1")
        engine.later(minutes=7)
    await running.run(engine.runtime, run_id, worker="w1")
    run = await engine.run()
    assert (run.status, run.why) == ("failed", "gave-up")
    assert await engine.told() == ["automation_failed"]


async def test_an_address_that_does_not_answer_is_tried_again_and_then_the_run_fails(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(url: str, body: bytes, secret: str, delivery: str) -> int:
        raise Transient("away")

    monkeypatch.setattr(call_webhook, "_post", away)
    await with_secret(engine)
    await engine.rule(WHOLE[2])
    await engine.happens()
    for _ in range(running.MOST_TRIES - 1):
        assert (await engine.run()).status == "running"
        engine.later(minutes=20)
        await engine.work()
    assert ((await engine.run()).status, (await engine.run()).why) == ("failed", "transient")


async def test_two_schedulers_and_three_workers_fire_each_occurrence_once(engine: Engine) -> None:
    count = 6
    for number in range(count):
        await engine.rule(
            {"type": "notify", "message": f"{number}"}, name=f"Rule {number}", conditions=[],
            trigger_type="schedule", trigger_config={"cron": "*/5 * * * *"},
        )  # fmt: skip
    await sweeping.sweep(engine.runtime)
    for _ in range(3):
        engine.later(minutes=5)
        await asyncio.gather(*(scheduling.sweep(engine.runtime) for _ in range(2)))
        due = await engine.due()
        await asyncio.gather(
            *(
                running.run(engine.runtime, run_id, worker=f"w{worker}")
                for worker in range(3)
                for run_id in due
            )
        )
    said = Counter(row.payload["text"] for row in await engine.all(Notification))
    assert said == {str(number): 3 for number in range(count)}


async def test_two_schedulers_that_read_the_same_time_meet_the_key_of_the_run(engine: Engine) -> None:
    rule = await engine.rule(
        {"type": "wait", "delay": "1h"}, conditions=[], trigger_type="schedule", trigger_config={"cron": "0 * * * *"}
    )  # fmt: skip
    await sweeping.sweep(engine.runtime)
    moment = (await engine.automation(rule)).next_run_at
    assert moment is not None
    engine.clock.set(moment)
    for _ in range(2):
        await scheduling.sweep(engine.runtime)
        async with engine.runtime.unit_of_work() as session:
            row = await session.scalar(select(Automation).where(Automation.id == rule))
            assert row is not None
            row.next_run_at = moment  # as a scheduler with an old row would have it
    assert len(await engine.all(AutomationLog)) == 1


async def test_a_chain_runs_to_its_end_through_restarts(engine: Engine) -> None:
    chain: list[dict[str, Any]] = [
        {"type": "publish", "text": f"Part {number}", "after": after, "review": "auto", "scheduling": "now"}
        for number, after in enumerate(("0s", "T+1h", "T+1d"))
    ]
    await engine.rule(*chain)
    await engine.happens()
    posted = []
    for step in (
        timedelta(),
        timedelta(minutes=59),
        timedelta(minutes=1),
        timedelta(hours=22, minutes=59),
        timedelta(minutes=1),
    ):
        # A restart: nothing but the rows is left.
        engine = dataclasses.replace(engine, runtime=dataclasses.replace(engine.runtime))
        engine.clock.advance(step)
        await engine.sweep()
        posted.append(len(await engine.all(Content)))
    assert posted == [1, 1, 2, 2, 3]
    assert [draft.original_text for draft in await engine.all(Content)] == ["Part 0", "Part 1", "Part 2"]
    assert (await engine.run()).status == "success"


async def test_a_random_delay_is_drawn_once(engine: Engine) -> None:
    await engine.rule({"type": "notify", "message": "x", "delay": "2h-4h"})
    await engine.happens()
    (step,) = await engine.all(AutomationStep)
    drawn = step.due_at - engine.clock.now()
    assert timedelta(hours=2) <= drawn <= timedelta(hours=4)
    engine.later(hours=1)
    await engine.work()
    (again,) = await engine.all(AutomationStep)
    assert again.due_at == step.due_at
    engine.clock.set(step.due_at)
    await engine.work()
    assert await engine.told() == ["automation_note"]
