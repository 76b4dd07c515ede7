"""Are the owner's limits kept when many posts are planned at once, and are taps harmless?"""

import asyncio
import uuid
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel
from core.content import service as content_service
from core.content.models import Content
from core.errors import InvalidInput, NotFound, Stale
from core.publications import scheduling
from core.publications.errors import (
    DayFull,
    NoChannel,
    NotApproved,
    PlatformDayFull,
    PublishingError,
    QuietHours,
    TooClose,
)
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from core.publications.scheduling import At, Distributed, NextFree, Now, Optimal, When
from tests.conftest import START
from tests.core.publications.conftest import RecordingQueue, World, add_channel


async def count(world: World) -> int:
    async with world.runtime.unit_of_work() as session:
        return await session.scalar(select(func.count()).select_from(Publication)) or 0


async def test_now_waits_for_the_undo_and_undone_sends_nothing(world: World, jobs: RecordingQueue) -> None:
    publication = await world.plan(when=Now(undo_seconds=10))
    assert publication.scheduled_at == START + timedelta(seconds=10)
    world.later(seconds=9)
    await world.execute(publication)
    async with world.runtime.unit_of_work() as session:
        assert await scheduling.cancel(session, publication.id, now=world.clock.now())
        assert not await scheduling.cancel(session, publication.id, now=world.clock.now())
    world.later(minutes=5)
    assert await world.nudge() == 0
    await world.execute(publication)
    assert world.platform.calls == []
    assert jobs.jobs == []
    assert await world.told() == []


async def test_now_without_undo_asks_for_its_job_at_once(world: World, jobs: RecordingQueue) -> None:
    publication = await world.plan(when=Now(undo_seconds=0), priority="high")
    assert [(job.type, job.publication_id, job.priority) for job in jobs.jobs] == [  # type: ignore[union-attr]
        ("publish", publication.id, "high")
    ]


async def test_cancel_and_claim_at_once_never_both_win(world: World) -> None:
    for _ in range(15):
        publication = await world.plan()
        before = len(world.platform.calls)

        async def undo(publication: Publication = publication) -> bool:
            async with world.runtime.unit_of_work() as session:
                return await scheduling.cancel(session, publication.id, now=world.clock.now())

        _, undone = await asyncio.gather(world.execute(publication), undo())
        row = await world.read(publication)
        if undone:
            assert (row.status, len(world.platform.calls)) == (S.CANCELLED, before)
        else:
            assert (row.status, len(world.platform.calls)) == (S.PUBLISHED, before + 1)


@pytest.mark.parametrize("when", [Now(), At(START + timedelta(hours=1)), Optimal()])
async def test_a_double_tap_is_one_publication(world: World, when: When) -> None:
    content = await world.content()
    planned = await asyncio.gather(*[world.plan(content, when, force=False) for _ in range(6)])
    assert len({publication.id for publication in planned}) == 1
    assert len({publication.scheduled_at for publication in planned}) == 1
    assert await count(world) == 1


async def test_another_time_moves_it_and_a_post_on_its_way_stays(world: World) -> None:
    content = await world.content()
    first = await world.plan(content, At(START + timedelta(hours=5)))
    moved = await world.plan(content, Now(0))
    assert (moved.id, moved.scheduled_at, moved.mode) == (first.id, START, "now")
    await world.execute(moved)
    async with world.runtime.unit_of_work() as session:
        await session.execute(update(Publication).values(status="publishing", lease_owner="x"))
    stays = await world.plan(content, At(START + timedelta(hours=9)))
    assert (stays.id, stays.status, stays.scheduled_at) == (first.id, S.PUBLISHING, START)


async def test_only_the_approved_current_version(world: World) -> None:
    with pytest.raises(NotApproved):
        await world.plan(await world.content(approved=False))
    content = await world.content()
    async with world.runtime.unit_of_work() as session:
        await content_service.edit(session, content.id, expected_version=1, text="New")
    with pytest.raises(Stale):
        await world.plan(content)
    async with world.runtime.unit_of_work() as session:
        edited = await content_service.get(session, content.id)
    with pytest.raises(NotApproved):
        await world.plan(edited)
    with pytest.raises(NotFound):
        await world.plan(Content(id=uuid.uuid4(), version=1))
    assert await count(world) == 0


