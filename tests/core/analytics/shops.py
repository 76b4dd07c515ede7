"""A product with a channel whose numbers are collected, and short ways to post, to ask and to look."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.analytics import collecting, enrolling, turns
from core.analytics.models import ChannelCollection, PublicationCollection
from core.channels.models import Channel
from core.clock import ManualClock
from core.content import service as content_service
from core.ids import new_id
from core.jobs.jobs import AnalyticsJob
from core.notifications.models import Notification
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.core.analytics.asked import Numbers
from tests.core.publications.conftest import RecordingQueue


@dataclass
class Shop:
    """One product with one channel on a platform that tells numbers."""

    runtime: Runtime
    clock: ManualClock
    numbers: Numbers
    product_id: uuid.UUID
    channel_id: uuid.UUID
    jobs: RecordingQueue = field(default_factory=RecordingQueue)

    async def post(self, number: str = "p1", at: datetime | None = None, **columns: Any) -> uuid.UUID:
        """Let a post go out, now by default."""
        at = at or self.clock.now()
        row = Publication(
            id=new_id(), channel_id=columns.pop("channel_id", self.channel_id), status=PublicationStatus.PUBLISHED,
            scheduled_at=at, published_at=at, platform_post_id=number, **columns,
        )  # fmt: skip
        async with self.runtime.unit_of_work() as session:
            content = await content_service.create_draft(session, product_id=self.product_id, text=number)
            row.content_id = content.id
            session.add(row)
        return row.id

    async def enrol(self) -> int:
        async with self.runtime.unit_of_work() as session:
            return await enrolling.enrol(session, self.runtime.platforms, self.clock.now())

    async def nudge(self) -> list[uuid.UUID]:
        """Run the scan and return the posts whose jobs it asked for."""
        self.jobs.jobs.clear()
        async with self.runtime.unit_of_work() as session:
            await turns.nudge(session, self.runtime.platforms, self.clock.now())
        return [job.publication_id for job in self.jobs.jobs if isinstance(job, AnalyticsJob)]

    async def round(self) -> list[str]:
        """Enrol, and collect everything that is due; returns what was asked."""
        before = len(self.numbers.calls)
        await self.enrol()
        await collecting.collect(self.runtime, self.channel_id)
        return self.numbers.calls[before:]

    async def row(self, publication_id: uuid.UUID) -> PublicationCollection:
        async with self.runtime.unit_of_work() as session:
            return await session.get_one(PublicationCollection, publication_id)

    async def channel(self) -> tuple[Channel, ChannelCollection]:
        async with self.runtime.unit_of_work() as session:
            return (
                await session.get_one(Channel, self.channel_id),
                await session.get_one(ChannelCollection, self.channel_id),
            )

    async def told(self) -> list[str]:
        async with self.runtime.unit_of_work() as session:
            return list(await session.scalars(select(Notification.kind).order_by(Notification.created_at)))
