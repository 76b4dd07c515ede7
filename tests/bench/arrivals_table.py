"""What does `docs/performance.md` say of events that come in? A section of its own, with its goals."""

from collections.abc import Sequence

from tests.bench.arrivals import Arrivals, Kind

INSERT, NOTHING = 1.0, 0.5  # the goals, at the most connections

_SECTION = """
## Events that come in

Signed events to one receiver process without workers, the middle of {rounds} rounds; {events} events a round (a quarter
over one connection), each answered before its connection sends the next.

| connections | NEXUS, events/s | p50, ms | p99, ms | one INSERT, events/s | p50, ms | p99, ms | nothing, events/s | of INSERT | of nothing |
|---|---|---|---|---|---|---|---|---|---|
{rows}

At {most} connections: **{insert:.2f}** of one INSERT, goal at least {insert_goal}: {insert_met}; **{nothing:.2f}** of
nothing, goal at least {nothing_goal}: {nothing_met}.

*NEXUS* is the real receiver: it verifies the signature and its time, reads and checks the JSON, stores the event under its
delivery id, commits, and answers; beside that it asks for the events' processing over Redis. *One INSERT* is an aiohttp handler that
writes what was sent with one asyncpg statement, and nothing else: no signature, no look at the content, no job. *Nothing* is
an aiohttp handler that answers at once. One process each, in turn, with a sender in a process of its own.
"""


def section(found: Sequence[Arrivals], *, events: int, rounds: int) -> str:
    """Return the section."""
    of = {(one.connections, one.kind): one for one in found}
    over = sorted({one.connections for one in found})
    most = over[-1]
    insert, nothing = _ratio(of, most, "insert"), _ratio(of, most, "nothing")
    return _SECTION.format(
        events=f"{events:,}",
        rounds=rounds,
        rows="\n".join(_row(of, connections) for connections in over),
        most=most,
        insert=insert,
        insert_goal=INSERT,
        insert_met=_met(insert >= INSERT),
        nothing=nothing,
        nothing_goal=NOTHING,
        nothing_met=_met(nothing >= NOTHING),
    )


def _ratio(of: dict[tuple[int, Kind], Arrivals], connections: int, kind: Kind) -> float:
    return of[connections, "nexus"].rate / of[connections, kind].rate


def _row(of: dict[tuple[int, Kind], Arrivals], connections: int) -> str:
    nexus, insert, nothing = (of[connections, kind] for kind in ("nexus", "insert", "nothing"))
    cells = [
        str(connections),
        *(f"{nexus.rate:.0f}", f"{nexus.p50:.1f}", f"{nexus.p99:.1f}"),
        *(f"{insert.rate:.0f}", f"{insert.p50:.1f}", f"{insert.p99:.1f}"),
        f"{nothing.rate:.0f}",
        f"{_ratio(of, connections, 'insert'):.2f}",
        f"{_ratio(of, connections, 'nothing'):.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def _met(met: bool) -> str:
    return "met" if met else "**not met**"
