"""/week: a plan that is edited by taps, written one draft after another, stopped, gone on with, and approved together."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import build_dispatcher
from core.ai import writer
from core.channels.models import Channel
from core.clock import ManualClock
from core.content import weeks
from core.content.models import Content, ContentStatus, WeekPlan, WeekStatus
from core.products import service as products
from core.products.models import Product
from core.publications.models import Publication
from core.runtime import Runtime
from tests.bot.person import Person


@pytest.fixture
async def described(runtime: Runtime, product: Product, channel: Channel) -> Product:
    """A product that says what it is."""
    async with runtime.unit_of_work() as session:
        return await products.describe(session, product.id, "Loose *tea* from small farms")


async def _drafts(runtime: Runtime) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Content).order_by(Content.number)))


async def _plan(runtime: Runtime) -> WeekPlan:
    async with runtime.unit_of_work() as session:
        return (await session.scalars(select(WeekPlan).order_by(WeekPlan.created_at.desc()).limit(1))).one()


class Slow:
    """A writer that waits for each post until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self._write = writer.write_post
        self.asked: list[dict[str, Any]] = []
        monkeypatch.setattr(writer, "write_post", self)

    async def __call__(self, *args: Any, **kwargs: Any) -> writer.Draft:
        self.asked.append(kwargs)
        self.begun.set()
        await self.go_on.wait()
        return await self._write(*args, **kwargs)


async def test_a_week_is_planned_written_and_approved_together(
    owner: Person, runtime: Runtime, described: Product
) -> None:
    await owner.says("/week")
    assert "A week of “Tea & Co” · 5 posts" in owner.text
    assert "Tue, 3 March" in owner.text
    await owner.taps("3")
    assert "· 3 posts" in owner.text
    await owner.taps("Write · 3")
    assert "3 of 3 written" in owner.text
    assert "without AI" in owner.text
    rows = await _drafts(runtime)
    assert [row.wanted_on for row in rows] == [date(2026, 3, day) for day in (3, 6, 9)]
    assert len({row.content_type for row in rows}) == 3
    assert {row.made_by for row in rows} == {"template"}
    assert all("Loose" in row.original_text for row in rows)
    assert len(owner.messages) == 1  # progress and outcome in the plan's own message
    async with runtime.unit_of_work() as session:
        assert not list(await session.scalars(select(Publication)))
    await owner.taps("Look and approve")
    await owner.taps("Tick all")
    await owner.taps("Approve · 3")
    await owner.taps("Spread them out")
    async with runtime.unit_of_work() as session:
        times = sorted(await session.scalars(select(Publication.scheduled_at)))
    assert [at.date() for at in times] == [date(2026, 3, day) for day in (3, 6, 9)]


async def test_the_plan_is_changed_by_taps(owner: Person, runtime: Runtime, described: Product) -> None:
    await owner.says("/week tea")
    await owner.taps("3")
    screen = owner.screen
    await owner.taps("Tue")
    await owner.taps("Milestone")
    assert "Better say what these are about" in owner.text
    await owner.taps("Milestone")
    await owner.taps("Suggest a thought")
    await owner.says("x" * 2000)
    assert "Too long" in owner.text
    await owner.says("Our 1000th order <b>")
    assert "Our 1000th order <b>" in owner.text
    assert "Better say what these are about" not in owner.text
    await owner.taps("Milestone")
    await owner.taps("Thu, 5")
    post = weeks.posts_of(await _plan(runtime))[0]
    assert (post.day, post.kind, post.idea) == (date(2026, 3, 5), "milestone", "Our 1000th order <b>")
    await owner.taps("Write · 3", on=screen)
    assert any("nothing was done" in (message.text or "") for message in owner.messages)
    await owner.taps("Milestone")
    await owner.taps("Drop the thought")
    await owner.taps("Milestone")
    await owner.taps("Take it out")
    assert "· 2 posts" in owner.text
    assert not await _drafts(runtime)


async def test_kinds_not_posted_lately_come_first(
    owner: Person, runtime: Runtime, described: Product
) -> None:
    await owner.says("/week")
    await owner.taps("3")
    await owner.taps("Write · 3")
    first = {row.content_type for row in await _drafts(runtime)}
    await owner.taps("A new plan")
    await owner.taps("3")
    kinds = [post.kind.value for post in weeks.posts_of(await _plan(runtime))]
    assert kinds[0] not in first


async def test_writing_stops_between_two_posts_and_goes_on_later(
    owner: Person, runtime: Runtime, described: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    await owner.says("/week")
    await owner.taps("3")
    plan_screen = owner.screen
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.taps("Write · 3"))
        await slow.begun.wait()
        assert "1 of 3" in owner.text
        await owner.taps("Write · 3", on=plan_screen)
        assert "Still being written" in owner.text
        assert not any("Write the rest" in label for label in owner.labels)
        await owner.taps("Enough")
        slow.go_on.set()
    assert len(await _drafts(runtime)) == 1
    assert "1 of 3 written" in owner.text
    await owner.taps("Write the rest · 2")
    assert "3 of 3 written" in owner.text
    assert len(await _drafts(runtime)) == 3
    assert len(slow.asked) == 3
    assert slow.asked[0]["feedback"] is None
    assert "Loose" in slow.asked[2]["feedback"]


async def test_a_week_whose_process_died_is_gone_on_with(
    owner: Person, runtime: Runtime, described: Product, clock: ManualClock
) -> None:
    await owner.says("/week")
    await owner.taps("3")
    plan = await _plan(runtime)
    async with runtime.unit_of_work() as session:
        await weeks.start(session, plan.id, version=plan.version, now=clock.now())
    owner.dispatcher = build_dispatcher(runtime)
    await owner.says("/week")
    assert "Still being written" in owner.text
    clock.advance(weeks.LEASE + timedelta(seconds=1))
    await owner.taps("Refresh")
    await owner.taps("Write the rest · 3")
    assert "3 of 3 written" in owner.text
    assert (await _plan(runtime)).status == WeekStatus.WRITTEN


async def test_when_writing_breaks_what_is_written_stays(
    owner: Person, runtime: Runtime, described: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, calls = writer.write_post, 0

    async def breaks(*args: Any, **kwargs: Any) -> writer.Draft:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise RuntimeError("secret")
        return await write(*args, **kwargs)

    monkeypatch.setattr(writer, "write_post", breaks)
    await owner.says("/week")
    await owner.taps("3")
    await owner.taps("Write · 3")
    assert "Something broke" in owner.text
    assert [row.status for row in await _drafts(runtime)] == [ContentStatus.DRAFT]
    await owner.taps("Write the rest · 2")
    assert len(await _drafts(runtime)) == 3


async def test_without_a_description_the_product_asks_for_one(
    owner: Person, runtime: Runtime, product: Product
) -> None:
    await owner.says("/week")
    assert "First say what the product is" in owner.text
    assert not any("Write ·" in label for label in owner.labels)
    await owner.taps("Describe the product")
    await owner.says("Loose tea")
    await owner.says("/week")
    assert any("Write · 5" in label for label in owner.labels)


async def test_several_products_are_asked_about(owner: Person, runtime: Runtime, described: Product) -> None:
    async with runtime.unit_of_work() as session:
        await products.create(session, name="Tea house")
    await owner.says("/week te")
    assert "Whose week" in owner.text
    await owner.taps("Tea house")
    assert "A week of “Tea house”" in owner.text
    await owner.says("/week coffee")
    assert "I found no product called “coffee”" in owner.text
