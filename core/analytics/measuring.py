"""In which unit are posts compared? A rate where the platform tells impressions, plain engagements where it does not.

Numbers are compared on a logarithmic scale: a post that does twice as well is as far from the usual one as a post that
does half as well, and one that went through the roof does not drown the rest.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.analytics.history import PastPost

_ENOUGH_IMPRESSIONS = 0.8  # of the posts with engagements; then the few without are left out


class Unit(StrEnum):
    """What is counted."""

    RATE = "rate"  # engagements per hundred impressions
    COUNT = "count"  # engagements; reactions, where a platform tells only those


# Added before the logarithm, so that a post without any engagement has a place on the scale.
_OFFSETS = {Unit.RATE: 0.25, Unit.COUNT: 1.0}


@dataclass(frozen=True, slots=True)
class Measured:
    """Posts of one platform with their values on the logarithmic scale; newest first."""

    unit: Unit
    posts: tuple[PastPost, ...]
    values: tuple[float, ...]

    @property
    def n(self) -> int:
        """How many posts there are."""
        return len(self.posts)


def measure(posts: Sequence[PastPost]) -> Measured:
    """Choose the unit for posts of one platform, and leave out those without numbers."""
    counted = [(post, post.metrics.engagements) for post in posts if post.metrics.engagements is not None]
    rated = [(post, post.metrics.rate) for post, _ in counted if post.metrics.rate is not None]
    if rated and len(rated) >= _ENOUGH_IMPRESSIONS * len(counted):
        unit, pairs = Unit.RATE, [(post, float(value or 0)) for post, value in rated]
    else:
        unit, pairs = Unit.COUNT, [(post, float(value)) for post, value in counted]
    return Measured(
        unit,
        tuple(post for post, _ in pairs),
        tuple(to_scale(value, unit) for _, value in pairs),
    )


def to_scale(value: float, unit: Unit) -> float:
    """Return ``value`` on the logarithmic scale."""
    return math.log(value + _OFFSETS[unit])


def from_scale(value: float, unit: Unit) -> float:
    """Return the number that stands at ``value`` on the logarithmic scale."""
    return max(0.0, math.exp(min(value, 40.0)) - _OFFSETS[unit])


def detrended(measured: Measured) -> tuple[float, ...]:
    """Return the values without their mean and their growth or decline over time.

    A channel that grows while its author moves to other hours would otherwise credit the hours.
    """
    n = measured.n
    if n == 0:
        return ()
    mean = sum(measured.values) / n
    first = measured.posts[-1].published_at
    age = [(post.published_at - first).total_seconds() for post in measured.posts]
    middle = sum(age) / n
    spread = sum((at - middle) ** 2 for at in age)
    slope = (
        sum((at - middle) * (value - mean) for at, value in zip(age, measured.values, strict=True)) / spread
        if spread and n >= 10
        else 0.0
    )
    return tuple(value - mean - slope * (at - middle) for at, value in zip(age, measured.values, strict=True))
