"""May a rule act now? Also when another worker's run was written a moment ahead of this one."""

from datetime import UTC, datetime, timedelta

from core.automations.limits import Fired, refusal
from core.automations.shapes.options import Options

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_without_a_cool_down_runs_of_two_workers_may_overtake_each_other() -> None:
    ahead = Fired(hour=5, day=5, last=NOW + timedelta(milliseconds=3))
    assert refusal(Options(), ahead, NOW) is None


def test_a_cool_down_lasts_as_long_as_it_says() -> None:
    options = Options(cooldown="5m")
    assert refusal(options, Fired(1, 1, NOW - timedelta(minutes=4, seconds=59)), NOW) == "cooldown"
    assert refusal(options, Fired(1, 1, NOW - timedelta(minutes=5)), NOW) is None
    assert refusal(options, Fired(1, 1, NOW + timedelta(milliseconds=3)), NOW) == "cooldown"
    assert refusal(options, Fired(), NOW) is None


def test_so_many_an_hour_and_a_day() -> None:
    assert refusal(Options(per_hour=2), Fired(hour=2), NOW) == "limit-hour"
    assert refusal(Options(per_day=3), Fired(hour=1, day=3), NOW) == "limit-day"
    assert refusal(Options(per_hour=2, per_day=3), Fired(hour=1, day=2), NOW) is None
