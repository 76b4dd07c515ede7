"""Is a due post sent exactly once, and is every way a call can end recorded as what it is?"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from core.channels.models import Channel
from core.content.models import Content
from core.errors import (
    AuthExpired,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    Transient,
    Unsupported,
)
from core.publications import policy
from core.publications.models import PublicationStatus as S
from core.publications.scheduling import At
from tests.conftest import START
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act


async def test_a_due_post_is_sent_and_the_owner_told(world: World) -> None:
    publication = await world.plan()
    await world.execute(publication)
    row = await world.read(publication)
    assert world.platform.texts == ["Hello"]
    assert (row.status, row.platform_post_id, row.platform_url) == (
        S.PUBLISHED, "p1", "https://scripted.test/p1",
    )  # fmt: skip
    assert row.published_at == world.clock.now()
    assert row.lease_owner is None
    assert row.thread_ids is None
    assert await world.attempts(publication) == [(0, 1, "confirmed")]
    assert await world.told() == [("published", {"publication_id": str(publication.id)})]
    async with world.runtime.unit_of_work() as session:
        assert (await session.get_one(Content, publication.content_id)).status == "published"
        assert (await session.get_one(Channel, world.channel_id)).last_used_at == world.clock.now()


async def test_twenty_workers_make_one_call(world: World) -> None:
    publication = await world.plan()
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(world.execute(publication, f"w{number}"))
    assert len(world.platform.calls) == 1
    assert (await world.read(publication)).status == S.PUBLISHED
    assert await world.kinds() == ["published"]


async def test_a_finished_post_is_not_sent_again(world: World) -> None:
    publication = await world.plan()
    for _ in range(3):
        await world.execute(publication)
    assert len(world.platform.wall) == 1


@pytest.mark.parametrize(
    ("error", "status", "attempt", "told", "code"),
    [
        (lambda: Transient("later"), S.SCHEDULED, "transient", [], "transient"),
        (
            lambda: RateLimited(retry_at=START + timedelta(minutes=7)),
            S.SCHEDULED,
            "transient",
            [],
            "rate-limited",
        ),
        (lambda: AuthExpired("gone"), S.SCHEDULED, "rejected", ["channel_error"], "auth-expired"),
        (lambda: Rejected("bad", error_code="tg-400"), S.FAILED, "rejected", ["failed"], "tg-400"),
        (lambda: Unsupported("no"), S.FAILED, "rejected", ["failed"], "unsupported"),
        (lambda: OutcomeUnknown("lost"), S.UNCERTAIN, "unknown", ["uncertain"], "outcome-unknown"),
        (lambda: ZeroDivisionError(), S.UNCERTAIN, "unknown", ["uncertain"], "unexpected"),
        (lambda: TimeoutError(), S.UNCERTAIN, "unknown", ["uncertain"], "no-answer"),
    ],
)
async def test_every_ending_is_recorded_as_what_it_is(
    world: World, error: Callable[[], Exception], status: S, attempt: str, told: list[str], code: str
) -> None:
    world.platform.then(Act(error=error))
    publication = await world.plan()
    await world.execute(publication)
    row = await world.read(publication)
    assert (row.status, row.error_code, row.lease_owner) == (status, code, None)
    assert await world.attempts(publication) == [(0, 1, attempt)]
    assert await world.kinds() == told


async def test_backoff_is_one_two_four_eight_minutes_and_five_tries(world: World) -> None:
    world.platform.then(*[Act(error=lambda: Transient("down"))] * 5)
    publication = await world.plan()
    for minutes in (1, 2, 4, 8):
        await world.execute(publication)
        row = await world.read(publication)
        assert row.next_attempt_at == world.clock.now() + timedelta(minutes=minutes)
        await world.execute(publication)  # too early: nothing happens
        world.later(minutes=minutes)
    await world.execute(publication)
    row = await world.read(publication)
    assert (row.status, row.retry_count) == (S.FAILED, 5)
    assert len(world.platform.calls) == 5
    assert len(set(world.platform.calls)) == 1  # the same key for every try
    assert await world.kinds() == ["failed"]


async def test_a_rate_limit_waits_exactly_as_told_and_costs_no_try(world: World) -> None:
    publication = await world.plan()
    for _ in range(8):
        moment = world.clock.now() + timedelta(minutes=11)
        world.platform.then(Act(error=lambda at=moment: RateLimited(retry_at=at)))  # type: ignore[misc]
        await world.execute(publication)
        row = await world.read(publication)
        assert (row.next_attempt_at, row.retry_count) == (moment, 0)
        world.clock.set(moment)
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_a_platform_that_says_soon_for_hours_is_waited_for(world: World) -> None:
    publication = await world.plan()
    began = world.clock.now()
    for _ in range(policy.MAX_CALLS - 1):
        soon = world.clock.now() + timedelta(seconds=3)
        world.platform.then(Act(error=lambda at=soon: RateLimited(retry_at=at)))  # type: ignore[misc]
        await world.execute(publication)
        row = await world.read(publication)
        assert row.next_attempt_at is not None
        assert timedelta(seconds=3) <= row.next_attempt_at - world.clock.now() <= timedelta(minutes=15)
        world.clock.set(row.next_attempt_at)
    assert world.clock.now() - began > timedelta(hours=4)
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_an_endless_rate_limit_reaches_the_owner(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MAX_CALLS", 3)
    publication = await world.plan()
    for _ in range(3):
        # In the past: a floor keeps this from becoming a hot loop.
        world.platform.then(Act(error=lambda: RateLimited(retry_at=START)))
        await world.execute(publication)
        world.later(seconds=8)
    assert (await world.read(publication)).status == S.FAILED
    assert await world.kinds() == ["failed"]


async def test_two_posts_of_one_refused_channel_tell_once_and_wait(world: World) -> None:
    first, second = await world.plan(), await world.plan()
    world.platform.then(Act(error=lambda: AuthExpired("a")), Act(error=lambda: AuthExpired("b")))
    await asyncio.gather(world.execute(first), world.execute(second))
    await world.execute(first)
    assert len(world.platform.calls) <= 2
    assert await world.told() == [("channel_error", {"channel_id": str(world.channel_id)})]
    assert {(await world.read(p)).status for p in (first, second)} == {S.SCHEDULED}
    assert await world.nudge() == 0
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Channel, world.channel_id)).status = "active"
    world.platform.acts.clear()  # when the first refusal came before the second call, one is left
    await world.execute(first)
    await world.execute(second)
    assert len(world.platform.wall) == 2


async def test_credentials_that_cannot_be_opened_are_told_as_a_channel_error(world: World) -> None:
    publication = await world.plan()
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Channel, world.channel_id)).credentials = {"sealed": "nx1.AAAA"}
    await world.execute(publication)
    assert await world.kinds() == ["channel_error"]
    assert (await world.read(publication)).status == S.SCHEDULED
    assert world.platform.calls == []


async def test_a_blocked_rendering_is_never_sent(world: World) -> None:
    publication = await world.plan(await world.content("x" * 101))
    await world.execute(publication)
    row = await world.read(publication)
    assert (row.status, row.error_code) == (S.FAILED, "too-long")
    assert await world.kinds() == ["failed"]
    assert world.platform.calls == []


async def test_a_rendering_that_breaks_is_told_instead_of_coming_back_for_ever(world: World) -> None:
    content = await world.content()
    publication = await world.plan(content)
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Content, content.id)).adapted = {"scripted": {"explode": True}}
    await world.execute(publication)
    assert (await world.read(publication)).error_code == "render_error"
    assert await world.kinds() == ["failed"]


async def test_an_unknown_platform_fails(world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Channel, world.channel_id)).platform = "pager"
    publication = await world.plan()
    await world.execute(publication)
    assert (await world.read(publication)).error_code == "unsupported"


async def test_a_cancelled_call_is_uncertain_and_stays_cancelled(world: World) -> None:
    world.platform.then(Act(hang=True))
    publication = await world.plan()
    running = asyncio.ensure_future(world.execute(publication))
    await world.platform.arrived.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    row = await world.read(publication)
    assert (row.status, row.error_code) == (S.UNCERTAIN, "interrupted")
    assert await world.kinds() == ["uncertain"]


async def test_a_call_that_never_answers_ends_as_uncertain(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "CALL_LIMIT", 0.05)
    world.platform.then(Act(hang=True))
    publication = await world.plan()
    await world.execute(publication)
    assert (await world.read(publication)).error_code == "no-answer"


async def test_not_before_its_time(world: World) -> None:
    publication = await world.plan(when=At(world.clock.now() + timedelta(minutes=1)))
    await world.execute(publication)
    assert world.platform.calls == []
    world.later(minutes=1)
    await world.execute(publication)
    assert len(world.platform.wall) == 1
