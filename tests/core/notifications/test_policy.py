"""Is trouble always told, and does night end when the owner's clock says so?"""

from datetime import UTC, datetime, timedelta

import pytest

from core.notifications import policy
from core.notifications.models import NotificationKind
from core.notifications.policy import Way
from core.settings.service import Notifications
from core.settings.zones import parse_zone

MOSCOW = parse_zone("Europe/Moscow")
BERLIN = parse_zone("Europe/Berlin")
NIGHT = Notifications(quiet_from="23:00", quiet_to="08:00")


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    """A moment by the clock in Moscow (UTC+3)."""
    return datetime(2026, 3, day, hour, minute, tzinfo=MOSCOW).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (at(22, 59), None),
        (at(23), at(8, day=3)),
        (at(0, day=3), at(8, day=3)),
        (at(7, 59), at(8)),
        (at(8), None),
    ],
)
def test_night_goes_over_midnight(now: datetime, end: datetime | None) -> None:
    assert policy.quiet_until(NIGHT, MOSCOW, now) == end


def test_hours_within_a_day_and_hours_that_are_none() -> None:
    noon = Notifications(quiet_from="12:00", quiet_to="13:30")
    assert policy.quiet_until(noon, MOSCOW, at(13)) == at(13, 30)
    assert policy.quiet_until(noon, MOSCOW, at(13, 30)) is None
    for none in (
        Notifications(),
        Notifications(quiet_from="12:00"),
        Notifications(quiet_to="12:00"),
        Notifications(quiet_from="12:00", quiet_to="12:00"),
    ):
        assert policy.quiet_until(none, MOSCOW, at(12)) is None


def test_the_end_survives_both_changes_of_the_clock() -> None:
    skipped = Notifications(quiet_from="01:00", quiet_to="02:30")  # 2:00 to 3:00 are skipped on March 29
    now = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    end = policy.quiet_until(skipped, BERLIN, now)
    assert end == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    twice = Notifications(quiet_from="01:00", quiet_to="02:30")  # 2:00 to 3:00 come twice on October 25
    now = datetime(2026, 10, 25, 0, 29, tzinfo=UTC)
    assert policy.quiet_until(twice, BERLIN, now) == now + timedelta(minutes=1)


def test_every_moment_of_a_year_is_quiet_exactly_until_an_end_that_is_not() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for step in range(365 * 24):
        moment = now + timedelta(hours=step, minutes=7)
        end = policy.quiet_until(NIGHT, BERLIN, moment)
        local = moment.astimezone(BERLIN)
        assert (end is not None) == (local.hour >= 23 or local.hour < 8)
        if end is not None:
            assert moment < end <= moment + timedelta(hours=10)
            assert end.astimezone(BERLIN).hour == 8


@pytest.mark.parametrize("kind", NotificationKind)
def test_trouble_cannot_be_switched_off(kind: NotificationKind) -> None:
    off = Notifications(off=[kind.value])
    muted = policy.way(kind, off, MOSCOW, at(12)) is Way.MUTE
    assert muted == (kind in policy.SWITCHABLE)
    for always in (
        NotificationKind.FAILED,
        NotificationKind.UNCERTAIN,
        NotificationKind.CHANNEL_ERROR,
        NotificationKind.LATE,
        NotificationKind.MISSED,
    ):
        assert always not in policy.SWITCHABLE


def test_at_night_the_urgent_comes_without_a_sound_and_the_rest_waits() -> None:
    assert policy.way(NotificationKind.FAILED, NIGHT, MOSCOW, at(3)) is Way.SILENTLY
    assert policy.way(NotificationKind.PUBLISHED, NIGHT, MOSCOW, at(3)) is Way.HOLD
    assert policy.way(NotificationKind.PUBLISHED, NIGHT, MOSCOW, at(12)) is Way.TELL
    both = Notifications(quiet_from="23:00", quiet_to="08:00", off=["published"])
    assert policy.way(NotificationKind.PUBLISHED, both, MOSCOW, at(3)) is Way.MUTE
