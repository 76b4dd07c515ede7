"""What do own posts say about the next one? The usual value, the effects chance does not explain, and the scatter.

The usual value is shrunk toward an assumption where there is one (see ``core.analytics.defaults``). An effect is used
only when it stands out from chance with all others looked at (Bonferroni, 5 %), so that what moves a forecast can
always be named; then it is fitted again with the strength of shrinking that predicts left-out posts best. The interval
is as wide as the errors on left-out posts were.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from core.analytics import ridge
from core.analytics.measuring import Unit, from_scale
from core.analytics.ridge import Fit
from core.analytics.traits import BINARY, NO, YES, Trait, Traits

LEVEL = 0.8  # of the posts fall into their intervals
_SURE = 0.05  # chance that noise alone claims any effect
_FEWEST = 4  # posts with a property, and without it, to look at it
_STRENGTHS = (2.0, 6.0, 20.0)  # penalties that are tried, in posts
_TREND_PENALTY = 4.0  # posts without any growth
_EDGE = math.sqrt(3)  # of the column of time, evenly spread between minus and plus this: its variance is one
_NOTEWORTHY = 0.05  # on the logarithmic scale: five per cent


@dataclass(frozen=True, slots=True)
class Prior:
    """The value assumed before any post was seen, and for how many posts it counts."""

    value: float  # in the unit
    weight: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A property with which own posts did better or worse: ``ratio`` times the others."""

    trait: Trait
    value: str
    ratio: float
    n: int  # posts that have it


@dataclass(frozen=True, slots=True)
class Guess:
    """What a post will get, most likely, and between which numbers four in five such posts end up."""

    expected: float
    low: float
    high: float
    factors: tuple[Effect, ...]  # the ratio is to the usual post here; the strongest first


@dataclass(frozen=True, slots=True)
class Lesson:
    """One post to learn from; ``age`` is in days before now."""

    value: float  # on the logarithmic scale
    age: float
    traits: Traits


@dataclass(frozen=True, slots=True)
class _Column:
    trait: Trait
    value: str
    n: int
    share: float  # of the posts that have it

    def of(self, traits: Traits) -> float:
        """Return the column's cell; a property that is not known is taken for the usual mixture."""
        if self.trait not in traits:
            return 0.0
        return (1.0 if traits[self.trait] == self.value else 0.0) - self.share


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned from the posts of one platform."""

    unit: Unit
    n: int
    prior: Prior | None
    scatter: float  # of the errors on left-out posts, on the logarithmic scale
    effects: tuple[Effect, ...]  # each against the posts without the property
    _columns: tuple[_Column, ...]
    _fit: Fit
    _origin: float
    _span: float

    def guess(self, traits: Traits) -> Guess:
        """Return what a post with these properties gets if it goes out now."""
        cells = [column.of(traits) for column in self._columns]
        middle = self._origin + self._fit.at([1.0, _EDGE if self._span else 0.0, *cells])
        reach = _quantile((1 + LEVEL) / 2, self.n - 1) * self.scatter
        return Guess(
            from_scale(middle, self.unit),
            from_scale(middle - reach, self.unit),
            from_scale(middle + reach, self.unit),
            self._factors(traits, cells),
        )

    def _factors(self, traits: Traits, cells: Sequence[float]) -> tuple[Effect, ...]:
        found: list[Effect] = []
        for column, cell, weight in zip(self._columns, cells, self._fit.coefficients[2:], strict=True):
            has_it = traits.get(column.trait) == column.value
            if abs(weight * cell) < _NOTEWORTHY or not (has_it or column.trait in BINARY):
                continue
            value = column.value if has_it else NO
            n = column.n if has_it else self.n - column.n
            found.append(Effect(column.trait, value, math.exp(weight * cell), n))
        return tuple(sorted(found, key=lambda effect: -abs(math.log(effect.ratio)))[:3])


_Fitter = Callable[[Sequence[_Column], float], Fit]


def learn(lessons: Sequence[Lesson], unit: Unit, prior: Prior | None, prior_on_scale: float = 0.0) -> Model:
    """Learn from at least two posts."""
    n = len(lessons)
    values = [lesson.value for lesson in lessons]
    origin = prior_on_scale if prior is not None else sum(values) / n
    ages = [lesson.age for lesson in lessons]
    span = max(ages) - min(ages) if n >= 10 else 0.0
    middle = (max(ages) + min(ages)) / 2
    base = [[1.0, 2 * _EDGE * (middle - age) / span if span else 0.0] for age in ages]
    penalties = [prior.weight if prior is not None else 1e-6, _TREND_PENALTY]
    centred = [value - origin for value in values]

    def fitted(columns: Sequence[_Column], strength: float) -> Fit:
        rows = [
            [*row, *(column.of(lesson.traits) for column in columns)]
            for row, lesson in zip(base, lessons, strict=True)
        ]
        return ridge.fit(rows, centred, [*penalties, *(strength for _ in columns)])

    plain = fitted((), 0.0)
    columns = _standing_out(_columns_of(lessons), plain, fitted)
    best = min((fitted(columns, strength) for strength in _STRENGTHS), key=lambda fit: fit.press)
    effects = [
        Effect(column.trait, column.value, math.exp(weight), column.n)
        for column, weight in zip(columns, best.coefficients[2:], strict=True)
    ]
    return Model(
        unit, n, prior, math.sqrt(best.press / n),
        tuple(sorted(effects, key=lambda effect: -abs(math.log(effect.ratio)))),
        columns, best, origin, span,
    )  # fmt: skip


def _columns_of(lessons: Sequence[Lesson]) -> tuple[_Column, ...]:
    n = len(lessons)
    counted = Counter(item for lesson in lessons for item in lesson.traits.items())
    return tuple(
        _Column(trait, value, count, count / n)
        for (trait, value), count in sorted(counted.items())
        if _FEWEST <= count <= n - _FEWEST and (trait not in BINARY or value == YES)
    )


def _standing_out(columns: tuple[_Column, ...], plain: Fit, fitted: _Fitter) -> tuple[_Column, ...]:
    """Return the columns whose effect chance does not explain."""
    if not columns:
        return ()
    best = min((fitted(columns, strength) for strength in _STRENGTHS), key=lambda fit: fit.press)
    if best.press >= plain.press:  # left-out posts are predicted no better with them
        return ()
    limit = NormalDist().inv_cdf(1 - _SURE / (2 * len(columns)))
    weights = zip(columns, best.coefficients[2:], best.errors[2:], strict=True)
    return tuple(column for column, weight, error in weights if error and abs(weight) > limit * error)


def _quantile(level: float, freedom: int) -> float:
    """Return Student's quantile, by Cornish and Fisher's expansion; within 1 % from 5 degrees of freedom on."""
    z = NormalDist().inv_cdf(level)
    v = max(freedom, 3)
    return z + (z**3 + z) / (4 * v) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
