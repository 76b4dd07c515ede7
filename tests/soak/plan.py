"""When does what fail in a soak, and for how long? In proportion to its length, so that a short one has every fault too."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_MINUTES = 4.0  # below this the outages that have to be told of do not fit one after another
_SHARE = 0.9  # of the time with load; the rest of it is calm


@dataclass(frozen=True, slots=True)
class Fault:
    """What fails, and how many seconds at least; ``share`` of the whole time when that is more."""

    name: str
    least: float
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault with its moment, in seconds from the beginning of the load."""

    name: str
    at: float
    seconds: float


# The owner is told of a database that was away for half a minute, and of a Redis that two looks in a row did not find;
# looks are 20 seconds apart, so an outage that has to be told lasts longer than both. The short ones are not told.
FAULTS = (
    Fault("redis killed, back at once", 2),
    Fault("telegram 429", 15, 0.03),
    Fault("database away", 55),
    Fault("ai 529", 15, 0.05),
    Fault("redis killed, away", 50),
    Fault("disk full", 12, 0.03),
    Fault("redis flushed", 0),
    Fault("telegram 502", 15, 0.03),
    Fault("database restarted", 2),
)
TOLD = ("database", "redis")  # the parts whose long outage the owner has to hear of


def planned(minutes: float, faults: Sequence[Fault] = FAULTS) -> list[Planned]:
    """Spread the faults over the time with the same calm between any two. Raises ``ValueError`` when they do not fit."""
    whole = minutes * 60
    lasting = [max(one.least, one.share * whole) for one in faults]
    gap = (whole * _SHARE - sum(lasting)) / (len(faults) + 1)
    if minutes < LEAST_MINUTES or gap <= 0:
        raise ValueError(f"a soak takes {LEAST_MINUTES:g} minutes at least")
    at, made = gap, []
    for fault, seconds in zip(faults, lasting, strict=True):
        made.append(Planned(fault.name, at, seconds))
        at += seconds + gap
    return made
