"""Does a repeated post go out each time, once, with the text it was started with, and never in a burst?"""

import asyncio
import uuid
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.channels import service as channels
from core.content import repeats
from core.content import service as content_service
from core.content.models import Content, ContentRepeat
from core.content.repeats import Outcome
from core.errors import InvalidInput, NotFound, Stale
from core.products import service as products
from core.publications.models import Publication
from core.settings import cron
from core.settings.cron import Rhythm
from tests.core.publications.conftest import World

BERLIN = ZoneInfo("Europe/Berlin")


async def begin(world: World, line: str = "0 9 * * *", *, text: str = "Again") -> ContentRepeat:
    content = await world.content(text, approved=False)
    async with world.runtime.unit_of_work() as session:
        return await repeats.start(
            session, content.id, version=1, line=line, zone_name="Europe/Berlin", now=world.clock.now()
        )


async def sweep(world: World) -> list[Outcome | None]:
    async with world.runtime.unit_of_work() as session:
        due = await repeats.due(session, world.clock.now())
    found = []
    for repeat_id in due:
        async with world.runtime.unit_of_work() as session:
            found.append(await repeats.make_next(session, repeat_id, world.clock.now()))
    return found


async def now_of(world: World, repeat_id: uuid.UUID) -> ContentRepeat:
    async with world.runtime.unit_of_work() as session:
        return (await repeats.get(session, repeat_id)).repeat


async def planned(world: World) -> list[Publication]:
    async with world.runtime.unit_of_work() as session:
        rows = await session.scalars(select(Publication).order_by(Publication.scheduled_at))
        return list(rows)


async def contents(world: World) -> int:
    async with world.runtime.unit_of_work() as session:
        return await session.scalar(select(func.count(Content.id))) or 0


def until(world: World, moment: datetime) -> None:
    world.clock.advance(moment - world.clock.now())


async def test_a_copy_is_made_a_day_ahead_and_the_next_when_it_is_out(world: World) -> None:
    repeat = await begin(world)
    async with world.runtime.unit_of_work() as session:  # what is edited later is not repeated
        await content_service.edit(session, repeat.content_id, expected_version=1, text="Another")
    first = repeat.next_at
    assert first.astimezone(BERLIN).time() == time(9)
    assert first - world.clock.now() < repeats.AHEAD
    assert await sweep(world) == [Outcome.PLANNED]
    assert await sweep(world) == []  # the one after it is more than a day away
    (copy,) = await planned(world)
    assert copy.scheduled_at == first
    until(world, first)
    assert await sweep(world) == [Outcome.WAITS]
    await world.execute(copy)
    assert world.platform.texts == ["Again"]
    assert await sweep(world) == [Outcome.PLANNED]
    assert [row.scheduled_at for row in await planned(world)] == [first, first + timedelta(days=1)]
    assert (await now_of(world, repeat.id)).made == 2
    assert await world.kinds() == ["published"]


async def test_many_schedulers_make_each_copy_once(world: World) -> None:
    await begin(world)
    await asyncio.gather(*(sweep(world) for _ in range(6)))
    assert len(await planned(world)) == 1
    assert await contents(world) == 2


async def test_what_was_missed_is_said_and_not_made_up_for(world: World) -> None:
    repeat = await begin(world)
    until(world, repeat.next_at + timedelta(days=9, hours=2))
    assert await sweep(world) == [Outcome.MISSED]
    assert await sweep(world) == [Outcome.PLANNED]
    assert await sweep(world) == []
    (copy,) = await planned(world)
    assert copy.scheduled_at == repeat.next_at + timedelta(days=10)
    payload = {"repeat_id": str(repeat.id), "moment": repeat.next_at.isoformat(), "why": "missed"}
    assert await world.told() == [("repeat_skipped", payload)]


async def test_a_little_late_still_goes_out(world: World) -> None:
    repeat = await begin(world)
    until(world, repeat.next_at + timedelta(minutes=50))
    assert await sweep(world) == [Outcome.PLANNED]
    (copy,) = await planned(world)
    assert copy.scheduled_at == world.clock.now()


async def test_while_one_waits_no_other_is_made(world: World) -> None:
    repeat = await begin(world, "0 * * * *")
    assert await sweep(world) == [Outcome.PLANNED]
    for _ in range(3):  # nobody sends it
        until(world, (await now_of(world, repeat.id)).next_at)
        assert await sweep(world) == [Outcome.BUSY]
    assert len(await planned(world)) == 1
    assert await world.kinds() == ["repeat_skipped"] * 3


async def test_a_pause_stores_nothing_up(world: World) -> None:
    repeat = await begin(world)
    async with world.runtime.unit_of_work() as session:
        await products.pause(session, world.product_id, now=world.clock.now())
    assert await sweep(world) == [Outcome.WAITS]  # it may be over by then
    for _ in range(5):
        until(world, (await now_of(world, repeat.id)).next_at)
        assert await sweep(world) == [Outcome.PAUSED]
    async with world.runtime.unit_of_work() as session:
        await products.resume(session, world.product_id)
    assert await sweep(world) == [Outcome.PLANNED]
    assert len(await planned(world)) == 1
    assert await world.kinds() == []