async def test_an_approval_may_expire(world: World) -> None:
    content = await world.content()
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Content, content.id)).approval_expires_at = START + timedelta(hours=1)
    publication = await world.plan(content, At(START + timedelta(hours=2)))
    world.later(hours=2)
    await world.execute(publication)
    assert (await world.read(publication)).error_code == "not_approved"
    with pytest.raises(NotApproved):
        await world.plan(content)


@pytest.mark.parametrize(
    "moment",
    [START - timedelta(seconds=1), START + timedelta(days=400), datetime(2026, 3, 3, 10),  # noqa: DTZ001
     datetime.max.replace(tzinfo=UTC)],
)  # fmt: skip
async def test_times_that_make_no_sense(world: World, moment: datetime) -> None:
    with pytest.raises(InvalidInput):
        await world.plan(when=At(moment), force=False)


async def test_channels_must_be_the_product_s_and_connected(world: World) -> None:
    content = await world.content()
    with pytest.raises(NoChannel):
        await world.plan(content, channel_ids=[uuid.uuid4()])
    with pytest.raises(NoChannel):
        await world.plan(content, channel_ids=[])
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Channel, world.channel_id)).status = "disconnected"
    with pytest.raises(NoChannel):
        await world.plan(content)


async def test_all_channels_get_one_publication_each(world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        await add_channel(session, world.runtime, world.product_id, "other")
    content = await world.content()
    async with world.runtime.unit_of_work() as session:
        planned = await scheduling.schedule(
            session, content_id=content.id, version=1, when=Now(), now=world.clock.now()
        )
    assert len({publication.channel_id for publication in planned}) == 2
    assert len({publication.scheduled_at for publication in planned}) == 1


async def test_too_close_names_the_nearest_time_and_force_overrides(world: World) -> None:
    await world.plan(when=At(START + timedelta(hours=3)))
    for when in (At(START + timedelta(hours=2)), At(START + timedelta(hours=4))):
        with pytest.raises(TooClose) as caught:
            await world.plan(when=when, force=False)
        assert caught.value.params == {"nearest": START + timedelta(hours=5), "gap_hours": 2.0}
    await world.plan(when=At(START + timedelta(hours=5)), force=False)
    await world.plan(when=At(START + timedelta(hours=4)), force=True)
    await world.publishing(min_gap_hours=4)
    with pytest.raises(TooClose):
        await world.plan(when=Now(), force=False)


async def test_a_full_day_names_the_next(world: World) -> None:
    await world.publishing(max_posts_per_day=1, min_gap_hours=0)
    await world.zone("Europe/Moscow")
    await world.plan(when=At(START + timedelta(hours=3)))
    with pytest.raises(DayFull) as caught:
        await world.plan(when=At(START + timedelta(hours=4)), force=False)
    midnight = datetime(2026, 3, 3, tzinfo=ZoneInfo("Europe/Moscow"))
    assert caught.value.params == {"nearest": midnight, "limit": 1}
    assert isinstance(caught.value, PublishingError)
    await world.plan(when=At(midnight), force=False)


async def test_the_gap_counts_from_when_it_was_really_out(world: World) -> None:
    publication = await world.plan()
    world.later(minutes=50)
    await world.execute(publication)
    with pytest.raises(TooClose):
        await world.plan(when=At(START + timedelta(hours=2)), force=False)


@pytest.mark.parametrize(("per_day", "gap"), [(2, 0.0), (30, 3.5), (3, 3.0), (1, 0.0)])
async def test_ten_at_once_keep_the_law(world: World, per_day: int, gap: float) -> None:
    await world.publishing(max_posts_per_day=per_day, min_gap_hours=gap)
    contents = [await world.content(str(number)) for number in range(10)]
    planned = await asyncio.gather(*[world.plan(content, Optimal(), force=False) for content in contents])
    moments = sorted(publication.scheduled_at for publication in planned)
    assert len(set(moments)) == 10
    assert all(later - earlier >= timedelta(hours=gap) for earlier, later in pairwise(moments))
    days = [moment.astimezone(ZoneInfo("Etc/GMT-3")).date() for moment in moments]
    assert max(days.count(day) for day in days) <= per_day


async def test_ten_at_the_same_moment_and_only_one_gets_it(world: World) -> None:
    contents = [await world.content(str(number)) for number in range(10)]
    when = At(START + timedelta(hours=1))
    tries = [world.plan(content, when, force=False) for content in contents]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, Publication) for result in results) == 1
    assert sum(isinstance(result, TooClose) for result in results) == 9


