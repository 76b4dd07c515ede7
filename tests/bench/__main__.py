"""How fast is it here? `make bench` measures, says, and writes `docs/performance.md`."""

import argparse
import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests import sections
from tests.bench import (
    arrivals,
    lateness,
    processes,
    reacting,
    reactions_table,
    rules,
    scan,
    sizes,
    throughput,
)
from tests.bench.arrivals_table import section
from tests.bench.stand import CHANNELS, Stand, standing
from tests.bench.table import Circumstances, document
from tests.commit import commit, machine


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    posts: int
    workers: tuple[int, ...]
    due: int
    finished: tuple[int, int]
    rounds: int
    at_once: int
    events: int
    event_rounds: int
    reactions: int  # events of which each becomes a draft
    alone: int
    event_connections: tuple[int, ...] = arrivals.CONNECTIONS
    kinds: tuple[str, ...] = processes.KINDS


FULL = Size(
    posts=10_000, workers=(1, 2, 4), due=200, finished=(10_000, 1_000_000), rounds=40, at_once=1_000, events=8_000,
    event_rounds=5, reactions=1_000, alone=100,
)  # fmt: skip
QUICK = Size(
    posts=500, workers=(1, 2, 4), due=200, finished=(1_000, 20_000), rounds=10, at_once=100, events=2_000, event_rounds=1,
    reactions=100, alone=20,
)  # fmt: skip
TINY = Size(
    posts=40, workers=(1,), due=50, finished=(100, 1_000), rounds=3, at_once=20, events=200, event_rounds=1, event_connections=(64,),
    reactions=10, alone=2, kinds=(),
)  # fmt: skip

_SIZED, _SIZED_QUICKLY = 200_000, 5_000  # rows of each table


async def measured(stand: Stand, size: Size, where: Circumstances) -> str:
    """Measure everything and return the page."""
    rates = []
    for workers in size.workers:
        rates.append(await throughput.measure(stand, workers, size.posts))
        print(f"{workers} workers: {rates[-1].engine:.0f} posts/s, bare {rates[-1].bare:.0f}", flush=True)
    little, much = size.finished
    seen = await scan.measure(stand, due=size.due, little=little, much=much, rounds=size.rounds)
    print(
        f"due scan: {seen.beside_little:.1f} ms, beside {much} finished {seen.beside_much:.1f} ms", flush=True
    )
    late = await lateness.measure(stand, posts=size.at_once, workers=2)
    print(f"lateness: p50 {late.p50:.2f} s, p99 {late.p99:.2f} s", flush=True)
    came = await arrivals.measure(
        stand, events=size.events, rounds=size.event_rounds, over=size.event_connections
    )
    for one in came:
        print(f"{one.kind} at {one.connections}: {one.rate:.0f} events/s, p99 {one.p99:.1f} ms", flush=True)
    started = await processes.measure(stand, size.kinds)
    for each in started:
        print(f"{each.kind}: {each.seconds:.1f} s to /healthz, {each.rss:.0f} MB", flush=True)
    acted = await reactions(stand, size)
    page = document(where, rates, size.posts, CHANNELS, seen, late)
    arriving = section(came, events=size.events, rounds=size.event_rounds)
    return page + arriving + "\n" + acted + processes.section(started)


async def reactions(stand: Stand, size: Size, apart: str = "") -> str:
    """Measure what events set off, and return its section."""
    acted = []
    for workers in size.workers:
        acted.append(one := await reacting.measure(stand, workers, size.reactions))
        print(f"{workers} workers: {one.rate:.1f} events/s, {one.worker_ms:.1f} ms CPU an event", flush=True)
    lone = await reacting.alone(stand, size.alone)
    print(f"event to note: p50 {lone.p50:.0f} ms, p99 {lone.p99:.0f} ms", flush=True)
    matched = await rules.measure(stand, rounds=size.rounds)
    print(f"matching: {matched.alone:.0f} ms, beside others {matched.beside:.0f} ms", flush=True)
    return reactions_table.reactions(acted, size.reactions, lone, size.alone, matched, apart)


def here() -> Circumstances:
    """Return when and where this is."""
    return Circumstances(
        date=datetime.now(UTC).date().isoformat(),
        commit=commit(),
        machine=machine(),
        load=", ".join(f"{one:.1f}" for one in os.getloadavg()),
    )


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small run of about a minute")
    parser.add_argument("--sizes", action="store_true", help="only fill the tables and say what a row takes")
    parser.add_argument("--reactions", action="store_true", help="only what events set off; the rest stays")
    parser.add_argument("--write", type=Path, help="where the document goes")
    given = parser.parse_args()
    where = here()
    size = QUICK if given.quick else FULL
    with tempfile.TemporaryDirectory(prefix="nexus-bench-") as name, standing(Path(name)) as stand:
        if given.sizes:
            rows = _SIZED_QUICKLY if given.quick else _SIZED
            page = sizes.section(asyncio.run(sizes.measure(stand, rows)))
        elif given.reactions:
            apart = f"Measured by itself: **{where.date}**, commit `{where.commit}`; load before it: {where.load}."
            page = asyncio.run(reactions(stand, size, apart))
            if given.write:
                known = given.write.read_text(encoding="utf-8")
                page = sections.placed(known, reactions_table.HEADING, page)
        else:
            page = asyncio.run(measured(stand, size, where))
    if given.write:
        given.write.write_text(page, encoding="utf-8")
        print(f"wrote {given.write}")
    else:
        print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
