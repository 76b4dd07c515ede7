"""What do the tests of automations stand on? A product with two scripted channels, and a worker that is called by hand."""

import dataclasses
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.automations import matching, running, sweeping
from core.automations.models import Automation, AutomationDraft, AutomationLog, AutomationStep
from core.clock import ManualClock
from core.content.models import Content
from core.events.models import Event
from core.jobs.jobs import RunJob
from core.notifications.models import Notification
from core.products import service as products
from core.publications import dispatch, execution
from core.publications.models import Publication
from core.runtime import Runtime
from core.settings import service as settings
from core.settings.service import Publishing
from tests.core.publications.conftest import add_channel
from tests.fakes.platforms.scripted import Scripted

SPOTLIGHT: dict[str, Any] = {
    "type": "generate", "idea": "Token {token_id} scores {rarity_score}", "use_ai": False, "scheduling": "now",
}  # fmt: skip
RARE = [{"field": "rarity_score", "operator": ">=", "value": 95}]


@dataclass
class Engine:
    """A product, its automations, and everything that moves them."""

    runtime: Runtime
    clock: ManualClock
    product_id: uuid.UUID
    platforms: Sequence[Scripted]

    async def rule(self, *actions: dict[str, Any], **changes: Any) -> uuid.UUID:
        """Add an automation; by default for rare mints."""
        values: dict[str, Any] = {
            "product_id": self.product_id, "name": "Rare mint", "trigger_type": "event",
            "trigger_config": {"event": "mint", "source": "webhook"}, "conditions": RARE,
            "actions": list(actions) or [SPOTLIGHT], "options": {},
        }  # fmt: skip
        async with self.runtime.unit_of_work() as session:
            made = Automation(**(values | changes))
            session.add(made)
            await session.flush()
            return made.id

    async def event(self, kind: str = "mint", hops: int = 0, **data: Any) -> uuid.UUID:
        """Have an event received."""
        data = data or {"token_id": 777, "rarity_score": 97}
        payload = {"event": kind, "timestamp": self.clock.now().isoformat(), "data": data}
        async with self.runtime.unit_of_work() as session:
            made = Event(
                product_id=self.product_id, event_type=kind,
                payload=payload | ({"hops": hops} if hops else {}), received_at=self.clock.now(),
            )  # fmt: skip
            session.add(made)
            await session.flush()
            return made.id

    async def happens(self, kind: str = "mint", hops: int = 0, **data: Any) -> uuid.UUID:
        """Have an event received, matched, and its runs taken as far as they go now."""
        event_id = await self.event(kind, hops, **data)
        await matching.process_event(self.runtime, event_id)
        await self.work()
        return event_id

    async def work(self, worker: str = "w1") -> None:
        """Take every run that is due."""
        for job in await self.due():
            await running.run(self.runtime, job, worker=worker)

    async def due(self) -> list[uuid.UUID]:
        """Return the runs that are due."""
        async with self.runtime.unit_of_work() as session:
            jobs = await sweeping.overlooked(session, self.clock.now(), by=timedelta())
        return [job.run_id for job in jobs if isinstance(job, RunJob)]

    async def sweep(self) -> None:
        """Do what the scheduler does, then what the workers do."""
        await sweeping.sweep(self.runtime)
        await self.work()

    async def publish(self) -> None:
        """Send every post that is due."""
        self.clock.advance(timedelta(seconds=15))
        async with self.runtime.unit_of_work() as session:
            await dispatch.nudge_due(session, self.clock.now())
        for row in await self.all(Publication):
            await execution.execute(self.runtime, row.id, worker="w1")

    async def all(self, model: type[Any]) -> list[Any]:
        """Return every row of a table, the oldest first."""
        async with self.runtime.unit_of_work() as session:
            order = {AutomationDraft: AutomationDraft.created_at, Content: Content.number}.get(
                model, getattr(model, "id", None)
            )
            return list(await session.scalars(select(model).order_by(order)))

    async def run(self) -> Any:
        """Return the only run."""
        (run,) = await self.all(AutomationLog)
        return run

    async def steps(self) -> list[tuple[str, str]]:
        """Return the steps of all runs as (path, status)."""
        return [(step.path, step.status) for step in await self.all(AutomationStep)]

    async def automation(self, automation_id: uuid.UUID) -> Automation:
        """Return the row as it is now."""
        async with self.runtime.unit_of_work() as session:
            return await session.get_one(Automation, automation_id)

    async def told(self) -> list[str]:
        """Return the kinds of what the owner is told, in order."""
        return [row.kind for row in await self.all(Notification)]

    async def publishing(self, **fields: object) -> None:
        """Change the publishing settings."""
        async with self.runtime.unit_of_work() as session:
            await settings.change(session, Publishing, **fields)

    def later(self, **by: float) -> datetime:
        """Move the clock."""
        return self.clock.advance(timedelta(**by))


@pytest.fixture
async def engine(runtime: Runtime, clock: ManualClock) -> Engine:
    """A product with two connected channels; the limits of publishing are out of the way."""
    scripted = [Scripted(slug="alpha"), Scripted(slug="beta")]
    runtime = dataclasses.replace(runtime, platforms={one.slug: one.platform() for one in scripted})
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Moon Birds")
        for one in scripted:
            await add_channel(session, runtime, product.id, one.slug)
        await settings.change(session, Publishing, min_gap_hours=0)
    return Engine(runtime, clock, product.id, scripted)
