"""What does `docs/performance.md` say of what events set off? A section of its own."""

from tests.bench.reacting import LONE, Reactions
from tests.bench.rules import OTHERS, RULES, Matching

_SECTION = """
## What events set off

{events} events that wait at once for one worker process, over Redis; a rule that looks at a number, writes a draft from
a template without AI, asks for its approval, and tells the owner: four rows of a run, its draft and two notifications.

| events/s, to the run's end | worker's processor time an event, ms | PostgreSQL's, ms |
|---|---|---|
| {rate:.0f} | {worker:.1f} | {postgres:.1f} |

{lone} more, each when the one before is done: from the moment the event is a row to the owner's note as a row, half of
them within {p50:.0f} ms, 99 of 100 within {p99:.0f} ms. What Telegram then takes to show it is not in this.

One event that {rules:,} rules of its product wait for: {alone:.0f} ms to match; {beside:.0f} ms with {others:,} rules
of other products and for other events beside them. Ratio **{ratio:.2f}**.
"""


def reactions(found: Reactions, events: int, matched: Matching) -> str:
    """Return the section."""
    return _SECTION.format(
        events=f"{events:,}",
        rate=found.rate,
        worker=found.worker_ms,
        postgres=found.postgres_ms,
        lone=LONE,
        p50=found.p50,
        p99=found.p99,
        rules=RULES,
        others=OTHERS,
        alone=matched.alone,
        beside=matched.beside,
        ratio=matched.beside / matched.alone,
    )
