"""What does `docs/performance.md` say? The figures, what they were measured against, and whether the goals are met."""

from dataclasses import dataclass

from tests.bench.lateness import Lateness
from tests.bench.scan import Scan
from tests.bench.throughput import CONNECTIONS, Rate
from workers.schedule import CONCURRENCY

HALF, DEARER = 0.5, 1.2  # the goals

_PAGE = """# Performance

How fast NEXUS publishes and takes events on one machine, and what its history costs. Made by `make bench`; do not edit.

- **{date}**, commit `{commit}`
- {machine}; load before the run (1, 5, 15 minutes): {load}
- PostgreSQL and Redis of the command's own on the same machine, PostgreSQL durable as in production (a commit is on the
  disk). Everything measured shares the processors with both.

Figures of one machine compare with nothing but themselves: read the ratios.

## Publications a second

{posts} posts that are due at once, on {channels} channels of a platform that says yes without any work.

| workers | NEXUS, posts/s | bare loop, posts/s | ratio | goal: at least {half} | workers' CPU, ms/post | scheduler's CPU, ms/post |
|---|---|---|---|---|---|---|
{rates}

*NEXUS* is the real thing: a scheduler process that finds the posts and asks for them over Redis, and so many worker
processes with {concurrency} posts at a time each; from the first call to the last record. *The bare loop* is so many processes
that share {connections} asyncpg connections, every one of which takes the next post and changes the same rows in the same two
durable transactions: the claim (the publication's row, and the attempt's row before the call), then the record (attempt,
publication, content and channel, and the owner's notification). It reads nothing, checks nothing, asks no queue, and
knows every id beforehand: it is what the database does for a program that has nothing to decide. NEXUS lets posts that
are claimed or confirmed at the same moment share a transaction; each still has its attempt on the disk before its call.

## Looking for due posts

The scheduler's scan with {due} posts due, beside finished ones with their ledger; medians, both scanned in turn.

| finished posts | one scan, ms |
|---|---|
| {little} | {beside_little} |
| {much} | {beside_much} |

Ratio **{scan_ratio}**; goal: at most {dearer}: {scan_goal}. Finished rows are not in `idx_pub_due`, which the plan reads:

```
{plan}
```

## Lateness

{late_posts} posts due in the same second, a scheduler and {late_workers} workers that wait for them, over Redis: from the
moment a post was due to the platform's yes.

| half of them within | 99 of 100 within | the last |
|---|---|---|
| {p50} s | {p99} s | {last} s |
"""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and where it was measured."""

    date: str
    commit: str
    machine: str
    load: str


def document(
    where: Circumstances, rates: list[Rate], posts: int, channels: int, scan: Scan, late: Lateness
) -> str:
    """Return the page."""
    return _PAGE.format(
        date=where.date,
        commit=where.commit,
        machine=where.machine,
        load=where.load,
        posts=_number(posts),
        channels=channels,
        half=HALF,
        connections=CONNECTIONS,
        concurrency=CONCURRENCY,
        rates="\n".join(
            f"| {rate.workers} | {rate.engine:.0f} | {rate.bare:.0f} | {rate.ratio:.2f} | {_met(rate.ratio >= HALF)} "
            f"| {rate.worker_cpu:.2f} | {rate.scheduler_cpu:.2f} |"
            for rate in rates
        ),
        due=_number(scan.due),
        little=_number(scan.little),
        much=_number(scan.much),
        beside_little=f"{scan.beside_little:.1f}",
        beside_much=f"{scan.beside_much:.1f}",
        scan_ratio=f"{scan.ratio:.2f}",
        dearer=DEARER,
        scan_goal=_met(scan.ratio <= DEARER),
        plan=scan.plan,
        late_posts=_number(late.posts),
        late_workers=late.workers,
        p50=f"{late.p50:.2f}",
        p99=f"{late.p99:.2f}",
        last=f"{late.last:.2f}",
    )


def _met(met: bool) -> str:
    return "met" if met else "**not met**"


def _number(value: int) -> str:
    return f"{value:,}"
