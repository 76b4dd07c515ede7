"""Does what is old go, in pieces, and does nothing go that somebody may still need?"""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from core.analytics.models import PublicationMetric
from core.automations.models import Automation, AutomationLog, AutomationStep
from core.content.models import Content, ContentVersion
from core.notifications.models import Notification
from core.publications.models import Publication, PublicationAttempt
from core.retention import sweeping
from core.retention.rules import RULES
from core.settings import service as settings
from tests.core.publications.conftest import World, jobs, platform, world

__all__ = ["jobs", "platform", "world"]


def at(moment: datetime, number: int = 0) -> uuid.UUID:
    """Return an id as it was made at ``moment``."""
    return uuid.UUID(int=sweeping.first_id_at(moment).int + number)


async def keep(world: World, model: Any, **values: Any) -> None:
    async with world.runtime.unit_of_work() as session:
        session.add(model(**values))


async def left(world: World, model: Any) -> int:
    async with world.runtime.unit_of_work() as session:
        return len((await session.scalars(select(model))).all())


async def test_old_numbers_go_in_pieces_and_young_ones_stay(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 3)
    publication = await world.plan()
    now = world.clock.now()
    for number in range(10):
        moment = now - timedelta(days=401 + number)
        await keep(
            world,
            PublicationMetric,
            id=at(moment),
            publication_id=publication.id,
            taken_at=moment,
            numbers={},
        )
    young = now - timedelta(days=399)
    await keep(
        world, PublicationMetric, id=at(young), publication_id=publication.id, taken_at=young, numbers={}
    )
    assert await sweeping.sweep(world.runtime) == {"publication_metrics": 10}
    assert await left(world, PublicationMetric) == 1
    assert await sweeping.sweep(world.runtime) == {}


async def test_of_calls_what_is_confirmed_or_open_stays(world: World) -> None:
    publication = await world.plan()
    moment = world.clock.now() - timedelta(days=1000)
    for number, state in enumerate(("confirmed", "unknown", "started", "rejected", "transient")):
        await keep(
            world, PublicationAttempt, id=at(moment, number), publication_id=publication.id, part=0,
            attempt=number + 1, idempotency_key="k", payload_hash="h", state=state, started_at=moment,
        )  # fmt: skip
    assert await sweeping.sweep(world.runtime) == {"publication_attempts": 2}
    async with world.runtime.unit_of_work() as session:
        states = set(await session.scalars(select(PublicationAttempt.state)))
    assert states == {"confirmed", "unknown", "started"}


async def test_news_that_waits_is_kept_however_old(world: World) -> None:
    moment = world.clock.now() - timedelta(days=1000)
    for number, status in enumerate(("pending", "sending", "sent", "muted", "failed")):
        await keep(
            world, Notification, id=at(moment, number), kind="trouble", payload={}, status=status,
            created_at=moment, not_before=moment,
        )  # fmt: skip
    assert (await sweeping.sweep(world.runtime))["notifications"] == 3
    assert await left(world, Notification) == 2


async def test_versions_that_count_stay(world: World) -> None:
    content = await world.content()
    publication = await world.plan(content)
    moment = world.clock.now() - timedelta(days=1000)
    for number in range(2, 6):
        await keep(
            world, ContentVersion, id=at(moment, number), content_id=content.id, version=number,
            original_text="x", reason="edited", created_at=moment,
        )  # fmt: skip
    async with world.runtime.unit_of_work() as session:
        kept = await session.get_one(Content, content.id)
        kept.version, kept.approved_version = 5, 4
        (await session.get_one(Publication, publication.id)).content_version = 3
        await session.execute(
            text("UPDATE content_versions SET id = :id, created_at = :moment WHERE version = 1"),
            {"id": at(moment, 1), "moment": moment},
        )
    assert await sweeping.sweep(world.runtime) == {"content_versions": 2}
    async with world.runtime.unit_of_work() as session:
        assert set(await session.scalars(select(ContentVersion.version))) == {3, 4, 5}


async def test_a_run_goes_with_its_steps_and_one_that_runs_does_not(world: World) -> None:
    moment = world.clock.now() - timedelta(days=1000)
    rule = uuid.uuid4()
    await keep(
        world, Automation, id=rule, product_id=world.product_id, name="r", trigger_type="event",
        trigger_config={}, actions=[],
    )  # fmt: skip
    for number, status in enumerate(("success", "running")):
        await keep(
            world, AutomationLog, id=at(moment, number), automation_id=rule, status=status,
            started_at=moment, run_key=str(number),
        )  # fmt: skip
        await keep(
            world,
            AutomationStep,
            run_id=at(moment, number),
            path="0",
            kind="wait",
            status="done",
            due_at=moment,
        )
    assert await sweeping.sweep(world.runtime) == {"automation_logs": 1}
    assert await left(world, AutomationStep) == 1


async def test_what_is_to_be_kept_for_ever_is(world: World) -> None:
    publication = await world.plan()
    moment = world.clock.now() - timedelta(days=3000)
    await keep(
        world, PublicationMetric, id=at(moment), publication_id=publication.id, taken_at=moment, numbers={}
    )
    async with world.runtime.unit_of_work() as session:
        await settings.change(session, settings.Keeping, numbers_days=None)
    assert await sweeping.sweep(world.runtime) == {}


async def test_a_row_that_somebody_holds_is_passed_over(world: World) -> None:
    publication = await world.plan()
    moment = world.clock.now() - timedelta(days=500)
    for number in range(2):
        await keep(
            world, PublicationMetric, id=at(moment, number), publication_id=publication.id,
            taken_at=moment + timedelta(seconds=number), numbers={},
        )  # fmt: skip
    async with world.runtime.unit_of_work() as session:
        await session.get_one(PublicationMetric, at(moment), with_for_update=True)
        assert await sweeping.sweep(world.runtime) == {"publication_metrics": 1}
    assert await sweeping.sweep(world.runtime) == {"publication_metrics": 1}


async def test_every_rule_finds_its_rows_by_the_primary_key(world: World) -> None:
    """A look at a table of millions must not read it whole."""
    async with world.runtime.unit_of_work() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        for rule in RULES:
            asked = sweeping._range(world.clock.now(), uuid.UUID(int=0))
            plan = "\n".join(await session.scalars(text(f"EXPLAIN {sweeping._next(rule)}"), asked))
            assert f"{rule.table}_pkey" in plan or f"pk_{rule.table}" in plan, plan
