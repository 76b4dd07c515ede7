"""Do the data model's own examples run from end to end, with a model writing: three triggers, a condition, an action?

The rules are made in the chat, the event comes signed over HTTP, the numbers come from the platform; the owner sees each
draft, approves it with one tap, and it is out on two channels. The clock is moved by hand, the worker's part is done by
hand; everything in between is as it runs.
"""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy import select

from bot.sandbox import Sandbox
from core.analytics import collecting
from core.automations import matching, running, sweeping
from core.automations import watching as numbers_watched
from core.automations.models import Automation, AutomationLog
from core.channels import service as channels
from core.clock import ManualClock, SystemClock
from core.config import Settings
from core.content import service as content
from core.content.models import Content, ContentStatus
from core.events.signatures import nexus
from core.ids import new_id
from core.jobs.jobs import RunJob
from core.jobs.queue import DroppingQueue
from core.products import service as products
from core.products import webhook_secret
from core.products.models import Product
from core.publications import execution
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from tests.bot.over_http.process import running_bot
from tests.e2e.owner import Owner, has, make_rule, text_of
from tests.fakes.anthropic import FakeAnthropic, default_answer
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform
from workers import numbers
from workers.receiver import attach

KEY = "sk-ant-seed-examples"
SECRET = "the-secret-of-moon-birds"
VOICE = "Like a keeper of an observatory at night"
CHANNELS = ("twitter", "discord")
ACTION = {"type": "generate", "template": "spotlight", "platforms": list(CHANNELS), "scheduling": "optimal"}
RARE: dict[str, Any] = {
    "name": "Rare mint",
    "trigger_type": "event",
    "trigger_config": {"event": "mint", "source": "webhook"},
    "conditions": [{"field": "rarity_score", "operator": ">=", "value": 95}],
    "actions": [ACTION],
}
MONDAY: dict[str, Any] = {
    "name": "Monday",
    "trigger_type": "schedule",
    "trigger_config": {"cron": "0 10 * * 1", "timezone": "UTC+3"},
    "actions": [ACTION],
}
TWICE: dict[str, Any] = {
    "name": "Twice the usual",
    "trigger_type": "metric",
    "trigger_config": {"metric": "engagement", "condition": "> 2x average"},
    "actions": [ACTION],
}


@dataclass
class Town:
    """The owner's whole installation."""

    runtime: Runtime
    clock: ManualClock
    owner: Owner
    claude: FakeAnthropic
    walls: dict[str, FakePlatform]
    receiver: TestClient[web.Request, web.Application]

    async def sends(self, **data: Any) -> str:
        """Send a signed event; return its id."""
        body = json.dumps({"event": "mint", "timestamp": self.clock.now().isoformat(), "data": data}).encode()
        signed = {"Content-Type": "application/json", "X-Nexus-Signature": nexus.sign(body, SECRET)}
        answer = await self.receiver.post("/api/events/moon-birds", data=body, headers=signed)
        said = await answer.json()
        assert answer.status == 202, said
        return str(said["event_id"])

    async def works(self) -> None:
        """Do the worker's part: match events, take runs, ask for numbers, send what is due."""
        async with self.runtime.unit_of_work() as session:
            jobs = await sweeping.overlooked(session, self.clock.now(), by=timedelta())
        for job in jobs:
            if isinstance(job, RunJob):
                await running.run(self.runtime, job.run_id, worker="w1")
            else:
                await matching.process_event(self.runtime, job.event_id)
        if any(not isinstance(job, RunJob) for job in jobs):
            await self.works()

    async def approves(self, wanted: str) -> list[Publication]:
        """Wait for the draft, approve it with one tap, let its time come, and return its posts when they are out."""
        asked = await self.owner.wait(
            lambda message: wanted in text_of(message) and has("Одобрить")(message),
            what=f"draft with {wanted!r}",
        )
        await self.owner.press(asked, "Одобрить")
        await self.owner.wait(
            lambda message: message["message_id"] == asked["message_id"] and not has("Одобрить")(message),
            what="approved draft",
        )
        async with self.runtime.unit_of_work() as session:
            waiting = list(
                await session.scalars(
                    select(Publication).where(Publication.status == PublicationStatus.SCHEDULED)
                )
            )
        assert len(waiting) == 2
        self.clock.set(max(one.scheduled_at for one in waiting) + timedelta(seconds=1))
        for one in waiting:
            await execution.execute(self.runtime, one.id, worker="w1")
        async with self.runtime.unit_of_work() as session:
            posts = [await session.get_one(Publication, one.id) for one in waiting]
        assert [post.status for post in posts] == ["published"] * 2
        return posts

    async def run_of(self, name: str) -> Any:
        """Return the only run of a rule that did something."""
        async with self.runtime.unit_of_work() as session:
            query = select(AutomationLog).join(Automation).where(Automation.name == name)
            return (await session.scalars(query.where(AutomationLog.status != "skipped"))).one()

    def posted(self) -> tuple[list[str], ...]:
        """Return what stands on the two walls."""
        return tuple(self.walls[slug].texts for slug in CHANNELS)


def _brief(body: dict[str, Any]) -> str:
    """Write what the idea says first, as a model does that knows the limits of its platforms."""
    said = json.loads(default_answer(body))
    return json.dumps(_cut(said), ensure_ascii=False)


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cut(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cut(inner) for inner in value]
    return value[:80] if isinstance(value, str) else value


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    async with FakeAnthropic(KEY, answering=_brief) as server:
        yield server


@pytest.fixture
def settings(settings: Settings, claude: FakeAnthropic) -> Settings:
    return settings.model_copy(
        update={"anthropic_api_key": SecretStr(KEY), "anthropic_base_url": AnyHttpUrl(claude.url)}
    )


