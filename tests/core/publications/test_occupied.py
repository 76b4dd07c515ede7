"""Does the ordered calendar answer what looking at every post would answer, and without looking at every post?"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import given, settings

from core.publications import slots
from core.publications.occupied import Occupied, Taken
from core.publications.slots import Rules

ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 3, 28, tzinfo=UTC)  # the night the clocks change is among the days
moments = st.integers(0, 96).map(lambda half: BEGIN + timedelta(minutes=30 * half))
posts = st.builds(
    Taken,
    content_id=st.integers(0, 5).map(lambda number: uuid.UUID(int=number)),
    moment=moments,
    platform=st.sampled_from(["vk", "telegram"]),
)


@given(
    first=st.lists(posts, max_size=12),
    later=st.lists(posts, max_size=6),
    asked=moments,
    gap=st.integers(0, 8),
    platform=st.none() | st.sampled_from(["vk", "telegram", "x"]),
)
@settings(max_examples=300, deadline=None)
def test_it_answers_as_a_look_at_every_post_would(
    first: list[Taken], later: list[Taken], asked: datetime, gap: int, platform: str | None
) -> None:
    occupied = Occupied(ZONE, first)
    for one in later:
        occupied.add(one)
    every = first + later
    apart = timedelta(minutes=30 * gap)

    near = [one.moment for one in every if abs(one.moment - asked) < apart]
    assert occupied.last_within(asked, apart) == max(near, default=None)
    day = asked.astimezone(ZONE).date()
    there = {
        one.content_id
        for one in every
        if one.moment.astimezone(ZONE).date() == day and platform in {None, one.platform}
    }
    assert occupied.posts(day, platform) == len(there)
    assert (asked in occupied) == any(one.moment == asked for one in every)
    assert sorted(occupied, key=repr) == sorted(every, key=repr)


def test_a_search_through_a_full_calendar_compares_few_moments_with_few_moments() -> None:
    compared = 0

    class Counted(datetime):
        def __lt__(self, other: Any) -> bool:
            nonlocal compared
            compared += 1
            return super().__lt__(other)

    many = 2_000
    begin = Counted(2026, 1, 1, tzinfo=UTC)
    full = Occupied(UTC, [Taken(uuid.uuid4(), begin + timedelta(hours=hour)) for hour in range(many)])
    compared = 0
    found = slots.next_allowed(begin, full, Rules(gap=timedelta(hours=1), per_day=100, zone=UTC))
    assert found == begin + timedelta(hours=many)
    assert compared < 30 * many  # some eleven a step; a look at every post would be two thousand a step
