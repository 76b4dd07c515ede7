"""Is the zone found that the owner means, from a city, an offset or a name?"""

from datetime import UTC, datetime

import pytest

from core.settings import typed_zone
from core.settings.service import General
from core.settings.typed_zone import Meant

WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Казань", "Europe/Moscow"), ("казань", "Europe/Moscow"), ("Kazan", "Europe/Moscow"),
        ("Тбилиси", "Asia/Tbilisi"), ("New York", "America/New_York"), ("нью йорк", "America/New_York"),
        ("мск", "Europe/Moscow"), ("Питер", "Europe/Moscow"), ("Орёл", "Europe/Moscow"), ("Zurich", "Europe/Zurich"),
        ("São Paulo", "America/Sao_Paulo"), ("Алма-Ата", "Asia/Almaty"), ("Москва", "Europe/Moscow"),
        ("europe/berlin", "Europe/Berlin"), ("America/Argentina/Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("PST", "America/Los_Angeles"), ("utc", "UTC"),
    ],
)  # fmt: skip
async def test_one_answer(text: str, zone: str) -> None:
    (meant,) = await typed_zone.read(text, WINTER)
    assert meant.zone == zone
    assert General(timezone=meant.zone).zone.utcoffset(WINTER) is not None


async def test_several_cities_are_told_apart_by_their_country() -> None:
    london, other = await typed_zone.read("Лондон", WINTER)
    assert london == Meant("Europe/London", "Лондон", "GB")
    assert other == Meant("America/Toronto", "Лондон", "CA")


async def test_the_beginning_of_a_name_is_enough_and_names_are_written_well() -> None:
    first, *_ = await typed_zone.read("Екатеринб", WINTER)
    assert first == Meant("Asia/Yekaterinburg", "Екатеринбург", "RU")
    (rostov,) = await typed_zone.read("ростов на дону", WINTER)
    assert rostov.city == "Ростов-на-Дону"


@pytest.mark.parametrize("text", ["UTC+5", "+5", "utc +5", "GMT+05:00"])
async def test_an_offset_is_answered_with_zones_and_itself(text: str) -> None:
    zones = [meant.zone for meant in await typed_zone.read(text, WINTER)]
    assert zones[0] == "Asia/Yekaterinburg"
    assert zones[-1] == "Etc/GMT-5"
    for name in zones:
        offset = General(timezone=name).zone.utcoffset(WINTER)
        assert offset is not None
        assert offset.total_seconds() == 5 * 3600


async def test_half_hours_exist_only_as_places() -> None:
    assert [meant.zone for meant in await typed_zone.read("+5:30", WINTER)] == ["Asia/Kolkata"]
    assert [meant.zone for meant in await typed_zone.read("-3:30", WINTER)] == ["America/St_Johns"]


async def test_an_offset_follows_the_season() -> None:
    summer = datetime(2026, 7, 15, 12, tzinfo=UTC)
    assert "Europe/Berlin" in [meant.zone for meant in await typed_zone.read("+2", summer)]
    assert "Europe/Berlin" not in [meant.zone for meant in await typed_zone.read("+2", WINTER)]


@pytest.mark.parametrize(
    "text", ["xyzzy", "", "  ", "+99", "+5:99", "🙂", "а" * 5000, "\x00", "{", "123456:7"]
)
async def test_what_is_no_place_has_no_answer(text: str) -> None:
    assert list(await typed_zone.read(text, WINTER)) == []
