"""Forecasts: their unit, their minimum, their confidence, and how they would have done."""

import math
import random
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from core.analytics import forecasting
from core.analytics.forecasting import Confidence, Forecast, NotEnough
from core.analytics.history import PastPost
from core.analytics.measuring import Unit, measure
from core.analytics.metrics import Metrics
from core.analytics.model import Model
from core.analytics.traits import traits_of_post
from core.settings.zones import parse_zone
from tests.conftest import START
from tests.core.analytics.conftest import Past, spread

ZONE = parse_zone("Europe/Moscow")


def posts(
    n: int, seed: int, *, picture: float = 0.0, noise: float = 0.4, impressions: bool = False
) -> list[PastPost]:
    """Return posts of one platform, newest first."""
    dice = random.Random(seed)  # noqa: S311
    made = []
    for day, (_, value) in enumerate(spread(n, seed, noise=noise)):
        media = dice.random() < 0.5
        engagements = round(200 * math.exp(value + picture * media))
        metrics = Metrics(impressions=10_000 if impressions else None, engagements=engagements)
        made.append(
            PastPost(
                uuid.uuid4(), uuid.uuid4(), day, uuid.uuid4(), uuid.uuid4(), "telegram", "@x",
                START - timedelta(days=n - day), "announcement", "Text", media, None, metrics, {},
            )
        )  # fmt: skip
    return made[::-1]


def forecast_of(made: list[PastPost], followers: int | None = None) -> Forecast | NotEnough:
    learned = forecasting.learn(made, "telegram", followers, START, ZONE)
    return forecasting.forecast(learned, "telegram", traits_of_post(made[0], ZONE))


def test_below_the_minimum_nothing_is_said() -> None:
    assert forecast_of(posts(11, 1)) == NotEnough("telegram", 11)
    silent = [replace(post, metrics=Metrics()) for post in posts(50, 1)]
    assert forecast_of(silent) == NotEnough("telegram", 0)


def test_the_unit_follows_what_the_platform_tells() -> None:
    assert measure(posts(20, 1)).unit is Unit.COUNT
    with_views = posts(20, 1, impressions=True)
    assert measure(with_views).unit is Unit.RATE
    said = forecast_of(with_views)
    assert isinstance(said, Forecast)
    assert 1 < said.expected < 4  # 200 in 10,000 are 2 per hundred
    assert said.prior is not None
    half = [*posts(10, 1), *posts(10, 2, impressions=True)]
    assert measure(half).unit is Unit.COUNT


def test_nothing_is_assumed_where_nothing_is_known() -> None:
    without, followed = forecast_of(posts(20, 1)), forecast_of(posts(20, 1), followers=100)
    assert isinstance(without, Forecast)
    assert isinstance(followed, Forecast)
    assert without.prior is None
    assert followed.prior is not None
    assert followed.prior.value == 1.0
    assert followed.expected < without.expected


def test_confidence_grows_with_posts_and_falls_with_scatter() -> None:
    assert getattr(forecast_of(posts(15, 1)), "confidence", None) is Confidence.LOW
    assert getattr(forecast_of(posts(30, 1)), "confidence", None) is Confidence.MEDIUM
    assert getattr(forecast_of(posts(80, 1, noise=0.2)), "confidence", None) is Confidence.HIGH
    assert getattr(forecast_of(posts(80, 1, noise=1.5)), "confidence", None) is Confidence.MEDIUM


def test_backtest_with_a_planted_effect_beats_the_average_and_covers() -> None:
    results = [
        forecasting.backtest(posts(90, seed, picture=0.9), "telegram", ZONE, step=3) for seed in range(4)
    ]
    total = sum(result.n for result in results)
    assert total > 80
    assert 0.7 <= sum(result.inside for result in results) / total <= 0.92
    assert sum(r.error for r in results) < 0.93 * sum(r.plain_error for r in results)


def test_backtest_on_noise_is_no_better_than_the_average() -> None:
    results = [forecasting.backtest(posts(70, seed), "telegram", ZONE, step=3) for seed in range(4)]
    gain = sum(r.error for r in results) / sum(r.plain_error for r in results)
    assert 0.93 <= gain <= 1.12


def test_what_is_stored_has_the_data_models_shape() -> None:
    said = forecast_of(posts(40, 3, picture=0.9))
    kept = forecasting.stored({"telegram": said, "vk": NotEnough("vk", 2)}, version=3, at=None, now=START)
    assert set(kept) == {"telegram"}
    entry = kept["telegram"]
    assert isinstance(entry["engagement"], float)
    assert entry["confidence"] in {"low", "medium", "high"}
    assert (entry["n"], entry["version"], entry["unit"]) == (40, 3, "count")


async def test_models_are_learned_from_the_products_own_rows(past: Past) -> None:
    for at, value in spread(15, 1):
        await past.post(
            START - timedelta(days=20) + (at - at.replace(hour=0)), {"likes": round(50 * math.exp(value))}
        )
    await past.post(START - timedelta(hours=1), {"likes": 9_999})
    await past.post(START - timedelta(days=3), {"note": "nothing counted"})
    async with past.runtime.unit_of_work() as session:
        found = await forecasting.models(session, past.product_id, ["telegram", "vk"], START, ZONE)
        other = await forecasting.models(session, uuid.uuid4(), ["telegram"], START, ZONE)
    learned = found["telegram"]
    assert isinstance(learned, Model)
    assert learned.n == 15
    assert found["vk"] == NotEnough("vk", 0)
    assert other["telegram"] == NotEnough("telegram", 0)


@pytest.mark.parametrize(
    ("stored", "engagements", "impressions"),
    [
        ({}, None, None),
        ({"likes": 3, "comments": 2}, 5, None),
        ({"engagements": 7, "likes": 3, "impressions": 0}, 7, 0),
        ({"engagements": "12", "likes": True, "impressions": -4}, None, None),
        ({"engagements": 1e30}, None, None),
    ],
)
def test_stored_numbers_are_read_with_care(
    stored: dict[str, object], engagements: int | None, impressions: int | None
) -> None:
    found = Metrics.of(stored)
    assert (found.engagements, found.impressions) == (engagements, impressions)
    assert found.rate is None
