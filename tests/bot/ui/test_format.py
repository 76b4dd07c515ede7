"""Times as the owner's clock shows them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import translator
from bot.ui import format as fmt
from core.settings.zones import parse_zone

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


def test_moments_are_on_the_owners_clock() -> None:
    at = datetime(2026, 3, 6, 15, 30, tzinfo=UTC)
    assert fmt.moment(translator("ru"), at, MOSCOW, NOW) == "пт, 6 марта, 18:30"
    assert fmt.moment(translator("en"), at, parse_zone("UTC-5"), NOW) == "Fri, 6 March, 10:30"
    assert "2027" in fmt.moment(translator("ru"), at.replace(year=2027), MOSCOW, NOW)


@pytest.mark.parametrize(
    ("away", "russian", "english"),
    [
        (timedelta(seconds=1), "сейчас", "now"),
        (timedelta(seconds=10), "через 10 секунд", "in 10 seconds"),
        (timedelta(minutes=1), "через 1 минуту", "in 1 minute"),
        (timedelta(minutes=-22), "22 минуты назад", "22 minutes ago"),
        (timedelta(hours=3), "через 3 часа", "in 3 hours"),
        (timedelta(days=5), "через 5 дней", "in 5 days"),
        (timedelta(days=-21), "21 день назад", "21 days ago"),
    ],
)
def test_distances(away: timedelta, russian: str, english: str) -> None:
    assert fmt.distance(translator("ru"), NOW + away, NOW) == russian
    assert fmt.distance(translator("en"), NOW + away, NOW) == english


def test_days_and_zones() -> None:
    t = translator("ru")
    assert fmt.day(t, NOW + timedelta(hours=15), MOSCOW, NOW) == "завтра"
    assert fmt.zone_name(parse_zone("UTC+3"), NOW) == "UTC+3"
    assert fmt.zone_name(parse_zone("-03:30"), NOW) == "UTC-3:30"
    assert fmt.zone_name(MOSCOW, NOW) == "Europe/Moscow"


def test_an_excerpt_cannot_turn_the_line_around_it() -> None:
    assert fmt.short("\u202eabc\u2066 d\n e") == "abc d e"
