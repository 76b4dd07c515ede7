"""What happens after an answer was lost: never a blind second try, never silence, and the owner's word settles it."""

import asyncio
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import update

from core.channels.models import Channel
from core.errors import AuthExpired, NotFound, OutcomeUnknown, Rejected, Stale, Transient
from core.publications import resolution
from core.publications.models import Publication, PublicationAttempt
from core.publications.models import PublicationStatus as S
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act, Scripted


def lost(*, after: bool) -> Act:
    return Act(error=lambda: OutcomeUnknown("lost"), after=after)


async def uncertain(world: World, *, after: bool = True) -> Publication:
    world.platform.then(lost(after=after))
    publication = await world.plan()
    await world.execute(publication)
    assert (await world.read(publication)).status == S.UNCERTAIN
    return publication


async def test_doubt_is_never_sent_again_by_itself(world: World) -> None:
    publication = await uncertain(world)
    for _ in range(5):
        world.later(hours=1)
        await world.nudge()
        await world.recover()
        await world.execute(publication)
    assert len(world.platform.calls) == 1
    assert await world.kinds() == ["uncertain"]


async def test_the_owner_says_it_is_live(world: World) -> None:
    publication = await uncertain(world)
    for expected in (True, False):
        async with world.runtime.unit_of_work() as session:
            done = await resolution.confirm_live(
                session, publication.id, now=world.clock.now(), url="https://scripted.test/x"
            )
        assert done is expected
    row = await world.read(publication)
    assert (row.status, row.platform_url, row.error_code) == (S.PUBLISHED, "https://scripted.test/x", None)
    assert await world.attempts(publication) == [(0, 1, "confirmed")]
    assert await world.kinds() == ["uncertain"]  # the owner said it, and need not be told


async def test_the_owner_says_it_is_not_there_and_a_double_tap_sends_once(world: World) -> None:
    publication = await uncertain(world, after=False)

    async def tap() -> bool:
        async with world.runtime.unit_of_work() as session:
            return await resolution.send_again(session, publication.id, now=world.clock.now())

    assert sorted(await asyncio.gather(tap(), tap())) == [False, True]
    await asyncio.gather(*[world.execute(publication) for _ in range(4)])
    assert world.platform.texts == ["Hello"]
    assert await world.attempts(publication) == [(0, 1, "transient"), (0, 2, "confirmed")]


