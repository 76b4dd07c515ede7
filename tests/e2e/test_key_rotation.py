"""Can the keys be changed while posts go out: the command killed with -9 again and again, nothing lost, nothing refused?"""

import asyncio
import random
import re
import signal
import uuid
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.channels import service as channels
from core.channels.models import Channel
from core.clock import SystemClock
from core.config import Settings
from core.content import service as content
from core.jobs.queue import DroppingQueue
from core.platforms.registry import get_platform
from core.products import service as products
from core.publications import execution, scheduling
from core.publications.models import Publication, PublicationStatus
from core.publications.scheduling import At
from core.runtime import Runtime, open_runtime
from core.security.keyfile import KeyFile
from core.security.keyring import Keyring
from tests.e2e.processes import Running, running
from tests.fakes.platforms.mastodon import FakeMastodon

pytestmark = [pytest.mark.timeout(240), pytest.mark.chaos]

_CHANNELS = 40
_KILLS = 3


@dataclass
class Load:
    """Posts go out on all channels, and their owner connects them anew, for as long as it is wanted."""

    runtime: Runtime
    channels: list[tuple[uuid.UUID, uuid.UUID]]
    credentials: dict[str, str]
    random: random.Random
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    moved: asyncio.Condition = field(default_factory=asyncio.Condition)
    posted: int = 0
    edited: int = 0

    async def post(self) -> None:
        """Publish a post now."""
        product_id, channel_id = self.random.choice(self.channels)
        now = self.runtime.clock.now()
        async with self.runtime.unit_of_work() as session:
            draft = await content.create_draft(session, product_id=product_id, text=f"Post {self.posted}")
            await content.approve(session, draft.id, version=1, now=now)
            (planned,) = await scheduling.schedule(
                session, content_id=draft.id, version=1, when=At(now), now=now, force=True
            )
        await execution.execute(self.runtime, planned.id, worker="w1")
        assert planned.channel_id == channel_id
        self.posted += 1

    async def edit(self) -> None:
        """Put a channel's credentials in anew."""
        _, channel_id = self.random.choice(self.channels)
        async with self.runtime.unit_of_work() as session:
            channel = await session.get_one(Channel, channel_id, with_for_update=True)
            channels.seal_credentials(
                self.runtime.keyring, get_platform("mastodon"), channel, self.credentials
            )
        self.edited += 1

    async def go_on(self) -> None:
        """Post and edit until it is enough."""
        while not self.stop.is_set():
            await self.post()
            await self.edit()
            async with self.moved:
                self.moved.notify_all()

    async def reached(self, posts: int) -> None:
        """Wait until so many posts are out."""
        async with self.moved:
            await self.moved.wait_for(lambda: self.posted >= posts)


@pytest.fixture
async def load(
    database_url: str, settings: Settings, tmp_path: Path, fake: FakeMastodon
) -> AsyncGenerator[Load]:
    path = tmp_path / "home" / "secret_keys"
    path.parent.mkdir(mode=0o700)
    path.write_text(Keyring.new_key_text(1))
    credentials = {name: str(value) for name, value in fake.credentials().items()}
    async with open_runtime(
        settings, database_url=database_url, keyring=KeyFile(path), queue=DroppingQueue(), clock=SystemClock()
    ) as runtime:
        made = []
        async with runtime.unit_of_work() as session:
            for number in range(_CHANNELS):
                product = await products.create(session, name=f"Tea {number}")
                channel = await channels.connect(
                    session, runtime.keyring, product_id=product.id, platform="mastodon",
                    platform_name=f"tea-{number}", credentials=credentials,
                    settings=dict(fake.settings()) | {"api_base": fake.url},
                )  # fmt: skip
                made.append((product.id, channel.id))
        yield Load(runtime, made, credentials, random.Random())  # noqa: S311 - when to kill is no secret


@pytest.fixture
async def fake() -> AsyncGenerator[FakeMastodon]:
    made = FakeMastodon(SystemClock())
    async with made.serving():
        yield made


async def test_keys_change_under_load_through_kills(
    load: Load, fake: FakeMastodon, database_url: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    env = {"DATABASE_URL": database_url.replace("+asyncpg", ""), "NEXUS_HOME": str(home)}

    def command(*arguments: str, log: str) -> AbstractAsyncContextManager[Running]:
        return running(["-m", "bot", "keys", *arguments], log=tmp_path / log, env=env)

    async with asyncio.TaskGroup() as group:
        group.create_task(load.go_on())
        for number in range(_KILLS):
            async with command("rotate", log=f"killed-{number}.log") as killed:
                await _somewhere_in(killed, load.random)
        async with command("rotate", log="rotate.log") as whole:
            assert await asyncio.wait_for(whole.process.wait(), 60) == 0, whole.tail()
        during = load.posted
        async with command("retire", "1", log="retire.log") as gone:
            assert await asyncio.wait_for(gone.process.wait(), 60) == 0, gone.tail()
        await load.reached(during + 5)
        load.stop.set()

    keys = Keyring.parse((home / "secret_keys").read_text())
    assert 1 not in keys.ids
    assert re.match(r"1:", (home / "retired_keys").read_text())
    assert (home / "secret_keys").stat().st_mode & 0o777 == 0o600
    async with load.runtime.unit_of_work() as session:
        for channel in await session.scalars(select(Channel)):
            assert channels.open_credentials(keys, channel) == load.credentials
        rows = await session.execute(select(Publication.status, func.count()).group_by(Publication.status))
        states = {row[0]: row[1] for row in rows}
    assert states == {PublicationStatus.PUBLISHED: load.posted}
    assert len(fake.wall) == load.posted >= 10
    assert load.edited >= 10


async def _somewhere_in(started: Running, chance: random.Random) -> None:
    """Let the command come somewhere, and kill it there if it has not ended."""
    await asyncio.sleep(chance.uniform(0.8, 3.0))
    await started.stop(signal.SIGKILL)
