"""How reliable is it on every platform? `make chaos` runs the storm everywhere and writes `docs/reliability.md`."""

import argparse
import asyncio
import platform as machine
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from core.clock import SystemClock
from core.db import migrations
from core.db.embedded import EmbeddedPostgres
from core.db.session import Database, create_engine
from core.jobs.queue import DroppingQueue
from core.platforms.registry import PLATFORMS
from tests.chaos.everywhere.storm import NotSettled, Row, Storm
from tests.chaos.everywhere.table import document
from tests.chaos.everywhere.telegram import StormyTelegram
from tests.chaos.everywhere.victim import Life
from tests.commit import commit
from tests.conftest import TEST_KEYS
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform
from tests.soak.table import kept, placed
from tests.workers.redis_server import RedisServer

_TEMPLATE = "storm_template"  # migrated once, copied for each platform
Result = tuple[dict[str, Row], int]  # by fault, and how many kills were dealt
SERVERS: dict[str, type[FakePlatform]] = {"telegram": StormyTelegram, **FAKES}


async def one(slug: str, postgres: EmbeddedPostgres, folder: Path, repeat: int) -> Result:
    """Run the storm on one platform in a database and a Redis of its own."""
    folder.mkdir()  # noqa: ASYNC240 - takes no time
    name = f"storm_{slug}"
    await _make_database(postgres, f"{name} TEMPLATE {_TEMPLATE}")
    database = Database(create_engine(postgres.url(name)), DroppingQueue())
    fake, redis = SERVERS[slug](SystemClock()), RedisServer(folder)
    try:
        redis.start()
        async with fake.serving():
            life = Life(postgres.url(name), folder, TEST_KEYS, redis.url, slug, public_url=fake.url)
            storm = Storm(slug, fake, database, life)
            rows = await storm.run(repeat=repeat)
            return rows, storm.kills
    finally:
        await database.close()
        redis.stop()


async def _make_database(postgres: EmbeddedPostgres, name: str) -> None:
    admin = create_engine(postgres.url("postgres"))
    async with admin.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.exec_driver_sql(f"CREATE DATABASE {name}")
    await admin.dispose()


async def everywhere(slugs: list[str], repeat: int, at_once: int) -> dict[str, Result]:
    """Run ``at_once`` platforms beside each other, telling how it goes. One that does not settle is left out."""
    results: dict[str, Result] = {}
    waiting = list(reversed(slugs))
    with tempfile.TemporaryDirectory(prefix="nexus-storm-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # noqa: ASYNC240 - takes no time
        postgres = EmbeddedPostgres(folder / "pg", durable=False)
        postgres.start()

        async def lane() -> None:
            while waiting:
                slug, began = waiting.pop(), time.monotonic()
                try:
                    results[slug] = await one(slug, postgres, folder / slug, repeat)
                except NotSettled as error:
                    print(error, file=sys.stderr)
                    continue
                print(f"{slug}: {_summary(*results[slug])}, {time.monotonic() - began:.0f} s", flush=True)

        try:
            await _make_database(postgres, _TEMPLATE)
            template = create_engine(postgres.url(_TEMPLATE))
            await migrations.upgrade(template)
            await template.dispose()
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(lane())
        finally:
            postgres.stop()
    return {slug: results[slug] for slug in slugs if slug in results}


def _summary(rows: dict[str, Row], kills: int) -> str:
    names = ("posts", "published", "asked", "refused", "duplicates", "lost")
    total = {name: sum(getattr(row, name) for row in rows.values()) for name in names}
    return ", ".join(f"{number} {what}" for what, number in total.items()) + f", {kills} kills"


def main() -> int:
    """Run the storm; the exit code says whether anything was doubled or lost."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--platform", action="append", choices=sorted(SERVERS), help="only these")
    parser.add_argument("--repeat", type=int, default=1, help="how often each case is played")
    parser.add_argument("--write", type=Path, help="where the document goes")
    parser.add_argument("--at-once", type=int, default=2, help="how many platforms beside each other")
    given = parser.parse_args()
    slugs = given.platform or list(SERVERS)
    which = commit()
    results = asyncio.run(everywhere(slugs, given.repeat, given.at_once))
    if given.write and len(results) == len(slugs):
        when = datetime.now(UTC).date().isoformat()
        page = document(results, PLATFORMS, commit=which, date=when, machine=machine.platform())
        soaked = kept(given.write.read_text(encoding="utf-8")) if given.write.exists() else ""
        given.write.write_text(placed(page, soaked) if soaked else page, encoding="utf-8")
        print(f"wrote {given.write}")
    bad = [
        (slug, fault)
        for slug, (rows, _) in results.items()
        for fault, row in rows.items()
        if row.duplicates or row.lost
    ]
    for slug, fault in bad:
        print(f"{slug}, {fault}: doubled or lost", file=sys.stderr)
    return 1 if bad or len(results) < len(slugs) else 0


if __name__ == "__main__":
    sys.exit(main())
