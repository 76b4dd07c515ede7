"""Does a row that was edited by hand still say all that can be read, and the careful thing where it cannot?"""

import json
from typing import Any

import pytest
from sqlalchemy import text

from core.runtime import Runtime
from core.settings import reading, service
from core.settings.service import Ai, General, Publishing


async def _write(runtime: Runtime, key: str, value: Any) -> None:
    """Edit a row as somebody with psql does."""
    async with runtime.unit_of_work() as session:
        await session.execute(
            text("UPDATE settings SET value = CAST(:value AS jsonb) WHERE key = :key"),
            {"key": key, "value": json.dumps(value)},
        )


def test_what_is_right_is_read_whole() -> None:
    found = reading.read(Publishing, {"min_gap_hours": 5, "of the owner": 1})
    assert found.faults == ()
    assert found.value.min_gap_hours == 5
    assert found.value.model_extra == {"of the owner": 1}


def test_each_field_falls_back_by_itself() -> None:
    found = reading.read(
        General,
        {
            "timezone": "Mars/Olympus",
            "language": "en",
            "notifications": {"quiet_from": "25:00", "quiet_to": "08:00", "off": ["published"]},
        },
    )
    assert [fault.name for fault in found.faults] == ["timezone", "notifications.quiet_from"]
    assert found.value.timezone == "UTC+3"
    assert found.value.language == "en"
    assert found.value.notifications.quiet_from is None
    assert found.value.notifications.quiet_to == "08:00"
    assert found.value.notifications.off == ["published"]


def test_what_limits_falls_to_the_careful_side() -> None:
    assert reading.read(Publishing, {"paused": "so-so"}).value.paused is True
    found = reading.read(Ai, {"daily_cap_usd": "much", "monthly_cap_usd": 5})
    assert (found.value.daily_cap_usd, found.value.monthly_cap_usd) == (0, 5)


@pytest.mark.parametrize("row", [[1], "text", 7, True])
def test_a_row_that_is_no_object_is_one_fault(row: object) -> None:
    found = reading.read(Publishing, row)
    assert [fault.path for fault in found.faults] == [()]
    assert found.value.paused is True
    assert found.value.max_posts_per_day == 30


async def test_nobody_who_reads_stops_and_another_field_can_still_be_changed(runtime: Runtime) -> None:
    await _write(runtime, "publishing", {"max_posts_per_day": "many", "undo_seconds": 3, "mine": [1]})
    async with runtime.unit_of_work() as session:
        assert (await service.get(session, Publishing)).max_posts_per_day == 30
        changed = await service.change(session, Publishing, min_gap_hours=7)
        assert (changed.min_gap_hours, changed.undo_seconds) == (7, 3)
        assert list(await service.faults(session)) == ["publishing"]
        await service.change(session, Publishing, max_posts_per_day=4)
        assert await service.faults(session) == {}
        assert (await service.get(session, Publishing)).model_extra == {"mine": [1]}


async def test_repair_takes_out_what_cannot_be_read_and_nothing_else(runtime: Runtime) -> None:
    await _write(
        runtime, "general", {"timezone": 5, "language": "en", "notifications": {"off": 1, "email": "a@b"}}
    )
    await _write(runtime, "ai", "nonsense")
    async with runtime.unit_of_work() as session:
        assert await service.repair(session) == 3
        assert await service.repair(session) == 0
        general = await service.get(session, General)
        assert (general.timezone, general.language, general.notifications.email) == ("UTC+3", "en", "a@b")
        assert (await service.get(session, Ai)).daily_cap_usd is None


async def test_notifications_are_changed_field_by_field(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await service.change_notifications(session, quiet_from="23:00", quiet_to="08:00")
        await service.switch(session, "published", on=False)
        general = await service.switch(session, "published", on=False)
    assert general.notifications.off == ["published"]
    assert general.notifications.quiet_from == "23:00"
    async with runtime.unit_of_work() as session:
        assert (await service.switch(session, "published", on=True)).notifications.off == []


async def test_a_platform_s_limit_is_set_and_taken_away(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await service.limit_platform(session, "telegram", 3)
        after = await service.limit_platform(session, "x", 1)
        assert after.max_per_platform_per_day == {"telegram": 3, "x": 1}
        assert (await service.limit_platform(session, "x", None)).max_per_platform_per_day == {"telegram": 3}