async def test_a_slot_is_the_next_free_default_hour(world: World) -> None:
    await world.zone("Europe/Moscow")
    await world.plan(when=At(datetime(2026, 3, 2, 10, tzinfo=UTC)))  # 13:00 in Moscow
    found = [(await world.plan(when=NextFree(), force=False)).scheduled_at for _ in range(3)]
    assert [moment.astimezone(ZoneInfo("Europe/Moscow")).strftime("%d %H:%M") for moment in found] == [
        "02 16:00", "02 19:00", "03 10:00",
    ]  # fmt: skip


async def test_the_best_free_of_the_wished_moments_and_else_a_slot(world: World) -> None:
    best, second = START + timedelta(hours=5), START + timedelta(hours=30)
    wish = Optimal((START - timedelta(hours=1), best, second))
    assert [(await world.plan(when=wish, force=False)).scheduled_at for _ in range(2)] == [best, second]
    third = await world.plan(when=wish, force=False)
    assert (third.scheduled_at, third.mode) == (START + timedelta(hours=1), "optimal")


async def test_without_a_default_hour_the_next_free_moment_is_the_slot(world: World) -> None:
    await world.publishing(quiet_from="09:00", quiet_to="21:30")
    publication = await world.plan(when=NextFree(), force=False)
    assert publication.scheduled_at == START + timedelta(hours=9, minutes=30)  # 21:30 at UTC+3


async def test_one_platform_after_another_two_to_four_hours_apart(world: World) -> None:
    await world.publishing(quiet_from="18:00", quiet_to="09:00", min_gap_hours=0)
    async with world.runtime.unit_of_work() as session:
        for name in ("a", "b", "c"):
            await add_channel(session, world.runtime, world.product_id, name)
    content = await world.content()
    start = START + timedelta(hours=1)

    async def plan() -> list[datetime]:
        async with world.runtime.unit_of_work() as session:
            planned = await scheduling.schedule(
                session, content_id=content.id, version=1, when=Distributed(start), now=world.clock.now()
            )
            return [publication.scheduled_at for publication in planned]

    moments, again = await plan(), await plan()
    assert moments == again
    assert moments[0] == start
    for earlier, later in pairwise(moments):
        morning = later.astimezone(ZoneInfo("Etc/GMT-3")).time() == time(9)
        assert timedelta(hours=2) <= later - earlier
        assert later - earlier <= timedelta(hours=4) or morning
    assert all(9 <= moment.astimezone(ZoneInfo("Etc/GMT-3")).hour < 18 for moment in moments)
    assert await count(world) == 4
    moved = start + timedelta(minutes=30)
    async with world.runtime.unit_of_work() as session:
        planned = await scheduling.schedule(
            session, content_id=content.id, version=1, when=Distributed(moved), now=world.clock.now()
        )
    assert planned[0].scheduled_at == moved
    assert await count(world) == 4


