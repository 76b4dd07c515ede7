"""What is kept of a platform's tokens when its numbers make no sense?"""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from core.clock import ManualClock
from core.platforms import oauth
from core.platforms.http import Answer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("seconds", [10**12, 10**90, 1e300])
async def test_a_life_longer_than_the_calendar_ends_in_ten_years(seconds: float) -> None:
    async with aiohttp.ClientSession() as http:
        way = oauth.Way(http, ManualClock(NOW), "https://x.example/token", "x", "X")
        read = oauth._read(way, Answer(200, {}, b"", {"access_token": "t", "expires_in": seconds}))
    assert datetime.fromisoformat(read["expires_at"]) - NOW == timedelta(days=3650)


@pytest.mark.parametrize("seconds", [0, -5, True, "3600", None])
async def test_what_is_no_length_of_life_is_left_out(seconds: object) -> None:
    async with aiohttp.ClientSession() as http:
        way = oauth.Way(http, ManualClock(NOW), "https://x.example/token", "x", "X")
        read = oauth._read(way, Answer(200, {}, b"", {"access_token": "t", "expires_in": seconds}))
    assert read == {"access_token": "t"}
