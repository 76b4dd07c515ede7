"""What becomes of a post when the process that sends it is killed? Published once, or asked about; never both or neither."""

import asyncio
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import func, select

from bot.sandbox import Sandbox, SandboxServer
from bot.sandbox.posting import set_admin
from bot.sandbox.state import FULL_RIGHTS
from core.channels.models import Channel
from core.clock import SystemClock
from core.db.embedded import EmbeddedPostgres
from core.db.session import Database, create_engine
from core.jobs.queue import DroppingQueue
from core.notifications.models import Notification, NotificationKind
from core.publications.models import Publication, PublicationStatus
from core.security.keyring import Keyring
from tests.chaos.victim import Life, live
from tests.conftest import TEST_KEYS
from tests.workers.planning import add_channel, add_posts
from tests.workers.redis_server import RedisServer

TOKEN = "123456:TEST"
ROUNDS, LANES, SEED = 50, 5, 20260302
POINTS = ("before-call", "before-answer", "before-record", "waiting", "any-time")
UNFINISHED = (PublicationStatus.SCHEDULED, PublicationStatus.PUBLISHING)


@dataclass
class Lane:
    """One NEXUS of several that are killed side by side: its database, its channel, its dice."""

    life: Life
    database: Database
    sandbox: Sandbox
    chat_id: int
    channel: Channel
    dice: random.Random
    processes: ForkServerContext
    planned: dict[UUID, str] = field(default_factory=dict)

    async def round(self, number: int, point: str) -> None:
        """Plan two posts, kill the process that sends them at ``point``, and let the next one clear up."""
        now = SystemClock().now()
        ahead = timedelta(seconds=0.6) if point == "waiting" else timedelta()
        limited = point == "waiting" and number // LANES // len(POINTS) % 2 == 1
        if limited:  # both wait because the platform said so
            ahead = timedelta()
            self.sandbox.faults.add("429", "sendMessage", chat_id=self.chat_id, times=2, retry_after=1)
        if point == "before-answer":
            # Without the effect, with it, or with it only when the caller is long dead.
            kind, seconds = self.dice.choice([("hang", 2.0), ("hang_after", 2.0), ("slow", 0.4)])
            self.sandbox.faults.add(kind, "sendMessage", chat_id=self.chat_id, seconds=seconds)
        async with self.database.unit_of_work() as session:
            texts = [f"round {number} {point} {half}" for half in "ab"]
            self.planned |= await add_posts(session, self.channel, texts, now + ahead)
        seen = len(self.calls())
        victim = self.start(point)
        try:
            if point == "before-answer":
                await within(lambda: len(self.calls()) > seen)
            elif limited:
                await self.both_limited()
            elif point == "waiting":
                await asyncio.sleep(self.dice.uniform(0.0, 0.4))
            elif point == "any-time":
                await asyncio.sleep(self.dice.uniform(0.05, 0.3))
            else:
                await within(lambda: not victim.is_alive())
        finally:
            victim.kill()
            await asyncio.to_thread(victim.join)
        await self.clear_up()

    def start(self, dies: str | None) -> ForkServerProcess:
        process = self.processes.Process(target=live, args=(replace(self.life, dies=dies),))
        process.start()
        return process

    async def clear_up(self) -> None:
        """Let a new process work until nothing of ours is under way."""
        successor = self.start(None)
        deadline = time.monotonic() + 30
        try:
            while await self.unfinished():
                assert time.monotonic() < deadline, (self.life.home / "log").read_text()[-4000:]
                await asyncio.sleep(0.05)
        finally:
            successor.kill()
            await asyncio.to_thread(successor.join)

    async def unfinished(self) -> bool:
        async with self.database.unit_of_work() as session:
            query = select(Publication.id).where(Publication.status.in_(UNFINISHED)).limit(1)
            return await session.scalar(query) is not None

    async def both_limited(self) -> None:
        """Wait until both posts of this round were told to come back later."""
        waiting = 0
        while waiting < 2:
            await asyncio.sleep(0.01)
            async with self.database.unit_of_work() as session:
                query = select(func.count()).where(
                    Publication.status == PublicationStatus.SCHEDULED,
                    Publication.next_attempt_at.is_not(None),
                )
                waiting = await session.scalar(query) or 0

    def calls(self) -> list[object]:
        """Return the calls that arrived for our channel."""
        return [
            call
            for call in self.sandbox.journal.calls("sendMessage")
            if str(call.params.get("chat_id")) == str(self.chat_id)
        ]

    async def verify(self) -> Counter[tuple[str, str]]:
        """Check every post against what truly stands in the channel; count (point, status)."""
        wall = Counter(post.content.get("text") for post in self.sandbox.messages(self.chat_id))
        found: Counter[tuple[str, str]] = Counter()
        async with self.database.unit_of_work() as session:
            rows = {row.id: row for row in await session.scalars(select(Publication))}
            told = await session.execute(select(Notification.payload, Notification.kind))
            words = Counter((payload["publication_id"], kind) for payload, kind in told)
        assert rows.keys() == self.planned.keys()
        for publication_id, text in self.planned.items():
            status = rows[publication_id].status
            found[text.split()[2], status] += 1
            if status == PublicationStatus.PUBLISHED:
                assert wall[text] == 1, f"{text}: published, and stands there {wall[text]} times"
                word = NotificationKind.PUBLISHED
            else:
                assert status == PublicationStatus.UNCERTAIN, f"{text}: {status}"
                assert wall[text] <= 1, f"{text}: stands there {wall[text]} times"
                word = NotificationKind.UNCERTAIN
            assert words.pop((str(publication_id), word)) == 1, f"{text}: told more than once"
        assert not words, "the owner was told something that is not so"
        assert wall.keys() <= set(self.planned.values())
        return found


