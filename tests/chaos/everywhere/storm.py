"""One platform in the storm: every fault with every death, two workers that compete, then the count of what stands."""

import asyncio
import io
import multiprocessing
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from typing import Any
from uuid import UUID

from PIL import Image
from sqlalchemy import func, select, update

from core.channels.models import Channel, ChannelStatus
from core.clock import SystemClock
from core.content.models import Content
from core.content.rendering import render
from core.db.session import Database
from core.ids import new_id
from core.media.store import MediaStore
from core.platforms.registry import PLATFORMS
from core.publications.models import Publication, PublicationAttempt, PublicationStatus
from core.security.keyring import Keyring
from tests.chaos.everywhere.deaths import Death, refused_mark
from tests.chaos.everywhere.deaths import mark as death_mark
from tests.chaos.everywhere.victim import Life, live
from tests.fakes.platforms.server import FakePlatform, Fault, mark
from tests.workers.planning import add_channel

REFUSED, PARTIAL = "refused", "partial thread"
FAULTS: tuple[Fault | str, ...] = (
    Fault.NONE, REFUSED, Fault.HANG, Fault.CUT, Fault.ERROR_BEFORE, Fault.ERROR_AFTER, Fault.RATE_LIMIT,
    Fault.REJECT, Fault.SLOW, Fault.GARBAGE, PARTIAL, Fault.UNAUTHORIZED,
)  # fmt: skip
_UNDER_WAY = (PublicationStatus.SCHEDULED, PublicationStatus.PUBLISHING)


class NotSettled(Exception):
    """Posts were still under way when the time was up."""


@dataclass(frozen=True, slots=True)
class Case:
    """One post: what strikes it, and where its worker dies."""

    fault: Fault | str
    death: Death
    texts: tuple[str, ...]  # of its parts, as they stand on the platform's wall


@dataclass(slots=True)
class Row:
    """What came of one fault with all its deaths."""

    posts: int = 0
    attempts: int = 0
    published: int = 0
    asked: int = 0
    refused: int = 0
    duplicates: int = 0
    lost: int = 0
    notes: Counter[str] = field(default_factory=Counter)


