"""Which moment does the owner mean?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.screens.schedule.typed import parse_time

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # Monday, 12:00 in Moscow
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:30", "2026-03-02 18:30"),
        ("9:00", "2026-03-03 09:00"),
        ("в 18.30", "2026-03-02 18:30"),
        ("завтра 18:30", "2026-03-03 18:30"),
        ("Завтра в 9", "2026-03-03 09:00"),
        ("послезавтра 7:05", "2026-03-04 07:05"),
        ("tomorrow at 9am", "2026-03-03 09:00"),
        ("fri 9am", "2026-03-06 09:00"),
        ("пт 18:30", "2026-03-06 18:30"),
        ("в пятницу 18:30", "2026-03-06 18:30"),
        ("mon 11:00", "2026-03-09 11:00"),
        ("понедельник 13:00", "2026-03-02 13:00"),
        ("2026-12-01 10:00", "2026-12-01 10:00"),
        ("01.12 10:00", "2026-12-01 10:00"),
        ("01.02 10:00", "2027-02-01 10:00"),
        ("5.3.2026 12:30am", "2026-03-05 00:30"),
        ("через 5 минут", "2026-03-02 12:05"),
        ("через час", "2026-03-02 13:00"),
        ("in 2 hours", "2026-03-02 14:00"),
        ("+15m", "2026-03-02 12:15"),
        ("через 3 дня", "2026-03-05 12:00"),
    ],
)
def test_what_is_understood(text: str, expected: str) -> None:
    moment = parse_time(text, MOSCOW, NOW)
    assert moment is not None
    assert moment.astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M") == expected


@pytest.mark.parametrize(
    "text",
    ["", "someday", "25:00", "12:61", "31.02 10:00", "13pm", "12", "завтра", "пост 12:00", "🙂", "через"],
)
def test_what_is_not(text: str) -> None:
    assert parse_time(text, MOSCOW, NOW) is None