async def test_a_spread_post_follows_the_order_it_is_given(world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        other = await add_channel(session, world.runtime, world.product_id, "telegram")
    content = await world.content()
    for order in (("telegram", "scripted"), ("scripted",), ("scripted", "telegram")):
        wish = Distributed(START + timedelta(hours=len(order)), order)
        for _ in range(2):  # a double tap changes nothing
            async with world.runtime.unit_of_work() as session:
                planned = await scheduling.schedule(
                    session, content_id=content.id, version=1, when=wish, now=world.clock.now()
                )
            by_channel = {publication.channel_id: publication.scheduled_at for publication in planned}
            first, last = sorted(by_channel, key=lambda channel_id: by_channel[channel_id])
            assert by_channel[first] == wish.start
            assert (last == other.id) is (order[0] == "scripted")


async def test_quiet_hours_name_their_end_and_force_overrides_them(world: World) -> None:
    await world.zone("Europe/Berlin")
    await world.publishing(quiet_from="22:00", quiet_to="07:30")
    night = datetime(2026, 3, 28, 23, tzinfo=ZoneInfo("Europe/Berlin"))  # summer time begins in it
    with pytest.raises(QuietHours) as caught:
        await world.plan(when=At(night), force=False)
    assert caught.value.params == {
        "nearest": datetime(2026, 3, 29, 5, 30, tzinfo=UTC), "quiet_from": "22:00", "quiet_to": "07:30",
    }  # fmt: skip
    forced = await world.plan(when=At(night), force=True)
    assert forced.quiet_accepted
    awake = await world.plan(when=At(datetime(2026, 3, 28, 12, tzinfo=UTC)), force=True)
    assert not awake.quiet_accepted
    async with world.runtime.unit_of_work() as session:
        moved = await scheduling.reschedule(
            session, forced.id, moment=night + timedelta(days=2, hours=12), now=world.clock.now()
        )
    assert not moved.quiet_accepted


async def test_a_platform_has_a_daily_limit_of_its_own(world: World) -> None:
    await world.publishing(min_gap_hours=0, max_per_platform_per_day={"scripted": 2, "other": 1})
    await world.zone("Europe/Moscow")
    for hours in (1, 2):
        await world.plan(when=At(START + timedelta(hours=hours)), force=False)
    with pytest.raises(PlatformDayFull) as caught:
        await world.plan(when=At(START + timedelta(hours=3)), force=False)
    midnight = datetime(2026, 3, 3, tzinfo=ZoneInfo("Europe/Moscow"))
    assert caught.value.params == {"nearest": midnight, "platform": "scripted", "limit": 2}
    await world.plan(when=At(midnight), force=False)


async def test_ten_at_once_keep_quiet_hours_and_the_platform_s_limit(world: World) -> None:
    await world.publishing(
        min_gap_hours=0, quiet_from="12:30", quiet_to="09:30", max_per_platform_per_day={"scripted": 2}
    )
    contents = [await world.content(str(number)) for number in range(10)]
    await asyncio.gather(*[world.plan(content, NextFree(), force=False) for content in contents])
    async with world.runtime.unit_of_work() as session:
        moments = list(await session.scalars(select(Publication.scheduled_at)))
    local = [moment.astimezone(ZoneInfo("Etc/GMT-3")) for moment in moments]
    assert all(time(9, 30) <= moment.time() < time(12, 30) for moment in local)
    days = [moment.date() for moment in local]
    assert len(days) == 10
    assert max(days.count(day) for day in days) <= 2


async def test_reschedule_moves_what_waits_and_refuses_what_is_out(world: World) -> None:
    publication = await world.plan(when=At(START + timedelta(hours=1)))
    later = START + timedelta(hours=6)
    async with world.runtime.unit_of_work() as session:
        moved = await scheduling.reschedule(session, publication.id, moment=later, now=world.clock.now())
    assert (moved.scheduled_at, moved.mode) == (later, "at")
    world.clock.set(later)
    await world.execute(publication)
    async with world.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await scheduling.reschedule(
                session, publication.id, moment=later + timedelta(hours=1), now=world.clock.now()
            )
        with pytest.raises(NotFound):
            await scheduling.reschedule(session, uuid.uuid4(), moment=later, now=world.clock.now())


async def test_an_approved_edit_carries_what_waits_along(world: World) -> None:
    content = await world.content("Old")
    publication = await world.plan(content, At(START + timedelta(hours=1)))
    async with world.runtime.unit_of_work() as session:
        edited = await content_service.edit(session, content.id, expected_version=1, text="New")
        assert await scheduling.follow_approval(session, content.id, version=2, now=world.clock.now()) == 0
        await content_service.approve(session, content.id, version=edited.version, now=world.clock.now())
        assert await scheduling.follow_approval(session, content.id, version=2, now=world.clock.now()) == 1
    world.later(hours=1)
    await world.execute(publication)
    assert world.platform.texts == ["New"]


async def test_approving_and_moving_one_post_at_once_do_not_lock_each_other_out(world: World) -> None:
    content = await world.content("Old")
    waiting = await world.plan(content, At(START + timedelta(hours=1)))
    async with world.runtime.unit_of_work() as session:
        await content_service.edit(session, content.id, expected_version=1, text="New")

    async def move() -> Publication:
        async with world.runtime.unit_of_work() as session:
            return await scheduling.reschedule(
                session, waiting.id, moment=START + timedelta(hours=5), now=world.clock.now()
            )

    async with world.runtime.unit_of_work() as session:
        await content_service.approve(session, content.id, version=2, now=world.clock.now())
        moving = asyncio.ensure_future(move())
        await _until_somebody_waits_for_a_lock(session)
        await scheduling.schedule(
            session, content_id=content.id, version=2, when=At(START + timedelta(hours=3)), now=START
        )
    assert (await moving).scheduled_at == START + timedelta(hours=5)
    assert (await world.read(waiting)).content_version == 2


async def _until_somebody_waits_for_a_lock(session: AsyncSession) -> None:
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(10):
        while not await session.scalar(query):  # noqa: ASYNC110  # PostgreSQL tells nobody
            await asyncio.sleep(0.01)
