"""What does `docs/performance.md` say of what events set off? A section of its own, which can be measured by itself."""

from collections.abc import Sequence

from tests.bench.reacting import Alone, Reactions
from tests.bench.rules import OTHERS, RULES, Matching

HEADING = "## What events set off"
_SECTION = """{heading}
{apart}
{events} events that wait at once for worker processes, over Redis; a rule that looks at a number, writes a draft from
a template without AI, asks for its approval, and tells the owner: a run with its steps, a draft and two notifications each.

| workers | events/s, to the run's end | workers' CPU, ms/event | PostgreSQL's CPU, ms/event, at least |
|---|---|---|---|
{rows}

Of PostgreSQL the connections that lived to the end are counted; what those used that were closed on the way is not.

{lone} more for one worker, each when the one before is done: from the moment the event is a row to the owner's note as a
row, half of them within {p50:.0f} ms, 99 of 100 within {p99:.0f} ms. What Telegram then takes to show it is not in this.

One event that {rules:,} rules of its product wait for: {alone:.0f} ms to match; {beside:.0f} ms with {others:,} rules
of other products and for other events beside them. Ratio **{ratio:.2f}**.
"""


def reactions(
    found: Sequence[Reactions], events: int, lone: Alone, lone_events: int, matched: Matching, apart: str = ""
) -> str:
    """Return the section; ``apart`` says when it was measured, if not together with the page."""
    rows = (
        f"| {one.workers} | {one.rate:.1f} | {one.worker_ms:.1f} | {one.postgres_ms:.1f} |" for one in found
    )
    return _SECTION.format(
        heading=HEADING,
        apart=f"\n{apart}\n" if apart else "",
        events=f"{events:,}",
        rows="\n".join(rows),
        lone=lone_events,
        p50=lone.p50,
        p99=lone.p99,
        rules=RULES,
        others=OTHERS,
        alone=matched.alone,
        beside=matched.beside,
        ratio=matched.beside / matched.alone,
    )
