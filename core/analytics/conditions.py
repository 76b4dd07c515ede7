"""What is a number held against, and what is said when it holds? The shapes that watching works with."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from operator import ge, gt, le, lt
from typing import Any, Protocol

MIN_SAMPLE = (
    10  # posts (days, for how many posts a day) that an average needs before anything is held against it
)
_HOLDS: Mapping[str, Callable[[float, float], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le}


class Asked(Protocol):
    """A comparison that was read: ``> 2x average`` (average), ``>= 500`` (amount), ``crosses 1000`` (crossing)."""

    @property
    def kind(self) -> str: ...
    @property
    def operator(self) -> str: ...
    @property
    def number(self) -> float: ...
    @property
    def days(self) -> int: ...
    @property
    def milestones(self) -> tuple[float, ...]: ...
    @property
    def every(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class MetricCondition:
    """What is watched. ``platforms``: none named, all of them; ``window`` is how far back an average goes."""

    metric: str
    comparison: Asked
    platforms: Sequence[str] = ()
    window: timedelta = timedelta(days=30)
    min_sample: int = MIN_SAMPLE

    @property
    def digest(self) -> str:
        """A short name of what is asked: a rule that is changed watches anew."""
        asked = self.comparison
        said = (
            self.metric, str(asked.kind), asked.operator, asked.number, asked.days, asked.milestones, asked.every,
            sorted(self.platforms),
        )  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Firing:
    """Something that holds. ``key`` names it for good, ``data`` says what it was, for the run and its texts.

    ``level`` is a milestone that was passed: a lower one is never told after it, even when the number falls again.
    """

    key: str
    data: Mapping[str, Any]
    level: float | None = None

    @property
    def once(self) -> str:
        """What is remembered."""
        return self.key if self.level is None else f"{self.key}:{plain(self.level)}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an average rests on: ``n`` posts (or days) of ``needed``, and the average when they are enough."""

    name: str  # the channel's; empty for all together
    n: int
    needed: int
    average: float | None


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen, and on what it rests."""

    firings: list[Firing] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)


def holds(value: float, comparison: Asked, average: float | None) -> bool:
    """Tell whether ``value`` is as asked: beside the amount, or so many times the average."""
    if str(comparison.kind) == "average":
        # Nothing is a multiple of nothing: without a usual number there is no unusual one.
        return bool(average) and _HOLDS[comparison.operator](value, comparison.number * (average or 0.0))
    return _HOLDS[comparison.operator](value, comparison.number)


def is_fall(comparison: Asked) -> bool:
    """Tell whether small numbers are waited for: then a post must have had its time first."""
    return comparison.operator.startswith("<")


def passed(total: float, comparison: Asked) -> float | None:
    """Return the highest milestone that ``total`` has reached; None below the first."""
    if comparison.every:
        reached = total // comparison.every * comparison.every
        return reached or None
    return max((milestone for milestone in comparison.milestones if milestone <= total), default=None)


def plain(number: float) -> int | float:
    """Return a number as one says it: 1000, not 1000.0."""
    return int(number) if number == int(number) else round(number, 2)