async def test_buttons_for_nothing_say_so(world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(NotFound):
            await resolution.retry(session, uuid.uuid4(), now=world.clock.now())
        with pytest.raises(NotFound):
            await resolution.confirm_live(session, uuid.uuid4(), now=world.clock.now())
    with pytest.raises(NotFound):
        await resolution.look_again(world.runtime, uuid.uuid4())


async def test_without_a_way_to_look_the_answer_is_unknown(world: World) -> None:
    publication = await uncertain(world)
    assert await resolution.look_again(world.runtime, publication.id) == "unknown"
    assert (await world.read(publication)).status == S.UNCERTAIN


class TestIdempotent:
    """The platform drops repetitions by key."""

    @pytest.fixture
    def platform(self) -> Scripted:
        return Scripted(idempotent=True)

    @pytest.mark.parametrize("after", [True, False])
    async def test_it_is_tried_again_with_the_same_key(self, world: World, after: bool) -> None:
        world.platform.then(lost(after=after))
        publication = await world.plan()
        await world.execute(publication)
        assert (await world.read(publication)).status == S.SCHEDULED
        assert await world.kinds() == []
        world.later(minutes=1)
        await world.execute(publication)
        assert world.platform.texts == ["Hello"]
        assert len(set(world.platform.calls)) == 1
        assert (await world.read(publication)).status == S.PUBLISHED

    async def test_after_five_lost_answers_the_owner_is_asked(self, world: World) -> None:
        world.platform.then(*[lost(after=True)] * 5)
        publication = await world.plan()
        for _ in range(5):
            await world.execute(publication)
            world.later(minutes=8)
        assert (await world.read(publication)).status == S.UNCERTAIN
        assert len(world.platform.calls) == 5
        assert world.platform.texts == ["Hello"]
        assert await world.kinds() == ["uncertain"]

    async def test_a_dead_worker_s_post_is_repeated(self, world: World) -> None:
        publication = await world.plan()
        await _die(world, publication)
        world.later(minutes=2)
        assert await world.recover() == 1
        await world.execute(publication)
        assert world.platform.texts == ["Hello"]
        assert (await world.read(publication)).status == S.PUBLISHED

    async def test_long_after_a_key_is_not_trusted(self, world: World) -> None:
        publication = await world.plan()
        await _die(world, publication)
        world.later(hours=12)
        await world.recover()
        await world.execute(publication)
        assert (await world.read(publication)).status == S.UNCERTAIN
        assert len(world.platform.calls) == 1

    @pytest.mark.parametrize("second", [lambda: Rejected("bad"), lambda: Transient("down")])
    async def test_a_refused_repetition_does_not_hide_the_doubt(
        self, world: World, second: Callable[[], Exception]
    ) -> None:
        world.platform.then(lost(after=True), *[Act(error=second)] * 4)
        publication = await world.plan()
        for _ in range(5):
            await world.execute(publication)
            world.later(minutes=8)
        assert (await world.read(publication)).status == S.UNCERTAIN
        assert await world.kinds() == ["uncertain"]
        async with world.runtime.unit_of_work() as session:
            await resolution.confirm_live(session, publication.id, now=world.clock.now())
        assert (await world.read(publication)).status == S.PUBLISHED

    async def test_a_key_is_not_trusted_after_an_outage_between_two_tries(self, world: World) -> None:
        world.platform.then(lost(after=True), Act(error=lambda: Transient("down")))
        publication = await world.plan()
        await world.execute(publication)
        world.later(minutes=1)
        await world.execute(publication)
        world.later(hours=12)
        await world.execute(publication)
        assert len(world.platform.calls) == 2
        assert (await world.read(publication)).status == S.UNCERTAIN


class TestLooking:
    """The account can be read."""

    @pytest.fixture
    def platform(self) -> Scripted:
        return Scripted(can_look=True)

    @pytest.mark.parametrize("after", [True, False])
    async def test_a_look_settles_it(self, world: World, after: bool) -> None:
        world.platform.then(lost(after=after))
        publication = await world.plan()
        await world.execute(publication)
        assert (await world.read(publication)).status == S.SCHEDULED
        world.later(minutes=1)
        await world.execute(publication)
        await world.execute(publication)
        assert (world.platform.texts, world.platform.looks) == (["Hello"], 1)
        assert (await world.read(publication)).status == S.PUBLISHED
        assert await world.kinds() == ["published"]

    async def test_absent_after_an_outage_is_late_not_sent(self, world: World) -> None:
        world.platform.then(lost(after=False))
        publication = await world.plan()
        await world.execute(publication)
        world.later(hours=12)
        await world.execute(publication)  # looks
        await world.nudge()
        await world.execute(publication)
        assert world.platform.wall == []
        assert (await world.read(publication)).status == S.MISSED
        assert await world.kinds() == ["late"]

    @pytest.mark.parametrize(
        ("error", "status", "told"),
        [
            (lambda: OutcomeUnknown("?"), S.UNCERTAIN, ["uncertain"]),
            (lambda: Rejected("?"), S.UNCERTAIN, ["uncertain"]),
            (lambda: ValueError("?"), S.UNCERTAIN, ["uncertain"]),
            (lambda: Transient("?"), S.SCHEDULED, []),
            (lambda: AuthExpired("?"), S.SCHEDULED, ["channel_error"]),
        ],
    )
    async def test_a_look_that_fails_never_sends(
        self, world: World, error: Callable[[], Exception], status: S, told: list[str]
    ) -> None:
        world.platform.then(lost(after=True))
        publication = await world.plan()
        await world.execute(publication)
        world.later(minutes=1)
        world.platform.look_errors.append(error)
        await world.execute(publication)
        assert len(world.platform.calls) == 1
        assert (await world.read(publication)).status == status
        assert (await world.attempts(publication))[0] == (0, 1, "unknown")
        assert await world.kinds() == told

    async def test_looks_that_keep_failing_reach_the_owner_as_doubt(self, world: World) -> None:
        world.platform.then(lost(after=True))
        publication = await world.plan()
        await world.execute(publication)
        world.platform.look_errors.extend([lambda: Transient("?")] * 9)
        for _ in range(9):
            world.later(hours=1)
            await world.execute(publication)
        assert (await world.read(publication)).status == S.UNCERTAIN
        assert await world.kinds() == ["uncertain"]

    @pytest.mark.parametrize(("after", "verdict"), [(True, "live"), (False, "absent")])
    async def test_the_owner_asks_for_a_look(self, world: World, after: bool, verdict: str) -> None:
        world.platform.then(lost(after=after))
        publication = await world.plan()
        await world.execute(publication)
        world.later(minutes=1)
        world.platform.look_errors.append(lambda: OutcomeUnknown("?"))
        await world.execute(publication)
        assert await resolution.look_again(world.runtime, publication.id) == verdict
        assert await resolution.look_again(world.runtime, publication.id) == verdict
        expected = S.PUBLISHED if after else S.UNCERTAIN
        row = await world.read(publication)
        assert row.status == expected
        assert row.platform_post_id == ("p1" if after else None)

    async def test_a_look_for_a_decided_post_is_stale(self, world: World) -> None:
        publication = await world.plan()
        with pytest.raises(Stale):
            await resolution.look_again(world.runtime, publication.id)


class TestBoth:
    """The account can be read, and repetitions are dropped."""

    @pytest.fixture
    def platform(self) -> Scripted:
        return Scripted(can_look=True, idempotent=True)

    async def test_when_the_look_cannot_tell_the_key_decides(self, world: World) -> None:
        world.platform.then(lost(after=True))
        publication = await world.plan()
        await world.execute(publication)
        world.later(minutes=1)
        world.platform.look_errors.append(lambda: OutcomeUnknown("?"))
        await world.execute(publication)
        assert world.platform.texts == ["Hello"]
        assert len(world.platform.calls) == 2
        assert (await world.read(publication)).status == S.PUBLISHED


async def _die(world: World, publication: Publication) -> None:
    """Leave the row as a worker does that was killed after the platform took the post."""
    world.platform.then(Act(hang=True, after=True))
    running = asyncio.ensure_future(world.execute(publication))
    await world.platform.arrived.wait()
    row = await world.read(publication)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    async with world.runtime.unit_of_work() as session:
        await session.execute(
            update(Publication)
            .where(Publication.id == publication.id)
            .values(status="publishing", lease_owner=row.lease_owner, lease_until=row.lease_until)
        )
        await session.execute(update(PublicationAttempt).values(state="started", finished_at=None))


async def test_the_channel_is_reconnected_while_a_post_is_in_doubt(world: World) -> None:
    publication = await uncertain(world)
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Channel, world.channel_id)).status = "error"
        assert await resolution.send_again(session, publication.id, now=world.clock.now())
    await world.execute(publication)
    assert len(world.platform.calls) == 1  # it waits for the channel