@pytest.fixture
async def town(
    settings: Settings,
    database_url: str,
    keyring: Keyring,
    clock: ManualClock,
    claude: FakeAnthropic,
    sandbox: tuple[Sandbox, str],
    http: aiohttp.ClientSession,
) -> AsyncGenerator[Town]:
    """Moon Birds with two channels and a past, the bot, the receiver, and their owner."""
    walls = {slug: FAKES[slug](SystemClock()) for slug in CHANNELS}
    app = web.Application()
    async with (
        walls["twitter"].serving(),
        walls["discord"].serving(),
        open_runtime(
            settings, database_url=database_url, keyring=keyring, queue=DroppingQueue(), clock=clock
        ) as runtime,
    ):
        await _found(runtime, walls)
        attach(app, runtime)
        async with TestClient(TestServer(app)) as receiver, running_bot(runtime):
            owner = Owner(http, sandbox[1], settings.telegram_owner_ids[0])
            await owner.send("/start")
            await owner.press(await owner.wait(has("Русский"), what="choice of language"), "Русский")
            yield Town(runtime, clock, owner, claude, walls, receiver)


async def _found(runtime: Runtime, walls: dict[str, FakePlatform]) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Moon Birds")
        product.brand_voice = {"personality": [VOICE]}
        webhook_secret.seal(runtime.keyring, product, SECRET)
        for slug, fake in walls.items():
            await channels.connect(
                session, runtime.keyring, product_id=product.id, platform=slug, platform_name="moon",
                credentials=dict(fake.credentials()), settings=dict(fake.settings()) | {"api_base": fake.url},
            )  # fmt: skip


async def _usual_posts(town: Town) -> None:
    """A past of a dozen posts that did as posts do: five reactions each."""
    async with town.runtime.unit_of_work() as session:
        product = (await session.scalars(select(Product))).one()
        channel = next(
            one for one in await channels.list_for_product(session, product.id) if one.platform == "twitter"
        )
        for number in range(12):
            draft = await content.create_draft(session, product_id=product.id, text=f"An owl, {number}")
            draft.status = ContentStatus.PUBLISHED
            at = town.clock.now() - timedelta(hours=72 + 20 * number)
            session.add(
                Publication(
                    id=new_id(), content_id=draft.id, channel_id=channel.id, status=PublicationStatus.PUBLISHED,
                    scheduled_at=at, published_at=at, metrics={"engagements": 5, "likes": 5},
                )
            )  # fmt: skip


async def test_the_event_the_number_and_the_date_each_become_two_posts(town: Town) -> None:
    for rule in (RARE, MONDAY, TWICE):
        await make_rule(town.owner, rule)
    await _usual_posts(town)
    await numbers_watched.sweep(town.runtime)

    # The event: below the condition nothing happens, above it a draft with the event's facts in the product's voice.
    await town.sends(token_id=3, rarity_score=12)
    event_id = await town.sends(token_id=777, rarity_score=97)
    await town.works()
    await town.approves("777")
    assert all("777" in texts[-1] for texts in town.posted())
    assert VOICE in town.claude.requests[-1].system
    assert "97" in town.claude.requests[-1].content
    run = await town.run_of("Rare mint")
    assert (str(run.event_id), run.status) == (event_id, "success")
    (reason,) = run.conditions["items"]
    assert (reason["actual"], reason["expected"], reason["held"]) == (97, 95, True)
    assert [(done["action"], done["result"]) for done in run.actions_executed] == [("generate", "success")]

    # The number: what has just gone out is asked about, does more than twice as well as usual, and sets its rule off.
    for minutes in (6, 31):
        town.clock.advance(timedelta(minutes=minutes))
        await numbers.ask(town.runtime)
        for channel_id in await _channel_ids(town.runtime):
            await collecting.collect(town.runtime, channel_id)
    await numbers_watched.sweep(town.runtime)
    await town.works()
    run = await town.run_of("Twice the usual")
    assert (run.trigger_data["data"]["value"], run.trigger_data["data"]["average"]) == (11, 5)
    draft = await _approve_newest(town)
    assert "value: 11" in str(draft.idea)
    assert "publication_id" not in str(draft.idea)  # rows of ours are nothing to write about
    assert [len(texts) for texts in town.posted()] == [2, 2]

    # The date: Monday at ten in UTC+3.
    await sweeping.sweep(town.runtime)
    town.clock.set(datetime(2026, 3, 9, 6, 59, tzinfo=UTC))
    await sweeping.sweep(town.runtime)
    assert await _runs(town.runtime, "Monday") == 0
    town.clock.set(datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    await sweeping.sweep(town.runtime)
    await town.works()
    assert await _runs(town.runtime, "Monday") == 1
    await _approve_newest(town)
    assert [len(texts) for texts in town.posted()] == [3, 3]


async def _approve_newest(town: Town) -> Content:
    async with town.runtime.unit_of_work() as session:
        draft = (await session.scalars(select(Content).order_by(Content.number.desc()).limit(1))).one()
    await town.approves(f"Черновик #{draft.number} ")
    return draft


async def _channel_ids(runtime: Runtime) -> list[Any]:
    async with runtime.unit_of_work() as session:
        product = (await session.scalars(select(Product))).one()
        return [one.id for one in await channels.list_for_product(session, product.id)]


async def _runs(runtime: Runtime, name: str) -> int:
    async with runtime.unit_of_work() as session:
        query = select(AutomationLog).join(Automation).where(Automation.name == name)
        return len((await session.scalars(query)).all())
