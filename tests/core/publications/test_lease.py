"""Who may record what a call brought? Only the holder of the lease, and the truth when the question is still open."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from core.errors import Rejected
from core.publications import batches, policy, recording, repository
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act, Scripted

THREAD = ("one", "two")


async def hanging(
    world: World, act: Act, *, thread: tuple[str, ...] = ()
) -> tuple[Publication, asyncio.Task[None]]:
    world.platform.then(act)
    publication = await world.plan(await world.content(thread=thread))
    running = asyncio.ensure_future(world.execute(publication))
    await world.platform.arrived.wait()
    return publication, running


async def test_a_long_upload_keeps_its_lease(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "RENEW_EVERY", 0.02)
    publication, running = await hanging(world, Act(hang=True))
    for _ in range(3):
        world.clock.advance(policy.LEASE * 0.9)
        wanted = world.clock.now() + policy.LEASE
        async with asyncio.timeout(5):
            while (await world.read(publication)).lease_until != wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert await world.recover() == 0
    world.platform.released.set()
    await running
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_a_heartbeat_that_fails_does_not_stop_the_call(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "RENEW_EVERY", 0.01)
    beats = 0

    async def broken(*_: object) -> bool:
        nonlocal beats
        beats += 1
        raise OperationalError("renew", {}, Exception("away"))

    monkeypatch.setattr(repository, "renew", broken)
    publication, running = await hanging(world, Act(hang=True))
    async with asyncio.timeout(5):
        while beats < 3:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    world.platform.released.set()
    await running
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_an_answer_that_comes_after_the_question_answers_it(world: World) -> None:
    publication, running = await hanging(world, Act(hang=True))
    world.later(minutes=5)
    await world.recover()
    assert (await world.read(publication)).status == S.UNCERTAIN
    world.platform.released.set()
    await running
    row = await world.read(publication)
    assert (row.status, row.platform_post_id) == (S.PUBLISHED, "p1")
    assert await world.attempts(publication) == [(0, 1, "confirmed")]
    assert await world.kinds() == ["uncertain", "published"]


async def test_a_late_answer_lets_a_thread_go_on(world: World) -> None:
    publication, running = await hanging(world, Act(hang=True), thread=THREAD)
    world.later(minutes=5)
    await world.recover()
    world.platform.released.set()
    await running
    await world.execute(publication)
    assert world.platform.texts == list(THREAD)


async def test_a_late_refusal_changes_nothing(world: World) -> None:
    publication, running = await hanging(world, Act(hang=True, error=lambda: Rejected("bad")))
    world.later(minutes=5)
    await world.recover()
    world.platform.released.set()
    await running
    assert (await world.read(publication)).status == S.UNCERTAIN
    assert await world.kinds() == ["uncertain"]


@pytest.mark.parametrize("status", ["failed", "cancelled", "published", "missed", "publishing"])
async def test_a_lost_lease_never_overwrites_a_later_state(world: World, status: str) -> None:
    publication, running = await hanging(world, Act(hang=True))
    async with world.runtime.unit_of_work() as session:
        await session.execute(
            update(Publication).values(status=status, lease_owner="another", error_code="later")
        )
    world.platform.released.set()
    await running
    row = await world.read(publication)
    assert (row.status, row.lease_owner, row.error_code, row.platform_post_id) == (
        status,
        "another",
        "later",
        None,
    )
    assert await world.told() == []


async def test_two_claims_by_one_worker_are_told_apart(world: World) -> None:
    assert policy.claim_token("w" * 100) != policy.claim_token("w" * 100)
    assert len(policy.claim_token("w" * 100)) == 64


class TestRepeating:
    """A lease lost on a platform that drops repetitions."""

    @pytest.fixture
    def platform(self) -> Scripted:
        return Scripted(idempotent=True)

    async def test_both_workers_together_make_one_post(self, world: World) -> None:
        publication, first = await hanging(world, Act(hang=True, after=True))
        world.later(minutes=5)
        await world.recover()
        await world.execute(publication, "w2")
        assert (await world.read(publication)).status == S.PUBLISHED
        world.platform.released.set()
        await first
        assert world.platform.texts == ["Hello"]
        assert await world.kinds() == ["published"]


async def test_an_answer_survives_a_database_that_is_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "RETRY_DELAYS", (0.01, 0.01, 0.01))
    real, failures = batches.confirm, 3

    async def flaky(*args: Any) -> set[UUID]:
        nonlocal failures
        if failures:
            failures -= 1
            raise ConnectionRefusedError
        return await real(*args)

    monkeypatch.setattr(batches, "confirm", flaky)
    publication = await world.plan()
    await world.execute(publication)
    assert failures == 0
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_a_database_that_stays_away_is_raised_and_recovered_as_a_question(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "RETRY_DELAYS", (0.01,))

    async def gone(*_: Any) -> set[UUID]:
        raise ConnectionRefusedError

    publication = await world.plan()
    with monkeypatch.context() as patched:
        patched.setattr(batches, "confirm", gone)
        with pytest.raises(ConnectionRefusedError):
            await world.execute(publication)
    world.later(minutes=5)
    await world.recover()
    assert (await world.read(publication)).status == S.UNCERTAIN
    assert world.platform.texts == ["Hello"]


async def test_stopping_while_the_answer_is_recorded_does_not_lose_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, reached = batches.confirm, asyncio.Event()
    first = True

    async def slow(*args: Any) -> set[UUID]:
        nonlocal first
        if first:
            first = False
            reached.set()
            await asyncio.sleep(30)
        return await real(*args)

    monkeypatch.setattr(batches, "confirm", slow)
    publication = await world.plan()
    running = asyncio.ensure_future(world.execute(publication))
    await reached.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await world.read(publication)).status == S.PUBLISHED