async def test_the_owners_limits_move_a_copy(world: World) -> None:
    repeat = await begin(world)
    await world.zone("Europe/Berlin")
    await world.publishing(quiet_from="08:00", quiet_to="10:00")
    assert await sweep(world) == [Outcome.PLANNED]
    (copy,) = await planned(world)
    assert copy.scheduled_at == repeat.next_at + timedelta(hours=1)


async def test_a_copy_that_finds_no_room_is_left_out_and_leaves_nothing_behind(world: World) -> None:
    await world.zone("Europe/Berlin")
    await world.publishing(quiet_from="08:00", quiet_to="21:00", min_gap_hours=0)
    repeat = await begin(world, "0 9,10 * * *")
    assert await sweep(world) == [Outcome.FULL]
    assert (await contents(world), await planned(world)) == (1, [])
    payload = {"repeat_id": str(repeat.id), "moment": repeat.next_at.isoformat(), "why": "full"}
    assert await world.told() == [("repeat_skipped", payload)]


async def test_without_a_channel_it_is_said_each_time(world: World) -> None:
    repeat = await begin(world)
    async with world.runtime.unit_of_work() as session:
        await channels.disconnect(session, world.runtime.keyring, world.channel_id)
    assert await sweep(world) == [Outcome.REFUSED]
    assert await contents(world) == 1
    payload = {"repeat_id": str(repeat.id), "moment": repeat.next_at.isoformat(), "why": "refused"}
    assert await world.told() == [("repeat_skipped", payload)]


async def test_approvals_that_expire_do_not_stop_a_repeat(world: World) -> None:
    await world.publishing(approval_hours=1)
    repeat = await begin(world)
    assert await sweep(world) == [Outcome.PLANNED]
    until(world, repeat.next_at)
    (copy,) = await planned(world)
    await world.execute(copy)
    assert world.platform.texts == ["Again"]


async def test_a_post_that_is_put_away_ends_its_repeat(world: World) -> None:
    repeat = await begin(world)
    async with world.runtime.unit_of_work() as session:
        await content_service.reject(session, repeat.content_id, version=1)
    assert await sweep(world) == [Outcome.ENDED]
    assert await sweep(world) == []
    assert not (await now_of(world, repeat.id)).enabled


async def test_switching_and_ending_are_guarded_by_the_version(world: World) -> None:
    repeat = await begin(world)

    async def switch(version: int, *, on: bool) -> ContentRepeat:
        async with world.runtime.unit_of_work() as session:
            return await repeats.switch(session, repeat.id, version=version, on=on, now=world.clock.now())

    assert not (await switch(1, on=False)).enabled
    with pytest.raises(Stale):
        await switch(1, on=False)
    assert await sweep(world) == []
    world.clock.advance(timedelta(days=3))
    again = await switch(2, on=True)
    assert again.next_at > world.clock.now()
    async with world.runtime.unit_of_work() as session:
        assert await repeats.stop(session, repeat.id, version=3) == repeat.content_id
    with pytest.raises(NotFound):
        await now_of(world, repeat.id)


async def test_starting_again_changes_the_repeat_there_is(world: World) -> None:
    repeat = await begin(world)
    async with world.runtime.unit_of_work() as session:
        again = await repeats.start(
            session,
            repeat.content_id,
            version=1,
            line="0 10 * * 1",
            zone_name="Europe/Berlin",
            now=world.clock.now(),
        )
        assert (again.id, again.cron, again.version) == (repeat.id, "0 10 * * 1", 2)
        assert await repeats.count(session) == 1


@pytest.mark.parametrize("line", ["0 9 31 2 *", "*/5 * * * *", "0 9 * *", "0 25 * * *"])
async def test_schedules_that_make_no_sense_are_refused(world: World, line: str) -> None:
    with pytest.raises(InvalidInput):
        await begin(world, line)
    async with world.runtime.unit_of_work() as session:
        assert await repeats.count(session) == 0


@given(
    at=st.times(),
    weekdays=st.sets(st.integers(0, 6), max_size=6),
    month_days=st.sets(st.integers(1, 28), max_size=4),
    start=st.integers(0, 2200).map(lambda days: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=days)),
)
def test_a_rhythm_survives_being_written_as_cron(
    at: time, weekdays: set[int], month_days: set[int], start: datetime
) -> None:
    """With days of both kinds cron would mean "either"; the buttons never make that."""
    wish = Rhythm(
        at=at.replace(second=0, microsecond=0),
        weekdays=tuple(sorted(weekdays)),
        month_days=() if weekdays else tuple(sorted(month_days)),
    )
    schedule = cron.read({"cron": wish.cron()}, UTC)
    assert schedule.rhythm == wish
    moment = schedule.next_run(start)
    assert moment is not None
    assert (moment.hour, moment.minute) == (at.hour, at.minute)
    assert not weekdays or moment.weekday() in weekdays
    assert weekdays or not month_days or moment.day in month_days


def test_nine_in_the_morning_stays_nine_over_both_edges_of_summer_time() -> None:
    schedule = cron.read({"cron": "0 9 * * *", "timezone": "Europe/Berlin"}, UTC)
    for start in (datetime(2026, 3, 26, tzinfo=UTC), datetime(2026, 10, 22, tzinfo=UTC)):
        moments = repeats.upcoming(schedule, start, 6)
        assert {moment.astimezone(BERLIN).time() for moment in moments} == {time(9)}
        assert len({moment.astimezone(BERLIN).date() for moment in moments}) == 6
