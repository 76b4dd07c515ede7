"""Does it hold for an hour? `make soak` runs NEXUS under load while everything around it fails, and ends with 1 if anything is wrong."""

import argparse
import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.commit import commit, machine
from tests.soak.faults import play
from tests.soak.load import Load
from tests.soak.memory import Sampler
from tests.soak.plan import planned
from tests.soak.table import placed, section
from tests.soak.verdict import Verdict, judge
from tests.soak.world import standing

_SETTLE_SECONDS = 300.0
_MINUTES = 60.0


async def soak(minutes: float, folder: Path) -> tuple[Verdict, str]:
    """Run everything and return what is to be said of it."""
    faults, which = planned(minutes), commit()
    began = time.monotonic()

    def say(sentence: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {sentence}", flush=True)

    async with standing(folder) as world:
        load = Load(world)
        if not world.small_disk:
            say("the disk is not filled: a small disk of its own needs root and a mount")
        await load.begin()
        say(f"load: {load.rate:.1f} posts and {load.rate:.1f} events a second for {minutes:g} minutes")
        sampler, stop = (
            Sampler({name: part.process.pid for name, part in world.parts.items()}),
            asyncio.Event(),
        )
        async with asyncio.TaskGroup() as group:
            group.create_task(sampler.run(stop))
            async with asyncio.TaskGroup() as work:
                work.create_task(load.run(minutes * 60))
                work.create_task(play(world, faults, say))
            say("calm: waiting until nothing waits")
            left = await load.settle(_SETTLE_SECONDS)
            stop.set()
        verdict = await judge(world, load, left)
        if not world.small_disk:
            faults = [one for one in faults if one.name != "disk full"]
        text = section(
            minutes=minutes, rate=load.rate, commit=which, date=datetime.now(UTC).date().isoformat(),
            machine=machine(),
            faults=faults, small_disk=world.small_disk, verdict=verdict, memory=sampler.samples,
        )  # fmt: skip
    return verdict, text


def main() -> int:
    """Soak; the exit code says whether anything was wrong."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=_MINUTES, help="how long there is load, 4 at least")
    parser.add_argument("--write", type=Path, help="the document whose section is replaced")
    parser.add_argument("--keep", type=Path, help="a folder for the logs of the processes, kept afterwards")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nexus-soak-") as name:
        folder = given.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        verdict, text = asyncio.run(soak(given.minutes, folder))
    print(text)
    if given.write:
        page = given.write.read_text(encoding="utf-8") if given.write.exists() else "# Reliability\n"
        given.write.write_text(placed(page, text), encoding="utf-8")
    for sentence in verdict.wrong:
        print(f"WRONG: {sentence}", file=sys.stderr)
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
