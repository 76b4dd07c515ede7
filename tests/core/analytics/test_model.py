"""The model: planted effects come back, noise claims none, intervals hold, the assumption weighs what it says."""

import math
import random
from datetime import UTC, datetime, timedelta

import pytest

from core.analytics import model, ridge
from core.analytics.measuring import Unit
from core.analytics.model import Lesson, Prior
from core.analytics.traits import BINARY, Trait, traits_of
from core.settings.zones import parse_zone

KINDS = ("announcement", "educational", "milestone", "question")


def lessons(
    n: int, seed: int, *, noise: float = 0.4, milestone: float = 0.0, picture: float = 0.0
) -> list[Lesson]:
    """Return ``n`` made-up posts around e⁴ ≈ 55 engagements, with the effects that are planted."""
    dice = random.Random(seed)  # noqa: S311 - made-up history
    made = []
    for day in range(n):
        traits = {
            Trait.KIND: dice.choice(KINDS),
            Trait.MEDIA: dice.choice(["yes", "no"]),
            Trait.QUESTION: dice.choice(["yes", "no"]),
            Trait.LENGTH: dice.choice(["short", "medium", "long"]),
            Trait.WEEKDAY: str(dice.randrange(7)),
            Trait.DAY_PART: dice.choice(["morning", "midday", "evening"]),
        }
        value = 4 + dice.gauss(0, noise)
        value += milestone * (traits[Trait.KIND] == "milestone") + picture * (traits[Trait.MEDIA] == "yes")
        made.append(Lesson(value, float(n - day), traits))
    return made


def learned(made: list[Lesson]) -> model.Model:
    return model.learn(made, Unit.COUNT, None)


@pytest.mark.parametrize("seed", range(8))
def test_planted_effects_are_found_with_their_size(seed: int) -> None:
    found = learned(lessons(100, seed, milestone=0.8, picture=0.5))
    by_trait = {(effect.trait, effect.value): effect for effect in found.effects}
    milestone, picture = by_trait[Trait.KIND, "milestone"], by_trait[Trait.MEDIA, "yes"]
    assert abs(math.log(milestone.ratio) - 0.8) < 0.4
    assert abs(math.log(picture.ratio) - 0.5) < 0.3
    good = found.guess({Trait.KIND: "milestone", Trait.MEDIA: "yes"})
    bad = found.guess({Trait.KIND: "question", Trait.MEDIA: "no"})
    assert good.expected > 2 * bad.expected
    assert {(factor.trait, factor.ratio > 1) for factor in good.factors} >= {
        (Trait.KIND, True), (Trait.MEDIA, True),
    }  # fmt: skip
    assert (Trait.MEDIA, "no") in {(factor.trait, factor.value) for factor in bad.factors}


def test_noise_claims_no_effect_and_predicts_the_usual() -> None:
    claims = 0
    for seed in range(60):
        found = learned(lessons(80, seed))
        claims += bool(found.effects)
        if not found.effects:
            assert found.guess({Trait.KIND: "milestone"}) == found.guess({Trait.KIND: "question"})
    assert claims <= 7  # one in twenty is allowed; sixty scatter around three


def test_intervals_hold_four_posts_in_five() -> None:
    inside = total = 0
    for seed in range(60):
        made = lessons(60, seed, milestone=0.6)
        known, unseen = made[:40], made[40:]
        found = learned(known)
        for post in unseen:
            guess = found.guess(post.traits)
            inside += guess.low <= math.exp(post.value) - 1 <= guess.high
            total += 1
    assert 0.74 <= inside / total <= 0.88


def test_growth_is_followed() -> None:
    made = [Lesson(3 + 0.02 * day, float(100 - day), {}) for day in range(100)]
    assert learned(made).guess({}).expected == pytest.approx(math.exp(5) - 1, rel=0.15)


def test_the_assumption_weighs_its_posts_and_fades() -> None:
    def usual(n: int) -> float:
        made = [Lesson(math.log(101), float(n - day), {}) for day in range(n)]
        return model.learn(made, Unit.COUNT, Prior(10, 3), math.log(11)).guess({}).expected

    few, many = usual(3), usual(300)
    assert few == pytest.approx(math.exp((math.log(101) + math.log(11)) / 2) - 1, rel=0.01)
    assert many == pytest.approx(100, rel=0.03)


def test_posts_that_are_all_alike_are_no_trouble() -> None:
    made = [Lesson(0.0, 1.0, {Trait.MEDIA: "no"}) for _ in range(20)]
    guess = learned(made).guess({Trait.MEDIA: "yes"})
    assert (guess.expected, guess.low, guess.factors) == (0.0, 0.0, ())


def test_left_out_errors_are_those_of_really_leaving_out() -> None:
    dice = random.Random(1)  # noqa: S311
    rows = [[1.0, dice.random(), dice.random()] for _ in range(12)]
    values = [dice.random() for _ in rows]
    penalties = [0.5, 2.0, 3.0]
    whole = ridge.fit(rows, values, penalties)
    for place, row in enumerate(rows):
        rest = [i for i in range(len(rows)) if i != place]
        without = ridge.fit([rows[i] for i in rest], [values[i] for i in rest], penalties)
        assert whole.left_out[place] == pytest.approx(values[place] - without.at(row))


def test_quantiles_are_students() -> None:
    for freedom, exact in ((5, 1.4759), (11, 1.3634), (30, 1.3104), (200, 1.2858)):
        assert model._quantile(0.9, freedom) == pytest.approx(exact, rel=0.01)


def test_properties_of_a_text() -> None:
    zone = parse_zone("Europe/Moscow")
    at = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)  # half past midnight on Monday, in Moscow
    found = traits_of("Сколько? https://x.y/z", kind="recap", has_media=True, at=at, zone=zone)
    assert found == {
        Trait.LENGTH: "short", Trait.MEDIA: "yes", Trait.QUESTION: "yes", Trait.LINK: "yes", Trait.EMOJI: "no",
        Trait.KIND: "recap", Trait.WEEKDAY: "0", Trait.DAY_PART: "night",
    }  # fmt: skip
    bare = traits_of("https://x.y/z?a=b 🙂" + "a" * 700, kind=None, has_media=False, at=None, zone=zone)
    assert bare[Trait.QUESTION] == "no"
    assert (bare[Trait.EMOJI], bare[Trait.LENGTH]) == ("yes", "long")
    assert not {Trait.KIND, Trait.WEEKDAY, Trait.DAY_PART} & set(bare)
    assert set(bare) >= BINARY
    assert timedelta(0) == zone.dst(at)