async def within(condition: object, seconds: float = 20.0) -> None:
    """Wait until ``condition()`` holds."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.005)


@asynccontextmanager
async def own_database(postgres: EmbeddedPostgres, template: str) -> AsyncGenerator[str]:
    """A migrated database; dropped on leaving."""
    name = f"t_{uuid4().hex}"
    admin = await asyncpg.connect(postgres.url("postgres").replace("+asyncpg", ""))
    try:
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        yield postgres.url(name)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


async def run_lane(
    number: int, postgres: EmbeddedPostgres, template: str, folder: Path, sandbox: Sandbox, api_base: str
) -> Counter[tuple[str, str]]:
    """Run every LANES-th round, each on the traces of the one before. Odd lanes use Redis."""
    folder.mkdir()  # noqa: ASYNC240  # takes no time
    redis = RedisServer(folder) if number % 2 else None
    keyring, chat = Keyring.parse(TEST_KEYS), sandbox.add_channel(f"Channel {number}")
    assert sandbox.control is not None
    set_admin(sandbox, chat, sandbox.control, dict(FULL_RIGHTS))
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.chaos.victim", "pytest"])
    async with own_database(postgres, template) as database_url:
        database = Database(create_engine(database_url), DroppingQueue())
        try:
            if redis:
                redis.start()
            async with database.unit_of_work() as session:
                credentials = {"bot_token": TOKEN, "chat_id": str(chat.id)}
                channel = await add_channel(session, keyring, "telegram", credentials)
            life = Life(database_url, folder, TEST_KEYS, api_base, redis.url if redis else None)
            dice = random.Random(SEED + number)  # noqa: S311  # must be repeatable
            lane = Lane(life, database, sandbox, chat.id, channel, dice, processes)
            for turn in range(number, ROUNDS, LANES):
                await lane.round(turn, POINTS[(turn // LANES) % len(POINTS)])
            return await lane.verify()
        finally:
            await database.close()
            if redis:
                redis.stop()


@pytest.mark.chaos
async def test_no_kill_doubles_or_loses_a_post(
    postgres: EmbeddedPostgres, database_template: str, tmp_path: Path
) -> None:
    sandbox = Sandbox(TOKEN)
    async with SandboxServer(sandbox) as server:
        async with asyncio.TaskGroup() as group:
            lanes = [
                group.create_task(
                    run_lane(number, postgres, database_template, tmp_path / str(number), sandbox, server.url)
                )
                for number in range(LANES)
            ]
        sandbox.close()
    found = sum((lane.result() for lane in lanes), Counter[tuple[str, str]]())
    assert found.total() == ROUNDS * 2
    # Who only waited lost nothing, and the owner is asked only where nobody can know.
    assert found["waiting", PublicationStatus.UNCERTAIN] == 0, found
    for point in ("before-call", "before-answer", "before-record"):
        assert found[point, PublicationStatus.UNCERTAIN] >= ROUNDS // len(POINTS), found
