"""Are schedules read in their own zone, and are the usual rhythms recognised?"""

from datetime import UTC, datetime, time

import pytest

from core.errors import InvalidInput
from core.settings import cron
from core.settings.cron import Rhythm
from core.settings.zones import parse_zone

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
BERLIN = parse_zone("Europe/Berlin")


@pytest.mark.parametrize(
    ("line", "zone", "expected"),
    [
        ("0 10 * * 1", "UTC+3", "2026-03-09T07:00"),
        ("0 13 * * 1", "UTC+3", "2026-03-02T10:00"),
        ("0 10 * * *", "Europe/Berlin", "2026-03-03T09:00"),
        ("0 10 29 3 *", "Europe/Berlin", "2026-03-29T08:00"),  # summer time has begun that night
        ("30 9 * * *", "America/New_York", "2026-03-02T14:30"),
        ("0 0 1 * *", "", "2026-03-31T22:00"),  # no zone: the owner's
        ("0 0 29 2 *", "UTC", "2028-02-29T00:00"),
    ],
)
def test_the_next_run(line: str, zone: str, expected: str) -> None:
    schedule = cron.read({"cron": line, "timezone": zone}, BERLIN)
    assert schedule.next_run(NOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "config",
    [{}, {"cron": 5}, {"cron": "daily"}, {"cron": "0 10 * *"}, {"cron": "99 10 * * *"}, {"cron": "0 0 31 2 *"},
     {"cron": "0 10 * * 1", "timezone": "Mars/Olympus"}, {"cron": "* * * * * *"}],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(config: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        cron.read(config, BERLIN)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0 10 * * *", Rhythm(at=time(10))),
        ("5 7 * * 1", Rhythm(at=time(7, 5), weekdays=(0,))),
        ("0 8 * * 1-5", Rhythm(at=time(8), weekdays=(0, 1, 2, 3, 4))),
        ("0 8 * * MON,fri", Rhythm(at=time(8), weekdays=(0, 4))),
        ("0 8 * * 0,7", Rhythm(at=time(8), weekdays=(6,))),
        ("0 8 * * 1-7", Rhythm(at=time(8))),
        ("0 9 1,15 * *", Rhythm(at=time(9), month_days=(1, 15))),
        ("*/15 * * * *", Rhythm(every_minutes=15)),
        ("0 */6 * * *", Rhythm(every_hours=6)),
        ("20 * * * *", Rhythm(every_hours=1, minute=20)),
        ("0 0 13 * 5", None),  # either
        ("0 0 * 1 *", None),
        ("0 8-10 * * *", None),
        ("1-5 * * * *", None),
        ("0 0 L * *", None),
        ("0 8 * * 5#2", None),
    ],
)
def test_the_usual_rhythms(line: str, expected: Rhythm | None) -> None:
    assert cron.read({"cron": line}, BERLIN).rhythm == expected
