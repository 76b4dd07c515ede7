"""What will a draft get on each platform? Learned from own posts there; below a handful nothing is said."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import defaults, history, model
from core.analytics.history import PastPost
from core.analytics.measuring import Unit, measure, to_scale
from core.analytics.model import Effect, Lesson, Model, Prior
from core.analytics.traits import Traits, traits_of_post

NEEDED = 12  # posts with numbers
_LEARN_FROM = 200  # posts; what is older weighs nothing and costs time
_HIGH, _MEDIUM = 50, 25  # posts
_TIGHT = 4.0  # the upper end of an interval over its lower end


class Confidence(StrEnum):
    """How far a forecast may be trusted: by how many posts it rests on, and how much they differ."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a post is expected to get on a platform, in ``unit``; four in five end up between ``low`` and ``high``."""

    platform: str
    unit: Unit
    expected: float
    low: float
    high: float
    n: int
    confidence: Confidence
    factors: tuple[Effect, ...]
    prior: Prior | None


@dataclass(frozen=True, slots=True)
class NotEnough:
    """There are too few own posts with numbers on a platform to expect anything."""

    platform: str
    n: int
    needed: int = NEEDED


async def models(
    session: AsyncSession, product_id: uuid.UUID, platforms: Sequence[str], now: datetime, zone: tzinfo
) -> dict[str, Model | NotEnough]:
    """Learn from the product's history on each platform."""
    found: dict[str, Model | NotEnough] = {}
    for platform in platforms:
        posts = await history.lessons(session, product_id, [platform], now)
        followed_by = await history.followers(session, product_id, platform, now.astimezone(zone).date())
        found[platform] = learn(posts, platform, followed_by, now, zone)
    return found


def learn(
    posts: Sequence[PastPost], platform: str, followers: int | None, now: datetime, zone: tzinfo
) -> Model | NotEnough:
    """Learn from one platform's posts, newest first."""
    measured = measure(posts[:_LEARN_FROM])
    if measured.n < NEEDED:
        return NotEnough(platform, measured.n)
    lessons = [
        Lesson(value, (now - post.published_at) / timedelta(days=1), traits_of_post(post, zone))
        for post, value in zip(measured.posts, measured.values, strict=True)
    ]
    prior = prior_for(platform, measured.unit, followers)
    on_scale = to_scale(prior.value, measured.unit) if prior is not None else 0.0
    return model.learn(lessons, measured.unit, prior, on_scale)


def prior_for(platform: str, unit: Unit, followers: int | None) -> Prior | None:
    """Return what is assumed; nothing can be when neither impressions nor followers are known."""
    if unit is Unit.RATE:
        return Prior(defaults.rate(platform), defaults.PRIOR_WEIGHT)
    return Prior(defaults.engagements(followers), defaults.PRIOR_WEIGHT) if followers else None


def forecast(learned: Model | NotEnough, platform: str, traits: Traits) -> Forecast | NotEnough:
    """Say what a post with these properties is expected to get."""
    if isinstance(learned, NotEnough):
        return learned
    guess = learned.guess(traits)
    tight = guess.high <= _TIGHT * max(guess.low, 1e-9)
    if learned.n >= _HIGH and tight:
        confidence = Confidence.HIGH
    elif learned.n >= _MEDIUM:
        confidence = Confidence.MEDIUM
    else:
        confidence = Confidence.LOW
    return Forecast(
        platform, learned.unit, guess.expected, guess.low, guess.high, learned.n, confidence,
        guess.factors, learned.prior,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Backtest:
    """How forecasts would have done on posts they had not seen yet, oldest history first."""

    n: int
    inside: int  # posts that ended up in their interval
    error: float  # mean distance on the logarithmic scale
    plain_error: float  # the same for "as the average of the posts before"

    @property
    def coverage(self) -> float:
        """The share of posts inside their intervals; about ``model.LEVEL`` when the intervals are honest."""
        return self.inside / self.n if self.n else 0.0


def backtest(
    posts: Sequence[PastPost], platform: str, zone: tzinfo, *, followers: int | None = None, step: int = 1
) -> Backtest:
    """Forecast every ``step``-th post from those before it. ``posts`` are one platform's, newest first."""
    measured = measure(posts)
    inside, error, plain_error, n = 0, 0.0, 0.0, 0
    for position in range(measured.n - NEEDED - 1, -1, -step):
        post, value = measured.posts[position], measured.values[position]
        before = measured.posts[position + 1 :]
        learned = learn(before, platform, followers, post.published_at, zone)
        if isinstance(learned, NotEnough) or learned.unit is not measured.unit:
            continue
        guess = learned.guess(traits_of_post(post, zone))
        low, middle, high = (
            to_scale(number, measured.unit) for number in (guess.low, guess.expected, guess.high)
        )
        plain = sum(measured.values[position + 1 :]) / len(before)
        n += 1
        inside += low - 1e-9 <= value <= high + 1e-9
        error += abs(value - middle)
        plain_error += abs(value - plain)
    return Backtest(n, inside, error / n if n else 0.0, plain_error / n if n else 0.0)


def stored(
    made: Mapping[str, Forecast | NotEnough], *, version: int, at: datetime | None, now: datetime
) -> dict[str, dict[str, object]]:
    """Return the JSON for ``content.predictions``: the data model's two fields, and what they rest on."""
    return {
        platform: {
            "engagement": round(said.expected, 2),
            "confidence": said.confidence.value,
            "unit": said.unit.value,
            "low": round(said.low, 2),
            "high": round(said.high, 2),
            "level": model.LEVEL,
            "n": said.n,
            "factors": [
                {
                    "trait": factor.trait.value,
                    "value": factor.value,
                    "ratio": round(factor.ratio, 3),
                    "n": factor.n,
                }
                for factor in said.factors
            ],
            "prior": {"value": said.prior.value, "weight": said.prior.weight} if said.prior else None,
            "version": version,
            "for": at.isoformat() if at else None,
            "made_at": now.isoformat(),
        }
        for platform, said in made.items()
        if isinstance(said, Forecast)
    }
