"""What do the publication tests stand on? A product with a scripted channel, and short ways to plan and to look."""

import dataclasses
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.channels.models import Channel
from core.clock import ManualClock
from core.content import service as content_service
from core.content.models import Content
from core.ids import new_id
from core.jobs.jobs import Job
from core.notifications.models import Notification
from core.products import service as products
from core.publications import dispatch, execution, scheduling
from core.publications.models import Publication, PublicationAttempt
from core.publications.scheduling import At, When
from core.runtime import Runtime
from core.settings import service as settings_service
from core.settings.service import General, Publishing
from tests.fakes.platforms.scripted import Scripted


@dataclass
class RecordingQueue:
    """Keeps every job that was sent."""

    jobs: list[Job] = field(default_factory=list)

    async def send(self, job: Job) -> None:
        self.jobs.append(job)


@dataclass
class World:
    """One product with one channel."""

    runtime: Runtime
    clock: ManualClock
    platform: Scripted
    product_id: uuid.UUID
    channel_id: uuid.UUID

    async def content(
        self, text: str = "Hello", *, thread: Sequence[str] = (), approved: bool = True
    ) -> Content:
        """Make a content, approved unless told otherwise."""
        async with self.runtime.unit_of_work() as session:
            adapted: dict[str, Any] = {self.platform.slug: {"thread": list(thread)}} if thread else {}
            content = await content_service.create_draft(
                session, product_id=self.product_id, text=text, adapted=adapted
            )
            if approved:
                await content_service.approve(session, content.id, version=1, now=self.clock.now())
            return content

    async def plan(
        self, content: Content | None = None, when: When | None = None, *, force: bool = True, **more: Any
    ) -> Publication:
        """Schedule a content (a new one by default), by default for this moment."""
        content = content or await self.content()
        async with self.runtime.unit_of_work() as session:
            planned = await scheduling.schedule(
                session,
                content_id=content.id,
                version=content.version,
                when=when or At(self.clock.now()),
                now=self.clock.now(),
                force=force,
                **more,
            )
        return planned[0]

    async def execute(self, publication: Publication, worker: str = "w1") -> None:
        """Let a worker try to send it."""
        await execution.execute(self.runtime, publication.id, worker=worker)

    async def read(self, publication: Publication) -> Publication:
        """Return the row as it is now."""
        async with self.runtime.unit_of_work() as session:
            return await session.get_one(Publication, publication.id)

    async def attempts(self, publication: Publication) -> list[tuple[int, int, str]]:
        """Return the ledger as (part, attempt, state)."""
        async with self.runtime.unit_of_work() as session:
            rows = await session.scalars(
                select(PublicationAttempt)
                .where(PublicationAttempt.publication_id == publication.id)
                .order_by(PublicationAttempt.started_at, PublicationAttempt.part, PublicationAttempt.attempt)
            )
            return [(row.part, row.attempt, row.state) for row in rows]

    async def told(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what the owner is told, in order."""
        async with self.runtime.unit_of_work() as session:
            rows = await session.scalars(select(Notification).order_by(Notification.created_at))
            return [(row.kind, row.payload) for row in rows]

    async def kinds(self) -> list[str]:
        """Return the kinds of what the owner is told."""
        return [kind for kind, _ in await self.told()]

    async def nudge(self) -> int:
        """Run the due scan once."""
        async with self.runtime.unit_of_work() as session:
            return await dispatch.nudge_due(session, self.clock.now())

    async def recover(self) -> int:
        """Run the sweep for dead workers once."""
        async with self.runtime.unit_of_work() as session:
            return await dispatch.recover(session, self.clock.now(), platforms=self.runtime.platforms)

    async def publishing(self, **fields: object) -> None:
        """Change the publishing settings."""
        async with self.runtime.unit_of_work() as session:
            await settings_service.change(session, Publishing, **fields)

    async def zone(self, name: str) -> None:
        """Change the owner's zone."""
        async with self.runtime.unit_of_work() as session:
            await settings_service.change(session, General, timezone=name)

    def later(self, **by: float) -> datetime:
        """Move the clock."""
        return self.clock.advance(timedelta(**by))


@pytest.fixture
def platform() -> Scripted:
    """A platform like Telegram: no keys, no looking."""
    return Scripted()


@pytest.fixture
def jobs() -> RecordingQueue:
    """The queue of the world's runtime."""
    return RecordingQueue()


@pytest.fixture
async def world(runtime: Runtime, clock: ManualClock, platform: Scripted, jobs: RecordingQueue) -> World:
    """A product with one connected channel."""
    runtime.database._queue = jobs
    runtime = dataclasses.replace(runtime, platforms={platform.slug: platform.platform()}, queue=jobs)
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Shop")
        channel = await add_channel(session, runtime, product.id, platform.slug)
    return World(runtime, clock, platform, product.id, channel.id)


async def add_channel(session: Any, runtime: Runtime, product_id: uuid.UUID, slug: str) -> Channel:
    """Add a channel with sealed credentials, as a connection would."""
    channel_id = new_id()
    sealed = runtime.keyring.seal_json({"token": "t"}, "channels", str(channel_id), "credentials")
    channel = Channel(
        id=channel_id,
        product_id=product_id,
        platform=slug,
        platform_name="@shop",
        credentials=dict(sealed),
        settings={},
    )
    session.add(channel)
    await session.flush()
    return channel
