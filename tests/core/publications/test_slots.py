"""Do the calendar's rules hold for any calendar, and do wall-clock times survive daylight saving?"""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.publications import slots
from core.publications.occupied import Occupied, Taken
from core.publications.quiet import Quiet
from core.publications.slots import DEFAULT_HOURS, Obstacle, Rules
from core.settings.zones import parse_zone

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [parse_zone(name) for name in ("UTC+3", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                       "Africa/Cairo", "Pacific/Apia", "Asia/Kolkata")]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2026, 3, 28), time(2, 30), "2026-03-28T01:30+00:00"),  # winter: UTC+1
        (date(2026, 3, 29), time(2, 30), "2026-03-29T01:30+00:00"),  # does not exist: shown as 03:30
        (date(2026, 3, 29), time(10), "2026-03-29T08:00+00:00"),  # summer: UTC+2
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30+00:00"),  # comes twice: the first
        (date(2026, 10, 25), time(10), "2026-10-25T09:00+00:00"),
    ],
)
def test_wall_clock_across_the_changes(day: date, at: time, expected: str) -> None:
    moment = slots.wall_clock(day, at, BERLIN)
    assert moment == datetime.fromisoformat(expected)
    shown = moment.astimezone(BERLIN)
    assert shown.date() == day
    assert shown.time() == (time(3, 30) if (day, at) == (date(2026, 3, 29), time(2, 30)) else at)


def test_default_hours_keep_their_wall_clock_over_the_change() -> None:
    rules = Rules(gap=timedelta(hours=2), per_day=30, zone=BERLIN)
    found = Occupied(BERLIN)
    for _ in range(12):
        moment = slots.next_default(datetime(2026, 3, 28, 5, tzinfo=UTC), found, rules)
        assert moment is not None
        found.add(Taken(uuid.uuid4(), moment))
    local = [taken.moment.astimezone(BERLIN) for taken in found]
    assert [shown.time() for shown in local] == list(DEFAULT_HOURS) * 3
    assert [shown.day for shown in local] == [28] * 4 + [29] * 4 + [30] * 4


moments = st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 10)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(
    wishes=st.lists(moments, min_size=1, max_size=20),
    gap=st.floats(0, 30),
    per_day=st.integers(1, 5),
    per_platform=st.none() | st.integers(1, 3),
    quiet=st.none() | st.tuples(hours, hours).filter(lambda pair: pair[0] != pair[1]),
    zone=st.sampled_from(ZONES),
)
@settings(max_examples=200, deadline=None)
def test_next_allowed_keeps_the_law_and_is_the_first_that_does(
    wishes: list[datetime],
    gap: float,
    per_day: int,
    per_platform: int | None,
    quiet: tuple[time, time] | None,
    zone: ZoneInfo,
) -> None:
    rules = Rules(
        gap=timedelta(hours=gap),
        per_day=per_day,
        zone=zone,
        per_platform={} if per_platform is None else {"vk": per_platform},
        quiet=None if quiet is None else Quiet(*quiet, zone),
    )
    taken = Occupied(zone)
    for number, wish in enumerate(wishes):
        platforms = ["vk", "telegram"] if number % 2 else ["telegram"]
        moment = slots.next_allowed(wish, taken, rules, platforms)
        assert moment is not None
        assert moment >= wish
        assert slots.obstacle(moment, taken, rules, platforms) is None
        assert moment == wish or slots.obstacle(wish, taken, rules, platforms) is not None
        between = [wish + (moment - wish) * step / 40 for step in range(40)]
        assert all(slots.obstacle(tried, taken, rules, platforms) for tried in between if tried < moment)
        content = uuid.uuid4()
        for platform in platforms:
            taken.add(Taken(content, moment, platform))
    ordered = sorted({other.moment for other in taken})
    assert all(later - earlier >= rules.gap for earlier, later in pairwise(ordered))
    for platform, limit in (("telegram", per_day), ("vk", per_platform or per_day)):
        days = [other.moment.astimezone(zone).date() for other in taken if other.platform == platform]
        assert all(days.count(day) <= limit for day in days)


def test_one_content_on_several_channels_is_one_post() -> None:
    rules = Rules(gap=timedelta(hours=1), per_day=2, zone=UTC)
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    content = uuid.uuid4()
    taken = Occupied(UTC, [Taken(content, noon), Taken(content, noon + timedelta(hours=3))])
    assert slots.obstacle(noon + timedelta(hours=6), taken, rules) is None
    taken.add(Taken(uuid.uuid4(), noon + timedelta(hours=6)))
    assert slots.obstacle(noon + timedelta(hours=9), taken, rules) is Obstacle.DAY


def test_a_gap_longer_than_the_horizon_has_no_moment() -> None:
    rules = Rules(gap=timedelta(days=800), per_day=1, zone=UTC)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    taken = Occupied(UTC, [Taken(uuid.uuid4(), now)])
    assert slots.next_allowed(now, taken, rules) is None
    assert slots.next_default(now, taken, rules) is None
