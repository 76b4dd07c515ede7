"""How reliable is it on every platform? `make chaos` runs the storm everywhere and writes `docs/reliability.md`."""

import argparse
import asyncio
import platform as machine
import subprocess
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
from tests.chaos.everywhere.storm import Row, Storm
from tests.chaos.everywhere.table import document
from tests.chaos.everywhere.telegram import StormyTelegram
from tests.chaos.everywhere.victim import Life
from tests.conftest import TEST_KEYS
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform
from tests.workers.redis_server import RedisServer

ROOT = Path(__file__).resolve().parents[3]
SERVERS: dict[str, type[FakePlatform]] = {"telegram": StormyTelegram, **FAKES}


async def one(slug: str, postgres: EmbeddedPostgres, folder: Path, repeat: int) -> tuple[dict[str, Row], int]:
    """Run the storm on one platform in a database and a Redis of its own."""
    folder.mkdir()  # noqa: ASYNC240 - takes no time
    name = f"storm_{slug}"
    redis = RedisServer(folder)
    redis.start()
    admin = create_engine(postgres.url("postgres"))
    async with admin.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.exec_driver_sql(f"CREATE DATABASE {name}")
    await admin.dispose()
    engine = create_engine(postgres.url(name))
    await migrations.upgrade(engine)
    database = Database(engine, DroppingQueue())
    fake = SERVERS[slug](SystemClock())
    try:
        async with fake.serving():
            life = Life(postgres.url(name), folder, TEST_KEYS, redis.url, slug, public_url=fake.url)
            storm = Storm(slug, fake, database, life)
            rows = await storm.run(repeat=repeat)
            return rows, storm.kills
    finally:
        await database.close()
        redis.stop()


async def everywhere(slugs: list[str], repeat: int) -> dict[str, tuple[dict[str, Row], int]]:
    """Run one platform after the other, telling how it goes."""
    results: dict[str, tuple[dict[str, Row], int]] = {}
    with tempfile.TemporaryDirectory(prefix="nexus-storm-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # noqa: ASYNC240 - takes no time
        postgres = EmbeddedPostgres(folder / "pg", durable=False)
        postgres.start()
        try:
            for slug in slugs:
                began = time.monotonic()
                rows, kills = await one(slug, postgres, folder / slug, repeat)
                results[slug] = rows, kills
                total = {
                    name: sum(getattr(row, name) for row in rows.values())
                    for name in ("posts", "published", "asked", "refused", "duplicates", "lost")
                }
                said = ", ".join(f"{number} {what}" for what, number in total.items())
                print(f"{slug}: {said}, {kills} kills, {time.monotonic() - began:.0f} s", flush=True)
        finally:
            postgres.stop()
    return results


def main() -> int:
    """Run the storm; the exit code says whether anything was doubled or lost."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--platform", action="append", choices=sorted(SERVERS), help="only these")
    parser.add_argument("--repeat", type=int, default=1, help="how often each case is played")
    parser.add_argument("--write", type=Path, help="where the document goes")
    given = parser.parse_args()
    slugs = given.platform or list(SERVERS)
    results = asyncio.run(everywhere(slugs, given.repeat))
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    if given.write:
        when = datetime.now(UTC).date().isoformat()
        given.write.write_text(
            document(results, PLATFORMS, commit=commit, date=when, machine=machine.platform()),
            encoding="utf-8",
        )
        print(f"wrote {given.write}")
    bad = [
        (slug, fault)
        for slug, (rows, _) in results.items()
        for fault, row in rows.items()
        if row.duplicates or row.lost
    ]
    for slug, fault in bad:
        print(f"{slug}, {fault}: doubled or lost", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