@dataclass
class Storm:
    """One platform's run. ``seconds`` bound each of its two phases."""

    slug: str
    fake: FakePlatform
    database: Database
    life: Life
    seconds: float = 300.0
    cases: dict[UUID, Case] = field(default_factory=dict)
    kills: int = 0
    _workers: list[ForkServerProcess] = field(default_factory=list)

    async def run(
        self,
        deaths: tuple[Death, ...] = tuple(Death),
        repeat: int = 1,
        faults: tuple[Fault | str, ...] = FAULTS,
    ) -> dict[str, Row]:
        """Post everything, keep two workers alive until nothing is under way, and count."""
        keyring = Keyring.parse(self.life.keys)
        async with self.database.unit_of_work() as session:
            channel = await add_channel(session, keyring, self.slug, dict(self.fake.credentials()))
            channel.settings = dict(self.fake.settings()) | {"api_base": self.fake.url}
            channel.platform_name = self.slug
        self.fake.by_text = True
        media = await self._media()
        number = 0
        stopping = tuple(fault for fault in faults if fault is Fault.UNAUTHORIZED)
        others = tuple(fault for fault in faults if fault not in stopping)
        for phase in (others, stopping):  # a refused token stops the whole channel: that comes last
            async with self.database.unit_of_work() as session:
                for _ in range(repeat):
                    for fault in phase:
                        for death in deaths:
                            number += 1
                            await self._plan(session, channel.id, fault, death, number, media)
            await self._until_settled(channel.id)
        return await self.count()

    async def _media(self) -> list[dict[str, str]]:
        if not self.fake.needs_media:
            return []
        buffer = io.BytesIO()
        Image.new("RGB", (400, 300), (10, 90, 160)).save(buffer, "JPEG")
        store = MediaStore(self.life.home / "media")
        self.fake.files_from = store
        return [{"type": "image", "url": await store.save(buffer.getvalue(), "jpg"), "alt": ""}]

    async def _plan(
        self, session: Any, channel_id: UUID, fault: Fault | str, death: Death, number: int, media: list[Any]
    ) -> None:
        text = f"post {number} {death_mark(death, number)}"
        parts = [text]
        if fault == PARTIAL:
            parts = [
                f"post {number} first",
                f"{text} {mark(Fault.ERROR_BEFORE, number)}",
                f"post {number} last",
            ]
        elif fault == REFUSED:
            parts = [f"{text} {refused_mark(number)}"]
        else:
            assert isinstance(fault, Fault)
            parts = [f"{text} {mark(fault, number)}"]
        adapted = {self.slug: {"thread": parts}} if len(parts) > 1 else {}
        channel = await session.get_one(Channel, channel_id)
        content = Content(
            id=new_id(), product_id=channel.product_id, original_text=parts[0], adapted=adapted, media=media, predictions={},
        )  # fmt: skip
        session.add(content)
        await session.flush()
        publication = Publication(
            id=new_id(), content_id=content.id, channel_id=channel_id, scheduled_at=SystemClock().now(), metrics={},
        )  # fmt: skip
        session.add(publication)
        shown = render(content, PLATFORMS[self.slug], channel.settings)
        self.cases[publication.id] = Case(fault, death, tuple(part.text for part in shown.parts))

    def _start(self) -> ForkServerProcess:
        processes = multiprocessing.get_context("forkserver")
        processes.set_forkserver_preload(["tests.chaos.everywhere.victim"])
        process = processes.Process(target=live, args=(self.life,))
        process.start()
        return process

    async def _until_settled(self, channel_id: UUID) -> None:
        """Keep two workers alive, and reconnect the channel when its token was refused."""
        self._workers = [self._start(), self._start()]
        deadline = time.monotonic() + self.seconds
        try:
            while await self._under_way():
                if time.monotonic() > deadline:
                    raise NotSettled(await self._unsettled())
                await asyncio.sleep(0.1)
                for place, worker in enumerate(self._workers):
                    if not worker.is_alive():
                        self.kills += 1
                        self._workers[place] = self._start()
                await self._reconnect(channel_id)
        finally:
            for worker in self._workers:
                worker.kill()
            for worker in self._workers:
                await asyncio.to_thread(worker.join)

    async def _under_way(self) -> bool:
        async with self.database.unit_of_work() as session:
            query = select(Publication.id).where(Publication.status.in_(_UNDER_WAY)).limit(1)
            return await session.scalar(query) is not None

    async def _unsettled(self) -> str:
        """Say what is still under way, and what the workers said last."""
        async with self.database.unit_of_work() as session:
            rows = await session.execute(
                select(
                    Publication.id, Publication.status, Publication.error_code, Publication.next_attempt_at
                )
                .where(Publication.status.in_(_UNDER_WAY))
                .limit(10)
            )
            left = "\n".join(f"{self.cases[row.id]} {row}" for row in rows)
        said = (self.life.home / "log").read_text()[-3000:]
        return f"{self.slug}: not settled in {self.seconds:g} s, {self.kills} kills\n{left}\n{said}"

    async def _reconnect(self, channel_id: UUID) -> None:
        async with self.database.unit_of_work() as session:
            await session.execute(
                update(Channel)
                .where(Channel.id == channel_id, Channel.status == ChannelStatus.ERROR)
                .values(status=ChannelStatus.ACTIVE, error_message=None)
            )

    async def count(self) -> dict[str, Row]:
        """Compare what the database says of each post with what truly stands on the platform."""
        wall = Counter(self.fake.texts)
        rows: dict[str, Row] = {}
        async with self.database.unit_of_work() as session:
            found = {row.id: row for row in await session.scalars(select(Publication))}
            tries = dict(
                (
                    await session.execute(
                        select(PublicationAttempt.publication_id, func.count()).group_by(
                            PublicationAttempt.publication_id
                        )
                    )
                ).all()
            )
        for publication_id, case in self.cases.items():
            row = rows.setdefault(str(case.fault), Row())
            row.posts += 1
            row.attempts += tries.get(publication_id, 0)
            status = found[publication_id].status
            stands = [wall[text] for text in case.texts]
            row.duplicates += sum(max(0, number - 1) for number in stands)
            row.notes[status] += 1
            if status == PublicationStatus.PUBLISHED:
                row.published += 1
                row.lost += sum(number == 0 for number in stands)
            elif status == PublicationStatus.UNCERTAIN:
                row.asked += 1
            elif status == PublicationStatus.FAILED:
                row.refused += 1
                # Refused must mean that nothing of it stands; a post that is there and called failed is lost to the owner.
                row.lost += sum(number > 0 for number in stands)
        return rows
