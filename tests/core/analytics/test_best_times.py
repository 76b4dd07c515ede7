"""Best times: a planted hour is found, noise claims nothing, wall clocks survive daylight saving."""

import math
import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.analytics import best_times
from core.analytics.best_times import NEEDED, Observation, Reason
from tests.conftest import START
from tests.core.analytics.conftest import Past, spread

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
DEFAULTS = (10, 13, 16, 19)


def seen(made: list[tuple[datetime, float]]) -> list[Observation]:
    return [Observation(at.weekday(), at.hour, value) for at, value in made]


@pytest.mark.parametrize("seed", range(10))
def test_a_planted_hour_is_found_and_comes_first(seed: int) -> None:
    rhythm = best_times.rhythm_of(seen(spread(80, seed, lambda at: 0.7 if at.hour == 21 else 0.0)))
    assert max(rhythm.hours, key=lambda hour: rhythm.hours[hour]) == 21
    first = best_times.moments(rhythm, DEFAULTS, START, 3, MOSCOW)[0]
    assert (first.moment.astimezone(MOSCOW).hour, first.reason) == (21, Reason.OWN)
    # Shrunk: never more than what was planted over the average, and a good part of it.
    assert first.lift is not None
    assert 0.2 < first.lift < math.expm1(0.9)
    assert first.n == rhythm.counts[21]
    assert first.total == 80


def test_a_planted_bad_hour_is_left_out_of_the_defaults() -> None:
    rhythm = best_times.rhythm_of(
        seen(spread(100, 1, lambda at: -1.2 if at.hour == 13 else 0.0, hours=(10, 13, 16, 19)))
    )
    assert rhythm.hours[13] < 0
    found = best_times.moments(rhythm, DEFAULTS, START, 8, MOSCOW)
    assert 13 not in {item.moment.astimezone(MOSCOW).hour for item in found}


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_weekday_is_found(seed: int) -> None:
    rhythm = best_times.rhythm_of(seen(spread(120, seed, lambda at: 0.9 if at.weekday() == 5 else 0.0)))
    assert max(rhythm.weekdays, key=lambda day: rhythm.weekdays[day]) == 5
    first = best_times.moments(rhythm, DEFAULTS, START, 1, MOSCOW)[0]
    assert first.moment.astimezone(MOSCOW).weekday() == 5
    assert first.n == rhythm.weekday_counts[5]


def test_noise_claims_nothing() -> None:
    claims = 0
    for seed in range(60):
        rhythm = best_times.rhythm_of(seen(spread(70, seed)))
        claims += bool(rhythm.hours or rhythm.weekdays or rhythm.cells)
    # One in twenty is what the method allows itself; a sample of sixty scatters around three.
    assert claims <= 7


def test_heavy_tails_claim_nothing_either() -> None:
    claims = 0
    for seed in range(40):
        dice = random.Random(seed)  # noqa: S311
        made = [
            (at, dice.choice([-0.2, 0.0, 0.2]) + 3 * (dice.random() < 0.03)) for at, _ in spread(70, seed)
        ]
        rhythm = best_times.rhythm_of(seen(made))
        claims += bool(rhythm.hours or rhythm.weekdays or rhythm.cells)
    assert claims <= 6


def test_what_claims_nothing_falls_back_to_the_defaults_and_says_why() -> None:
    few = best_times.rhythm_of(seen(spread(NEEDED - 1, 3, lambda at: 3.0 if at.hour == 21 else 0.0)))
    assert not few.hours
    found = best_times.moments(few, DEFAULTS, START, 5, MOSCOW)
    assert [item.moment.astimezone(MOSCOW).hour for item in found] == [13, 16, 19, 10, 13]
    assert {(item.reason, item.lift, item.total) for item in found} == {(Reason.FEW, None, NEEDED - 1)}
    even = best_times.rhythm_of([Observation(day % 7, 9 + day % 3, 0.0) for day in range(60)])
    assert {item.reason for item in best_times.moments(even, DEFAULTS, START, 3, MOSCOW)} == {Reason.EVEN}


def test_moments_are_ahead_allowed_and_never_twice() -> None:
    rhythm = best_times.rhythm_of(seen(spread(80, 2, lambda at: 0.8 if at.hour == 21 else 0.0)))
    taken = START.replace(hour=18)  # 21:00 in Moscow, today
    found = best_times.moments(rhythm, DEFAULTS, START, 30, MOSCOW, lambda moment: moment != taken)
    moments = [item.moment for item in found]
    assert len(moments) == len(set(moments)) == 30
    assert taken not in moments
    assert min(moments) >= START + timedelta(minutes=10)
    assert all(moment.tzinfo is UTC for moment in moments)


def test_an_hour_stays_the_same_on_the_wall_when_the_clocks_change() -> None:
    rhythm = best_times.rhythm_of(seen(spread(80, 4, lambda at: 0.8 if at.hour == 9 else 0.0)))
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)  # the clocks go forward on Sunday night
    found = best_times.moments(rhythm, DEFAULTS, saturday, 3, BERLIN)
    assert {item.moment.astimezone(BERLIN).hour for item in found} == {9}
    assert sorted(item.moment.hour for item in found) == [7, 7, 7]  # nine o'clock in summer


async def test_own_history_is_read_from_the_publications(past: Past) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    for at, value in spread(60, 5, lambda at: 1.0 if at.hour == 18 else 0.0):
        await past.post(at, {"engagements": round(100 * math.exp(value))})
    await past.post(now - timedelta(hours=2), {"engagements": 10_000})  # too young to count
    async with past.runtime.unit_of_work() as session:
        found = await best_times.suggest(session, past.product_id, ["telegram"], now, 2, MOSCOW)
        elsewhere = await best_times.suggest(session, past.product_id, ["vk"], now, 2, MOSCOW)
        nowhere = await best_times.suggest(session, past.product_id, [], now, 2, MOSCOW)
    assert {item.moment.astimezone(MOSCOW).hour for item in found} == {21}
    assert {(item.reason, item.total) for item in found} == {(Reason.OWN, 60)}
    assert {item.reason for item in [*elsewhere, *nowhere]} == {Reason.FEW}


async def test_growth_is_not_taken_for_an_hour(past: Past) -> None:
    """A channel that grew tenfold while its author moved from mornings to evenings says nothing about evenings."""
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    for day, (at, value) in enumerate(spread(80, 6, noise=0.2)):
        hour = 6 if day < 40 else 18
        await past.post(at.replace(hour=hour), {"engagements": round(20 * math.exp(value + day * 0.03))})
    async with past.runtime.unit_of_work() as session:
        found = await best_times.suggest(session, past.product_id, ["telegram"], now, 1, MOSCOW)
    assert found[0].reason is not Reason.OWN or (found[0].lift or 0) < 0.3
