"""Does the demo start with nothing, tell its story, keep everything over a kill, and stop in order?"""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select

from bot.cli.demo_channel import control_token, open_sandbox, tell_the_past
from bot.sandbox.posting import reacted
from bot.sandbox.rendering import reaction_counts
from core.clock import ManualClock
from core.content import service as content
from core.demo import story
from core.demo.past import PAST
from core.demo.seeding import seed
from core.products import service as products
from core.products.voice import BrandVoice
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.bot.cli.command import nexus
from tests.bot.cli.servers import postgres_of
from tests.e2e.owner import Owner
from tests.e2e.processes import Running, free_port, running, wait_until_answers


def fill(sandbox_folder: Path, clock: ManualClock) -> tuple[int, list[object], str]:
    """Open the sandbox kept in a folder, tell the past, and close it again."""
    sandbox = open_sandbox(sandbox_folder)
    try:
        chat_id, posted = tell_the_past(sandbox, clock.now())
        return chat_id, list(posted), control_token(sandbox)
    finally:
        sandbox.close()


def test_channel_is_made_once(tmp_path: Path, clock: ManualClock) -> None:
    first = fill(tmp_path, clock)
    assert len(first[1]) == len(PAST)
    assert fill(tmp_path, clock) == first


def test_a_reaction_is_counted_on_top_of_those_the_story_tells_of(tmp_path: Path, clock: ManualClock) -> None:
    sandbox = open_sandbox(tmp_path)
    try:
        chat_id, posted = tell_the_past(sandbox, clock.now())
        chat = sandbox.chats[str(chat_id)]
        last = sandbox.post(chat, posted[-1].post_id)
        assert last is not None
        assert reaction_counts(last)[0]["total_count"] == PAST[-1].likes
        reacted(sandbox, chat, last, sandbox.owner.id, "❤")
        assert reaction_counts(last)[0]["total_count"] == PAST[-1].likes + 1
    finally:
        sandbox.close()


async def test_story_is_told_once(runtime: Runtime, clock: ManualClock, tmp_path: Path) -> None:
    sandbox = open_sandbox(tmp_path)
    chat_id, posted = tell_the_past(sandbox, clock.now())
    credentials = {"bot_token": control_token(sandbox), "chat_id": str(chat_id)}
    sandbox.close()
    for fresh in (True, False):
        async with runtime.unit_of_work() as session:
            told = await seed(
                session, runtime.keyring, credentials=credentials, posted=posted, now=clock.now()
            )
        assert told is fresh
    async with runtime.unit_of_work() as session:
        product = await products.by_slug(session, story.SLUG)
        assert product is not None
        assert BrandVoice.of(product) == story.VOICE
        assert await content.count_drafts(session, product.id) == 1
        rows = list(await session.scalars(select(Publication).order_by(Publication.scheduled_at)))
    assert [row.status for row in rows] == [PublicationStatus.PUBLISHED] * len(PAST) + [
        PublicationStatus.SCHEDULED
    ]
    assert all(row.platform_url for row in rows[:-1])
    assert rows[-1].scheduled_at > clock.now()


@asynccontextmanager
async def demo(folder: Path, port: int) -> AsyncGenerator[Running]:
    async with running(
        ["-m", "bot", "demo"], log=folder / "demo.log", env={"NEXUS_PORT": str(port)}, folder=folder
    ) as started:
        await wait_until_answers(f"http://127.0.0.1:{port}/readyz", started)
        yield started


@pytest.mark.chaos
async def test_demo_starts_is_killed_goes_on_and_stops(tmp_path: Path) -> None:
    folder, port = tmp_path / "a b", free_port()
    folder.mkdir()
    url = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as http:
        async with demo(folder, port) as first:
            owner = await Owner.at(http, url)
            assert list(await owner.channels()) == [story.CHANNEL_TITLE]
            channel = (await owner.channels())[story.CHANNEL_TITLE]
            before = await owner.messages(channel)
            await owner.send("/start")
            await owner.wait(lambda message: message.get("from", {}).get("is_bot", False), what="answer")
            taken = await asyncio.to_thread(nexus, "demo", folder=folder, env={"NEXUS_PORT": str(port)})
            assert taken.code == 2
            assert "NEXUS_PORT" in taken.err
            os.kill(first.process.pid, signal.SIGKILL)
            await first.process.wait()
        assert postgres_of(folder), "the server outlives its parent, as the kernel left it"
        async with demo(folder, port) as second:
            owner = await Owner.at(http, url)
            assert await owner.messages(channel) == before
            assert len(await owner.messages()) >= 2
            assert await second.stop(signal.SIGTERM) == 0, second.tail()
    assert postgres_of(folder) == []
    assert "Traceback" not in second.log.read_text()
