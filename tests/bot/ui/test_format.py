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
    assert fmt.short("\u202eabc\u2066 d\n e") == "abc d · e"


def test_a_headline_does_not_run_into_the_text_below_it() -> None:
    assert fmt.short("✨ Душа просыпается в пятницу\n\nОна помнит море.\nПриходите") == (
        "✨ Душа просыпается в пятницу · Она помнит море. Приходите"
    )
    assert fmt.short("«Я зашёл на минуту»\nТак нам написали") == "«Я зашёл на минуту» · Так нам написали"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59.4, "59 секунд назад"),
        (59.7, "1 минуту назад"),
        (3599.0, "1 час назад"),
        (47.9 * 3600, "2 дня назад"),
    ],
)
def test_a_distance_is_rounded_before_its_unit_is_chosen(seconds: float, said: str) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert fmt.distance(translator("ru"), now - timedelta(seconds=seconds), now) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Asia/Yekaterinburg", "Екатеринбург"), ("UTC+3", "UTC+3"), ("Etc/GMT-5", "UTC+5"), ("Etc/UTC", "UTC")],
)
def test_a_zone_is_called_by_its_place(zone: str, said: str) -> None:
    assert fmt.place(translator("ru"), zone) == said
