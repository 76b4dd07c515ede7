"""Are quiet hours read off the owner's clock, and does nothing go out in them that nobody asked for?"""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import RateLimited, Transient
from core.publications import queries, resolution
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from core.publications.quiet import Quiet, quiet_of
from core.publications.scheduling import At
from core.settings.service import General, Publishing
from tests.conftest import START
from tests.core.publications.conftest import World
from tests.core.publications.test_slots import ZONES, hours, moments
from tests.fakes.platforms.scripted import Act

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "end", "moment", "until", "since"),
    [
        ("23:00", "08:00", "2026-03-02T23:30", "2026-03-03T08:00", "2026-03-02T23:00"),
        ("23:00", "08:00", "2026-03-03T07:59", "2026-03-03T08:00", "2026-03-02T23:00"),
        ("23:00", "08:00", "2026-03-03T08:00", None, None),
        ("23:00", "08:00", "2026-03-03T22:59", None, None),
        ("13:00", "14:30", "2026-03-03T13:00", "2026-03-03T14:30", "2026-03-03T13:00"),
        # Summer time begins: the night is an hour shorter, and the hour from two to three is not there.
        ("23:00", "08:00", "2026-03-28T23:30", "2026-03-29T08:00", "2026-03-28T23:00"),
        ("23:00", "02:30", "2026-03-29T01:00", "2026-03-29T03:00", "2026-03-28T23:00"),
        ("02:30", "08:00", "2026-03-29T04:00", "2026-03-29T08:00", "2026-03-29T03:30"),
    ],
)
def test_the_window(start: str, end: str, moment: str, until: str | None, since: str | None) -> None:
    quiet = Quiet(time.fromisoformat(start), time.fromisoformat(end), BERLIN)
    asked = at(moment)
    assert quiet.covers(asked) is (until is not None)
    assert quiet.until(asked) == (asked if until is None else at(until))
    assert quiet.since(asked) == (None if since is None else at(since))


def test_a_time_that_comes_twice_is_quiet_twice() -> None:
    quiet = Quiet(time(23), time(2, 30), BERLIN)
    first_end = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, summer time
    second = first_end + timedelta(minutes=40)  # 02:10 again
    assert quiet.until(first_end - timedelta(hours=1)) == first_end
    assert not quiet.covers(first_end)
    assert quiet.until(second) == first_end + timedelta(hours=1)


@pytest.mark.parametrize(
    "fields",
    [{}, {"quiet_from": "23:00"}, {"quiet_to": "23:00"}, {"quiet_from": "08:00", "quiet_to": "08:00"}],
)
def test_half_a_window_is_none(fields: dict[str, str]) -> None:
    assert quiet_of(General(), Publishing(**fields)) is None


@given(moment=moments, start=hours, end=hours, zone=st.sampled_from(ZONES))
@settings(max_examples=300, deadline=None)
def test_quiet_lasts_without_a_break_to_its_end(
    moment: datetime, start: time, end: time, zone: ZoneInfo
) -> None:
    if start == end:
        return
    quiet = Quiet(start, end, zone)
    until, since = quiet.until(moment), quiet.since(moment)
    assert (since is not None) is quiet.covers(moment)
    assert not quiet.covers(until)
    assert until - moment <= timedelta(hours=26)
    if since is not None:
        assert since <= moment < until
        assert all(quiet.covers(moment + (until - moment) * step / 60) for step in range(60))


async def night(world: World, **settings_: object) -> None:
    """Set quiet hours that begin an hour from now (13:00 to 20:00 on the owner's clock)."""
    await world.publishing(quiet_from="13:00", quiet_to="20:00", min_gap_hours=0, **settings_)


async def failing_before_the_night(world: World) -> Publication:
    """Return a post whose retry falls into the quiet hours."""
    publication = await world.plan(when=At(START + timedelta(minutes=59, seconds=30)))
    world.platform.then(Act(error=lambda: Transient("down")))
    world.later(minutes=59, seconds=30)
    await world.execute(publication)
    world.later(minutes=1)  # the back-off
    return publication


async def dusk(world: World, publication: Publication) -> Publication:
    """Scan, and let every worker try; nothing may go out."""
    before = len(world.platform.calls)
    await asyncio.gather(world.nudge(), world.nudge(), world.execute(publication), world.execute(publication))
    await world.execute(publication)
    assert len(world.platform.calls) == before
    return await world.read(publication)


async def test_a_retry_in_quiet_hours_waits_for_their_end_when_late_posts_are_published(world: World) -> None:
    await night(world, late_policy="publish")
    publication = await failing_before_the_night(world)
    row = await dusk(world, publication)
    morning = START + timedelta(hours=8)
    assert (row.status, row.next_attempt_at, row.error_code) == (S.SCHEDULED, morning, "quiet")
    assert await world.told() == []
    world.clock.set(morning)
    assert await world.nudge() == 1
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_it_is_asked_about_when_the_night_is_longer_than_the_patience(world: World) -> None:
    await night(world)
    publication = await failing_before_the_night(world)
    row = await dusk(world, publication)
    assert (row.status, row.error_code) == (S.MISSED, "quiet")
    assert await world.told() == [("late", {"publication_ids": [str(publication.id)], "causes": ["quiet"]})]
    async with world.runtime.unit_of_work() as session:
        page = await queries.queue(session)
        assert [item.publication_id for item in page.items] == [publication.id]
        assert await resolution.accept_late(session, [publication.id], now=world.clock.now()) == 1
    await world.execute(publication)  # the owner wants it out in the night
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_it_waits_when_the_night_is_over_soon_enough(world: World) -> None:
    await night(world, late_after_minutes=8 * 60)
    publication = await failing_before_the_night(world)
    assert (await dusk(world, publication)).next_attempt_at == START + timedelta(hours=8)


async def test_it_is_skipped_when_late_posts_are_skipped(world: World) -> None:
    await night(world, late_policy="skip")
    publication = await failing_before_the_night(world)
    row = await dusk(world, publication)
    assert (row.status, row.error_code) == (S.MISSED, "late_skipped")
    assert await world.kinds() == ["missed"]


async def test_hours_set_after_planning_hold_what_was_planned_into_them(world: World) -> None:
    publication = await world.plan(when=At(START + timedelta(hours=2)))
    await night(world)
    world.later(hours=2)
    assert (await dusk(world, publication)).error_code == "quiet"


async def test_what_the_owner_forced_into_the_night_goes_out(world: World) -> None:
    await night(world)
    publication = await world.plan(when=At(START + timedelta(hours=2)), force=True)
    world.later(hours=2)
    assert await world.nudge() == 1
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_what_was_due_a_moment_before_still_goes_out(world: World) -> None:
    await night(world)
    publication = await world.plan(when=At(START + timedelta(minutes=59, seconds=59)))
    world.later(hours=1, seconds=1)
    assert await world.nudge() == 1
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED


async def test_a_thread_that_has_begun_is_finished_at_night(world: World) -> None:
    await night(world)
    content = await world.content(thread=("one", "two"))
    publication = await world.plan(content, At(START + timedelta(minutes=59)))
    soon = START + timedelta(hours=1, minutes=1)
    world.platform.then(Act(), Act(error=lambda: RateLimited("slowly", retry_at=soon)))
    world.later(minutes=59)
    await world.execute(publication)
    world.clock.set(soon)
    assert await world.nudge() == 1
    await world.execute(publication)
    assert (await world.read(publication)).status == S.PUBLISHED
