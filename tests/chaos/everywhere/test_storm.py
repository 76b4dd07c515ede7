"""Does the storm find what it is there to find? A small one on a sound NEXUS, and on two that are broken on purpose."""

from pathlib import Path

import pytest

from core.clock import SystemClock
from core.db.session import Database, create_engine
from core.jobs.queue import DroppingQueue
from tests.chaos.everywhere.deaths import Death
from tests.chaos.everywhere.storm import Row, Storm
from tests.chaos.everywhere.victim import Life
from tests.conftest import TEST_KEYS
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import Fault
from tests.workers.redis_server import RedisServer

SLUG = "linkedin"  # knows no keys, and takes the same words twice


@pytest.mark.chaos
@pytest.mark.parametrize("broken", ["", "blind", "forgetful"])
async def test_the_storm_counts_what_stands_twice(database_url: str, tmp_path: Path, broken: str) -> None:
    redis = RedisServer(tmp_path)
    database = Database(create_engine(database_url), DroppingQueue())
    fake = FAKES[SLUG](SystemClock())
    try:
        redis.start()
        async with fake.serving():
            life = Life(database_url, tmp_path, TEST_KEYS, redis.url, SLUG, broken=broken)
            storm = Storm(SLUG, fake, database, life, seconds=60)
            rows = await storm.run((Death.NEVER, Death.RECORD), faults=(Fault.CUT, Fault.NONE))
    finally:
        await database.close()
        redis.stop()
    assert storm.kills >= 2
    assert sum(row.posts for row in rows.values()) == 4
    assert sum(row.lost for row in rows.values()) == 0
    assert bool(_doubled(rows)) is bool(broken), rows


def _doubled(rows: dict[str, Row]) -> int:
    return sum(row.duplicates for row in rows.values())
