"""Are the owner's settings typed, merged and never half-written?"""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from core.errors import InvalidInput
from core.runtime import Runtime
from core.settings import heartbeats, service
from core.settings.models import Setting
from core.settings.zones import parse_zone


async def test_the_data_models_rows_are_read(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        general = await service.get(session, service.General)
        publishing = await service.get(session, service.Publishing)
    assert general.timezone == "UTC+3"
    assert general.zone.utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) == timedelta(hours=3)
    assert (publishing.min_gap_hours, publishing.max_posts_per_day) == (2, 30)


async def test_changes_at_once_do_not_undo_each_other(runtime: Runtime) -> None:
    async def change(**fields: object) -> None:
        async with runtime.unit_of_work() as session:
            await service.change(session, service.Publishing, **fields)

    await asyncio.gather(change(min_gap_hours=1), change(max_posts_per_day=5), change(undo_seconds=3))
    async with runtime.unit_of_work() as session:
        after = await service.get(session, service.Publishing)
    assert (after.min_gap_hours, after.max_posts_per_day, after.undo_seconds) == (1, 5, 3)


async def test_nonsense_is_refused_and_nothing_changes(runtime: Runtime) -> None:
    with pytest.raises(ValidationError):
        async with runtime.unit_of_work() as session:
            await service.change(session, service.Publishing, max_posts_per_day=0)
    async with runtime.unit_of_work() as session:
        assert (await service.get(session, service.Publishing)).max_posts_per_day == 30


async def test_a_change_leaves_its_time(runtime: Runtime) -> None:
    async def changed_at() -> datetime:
        async with runtime.unit_of_work() as session:
            return (await session.get_one(Setting, "publishing")).updated_at

    before = await changed_at()
    async with runtime.unit_of_work() as session:
        await service.change(session, service.Publishing, max_posts_per_day=5)
    assert await changed_at() > before


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("UTC+3", 3),
        ("utc-5", -5),
        ("GMT+05:30", 5.5),
        ("+3", 3),
        ("Europe/Moscow", 3),
        ("UTC", 0),
        ("UTC+14", 14),
    ],
)
def test_zones(name: str, hours: float) -> None:
    assert parse_zone(name).utcoffset(datetime(2026, 1, 1)) == timedelta(hours=hours)  # noqa: DTZ001


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "UTC+15", "UTC+3:99", "../etc/passwd", "3"])
def test_not_zones(name: str) -> None:
    with pytest.raises(InvalidInput):
        parse_zone(name)


async def test_a_heartbeat_tells_the_one_before(runtime: Runtime) -> None:
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        assert await heartbeats.beat(session, "scheduler", now) is None
        assert await heartbeats.beat(session, "scheduler", now + timedelta(minutes=1)) == now
        assert await heartbeats.every(session) == {"scheduler": now + timedelta(minutes=1)}
