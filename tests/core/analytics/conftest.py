"""What do the analytics tests stand on? A product with a channel, and a past that is made up to measure."""

import dataclasses
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.channels import service as channels
from core.clock import ManualClock
from core.content import service as content_service
from core.content.models import Content, ContentStatus
from core.ids import new_id
from core.products import service as products
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.core.analytics.asked import Numbers
from tests.core.analytics.shops import Shop
from tests.core.publications.conftest import RecordingQueue, add_channel


@dataclass
class Past:
    """One product with one Telegram channel, and posts of the past."""

    runtime: Runtime
    product_id: uuid.UUID
    channel_id: uuid.UUID

    async def post(
        self,
        at: datetime,
        metrics: dict[str, Any] | None = None,
        *,
        text: str = "A post.",
        kind: str | None = None,
        status: PublicationStatus = PublicationStatus.PUBLISHED,
        media: bool = False,
    ) -> Content:
        """Add a post that went out ``at`` with these numbers."""
        async with self.runtime.unit_of_work() as session:
            content = await content_service.create_draft(
                session, product_id=self.product_id, text=text, content_type=kind
            )
            content.status = ContentStatus.PUBLISHED
            if media:
                content.media = [{"type": "image", "url": "https://x/y.jpg", "alt": ""}]
            session.add(
                Publication(
                    id=new_id(), content_id=content.id, channel_id=self.channel_id, status=status,
                    scheduled_at=at, published_at=at if status == PublicationStatus.PUBLISHED else None,
                    metrics=metrics or {},
                )
            )  # fmt: skip
        return content


@pytest.fixture
async def past(runtime: Runtime) -> Past:
    """A product that has not published yet."""
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Shop")
        channel = await channels.connect(
            session, runtime.keyring, product_id=product.id, platform="telegram", platform_name="@shop",
            credentials={"bot_token": "123456:TEST", "chat_id": "@shop"},
        )  # fmt: skip
    return Past(runtime, product.id, channel.id)


def spread(
    n: int,
    seed: int,
    lift: Callable[[datetime], float] = lambda at: 0.0,
    *,
    noise: float = 0.4,
    hours: tuple[int, ...] = (9, 12, 15, 18, 21),
) -> list[tuple[datetime, float]]:
    """Return ``n`` moments in UTC, one a day, with log-normal noise around 1 and what ``lift`` plants."""
    dice = random.Random(seed)  # noqa: S311 - made-up history
    start = datetime(2025, 6, 2, tzinfo=UTC)
    made = []
    for day in range(n):
        at = start + timedelta(days=day, hours=dice.choice(hours), minutes=dice.randrange(60))
        made.append((at, dice.gauss(0, noise) + lift(at)))
    return made


@pytest.fixture
async def shop(runtime: Runtime, clock: ManualClock) -> Shop:
    """A product with one channel on a platform that tells numbers."""
    numbers, jobs = Numbers(), RecordingQueue()
    runtime.database._queue = jobs
    runtime = dataclasses.replace(runtime, platforms=numbers.platforms(), queue=jobs)
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Shop")
        channel = await add_channel(session, runtime, product.id, numbers.slug)
    return Shop(runtime, clock, numbers, product.id, channel.id, jobs)
