"""What the card says is kept with the content, said again for the same version, and reckoned anew after an edit."""

import math
import uuid
from datetime import datetime, timedelta

import pytest

from core.analytics import predictions
from core.analytics.forecasting import Forecast, NotEnough
from core.content import service as content_service
from core.content.models import Content
from core.errors import NotFound
from core.settings import service as settings
from tests.conftest import START
from tests.core.analytics.conftest import Past, spread


async def tell(past: Past, n: int = 40) -> None:
    for day, (_, value) in enumerate(spread(n, 1, noise=0.2)):
        question = day % 2 == 0
        await past.post(
            START - timedelta(days=n + 1 - day),
            {"likes": round(60 * math.exp(value + question))},
            text="Really?" if question else "Really.",
        )


async def draft(past: Past, text: str = "A draft.") -> uuid.UUID:
    async with past.runtime.unit_of_work() as session:
        return (await content_service.create_draft(session, product_id=past.product_id, text=text)).id


async def said(
    past: Past, content_id: uuid.UUID, at: datetime | None = None, now: datetime = START
) -> Forecast | NotEnough:
    async with past.runtime.unit_of_work() as session:
        return (await predictions.for_content(session, content_id, {"telegram": at}, now))["telegram"]


async def row(past: Past, content_id: uuid.UUID) -> Content:
    async with past.runtime.unit_of_work() as session:
        return await content_service.get(session, content_id)


async def test_a_forecast_is_kept_in_the_data_models_shape_and_is_no_edit(past: Past) -> None:
    await tell(past)
    identifier = await draft(past, "Really?")
    before = await row(past, identifier)
    made = await said(past, identifier)
    assert isinstance(made, Forecast)
    assert made.n == 40
    assert made.low < made.expected < made.high
    assert ("question", "yes") in {(factor.trait, factor.value) for factor in made.factors}
    after = await row(past, identifier)
    kept = after.predictions["telegram"]
    assert kept["engagement"] == round(made.expected, 2)
    assert kept["confidence"] == made.confidence
    assert (after.version, after.updated_at) == (before.version, before.updated_at)


async def test_the_same_version_is_told_the_same_until_history_has_moved(past: Past) -> None:
    await tell(past)
    identifier = await draft(past)
    first = await said(past, identifier)
    await past.post(START - timedelta(days=2), {"likes": 5_000})
    again = await said(past, identifier)
    assert isinstance(first, Forecast)
    assert isinstance(again, Forecast)
    assert again.n == first.n
    assert again.expected == pytest.approx(first.expected, abs=0.01)
    later = await said(past, identifier, now=START + timedelta(hours=7))
    assert isinstance(later, Forecast)
    assert later.n == first.n + 1


async def test_an_edit_or_another_time_is_reckoned_anew(past: Past) -> None:
    await tell(past)
    identifier = await draft(past, "Really.")
    plain = await said(past, identifier)
    async with past.runtime.unit_of_work() as session:
        await content_service.edit(session, identifier, expected_version=1, text="Really?")
    asking = await said(past, identifier)
    assert isinstance(plain, Forecast)
    assert isinstance(asking, Forecast)
    assert asking.expected > 1.5 * plain.expected
    assert (await row(past, identifier)).predictions["telegram"]["version"] == 2
    await said(past, identifier, at=START + timedelta(days=1))
    assert (await row(past, identifier)).predictions["telegram"]["for"] == "2026-03-03T09:00:00+00:00"


@pytest.mark.parametrize(
    "kept",
    [
        {"engagement": 4.2, "confidence": "high"},
        {"version": 1, "for": None, "made_at": "yesterday"},
        {"version": 1, "for": None, "made_at": START.isoformat(), "unit": "count"},
        "nonsense",
    ],
)
async def test_what_somebody_else_wrote_there_is_reckoned_anew(past: Past, kept: object) -> None:
    await tell(past)
    identifier = await draft(past)
    async with past.runtime.unit_of_work() as session:
        (await content_service.get(session, identifier)).predictions = {
            "telegram": kept,
            "vk": {"engagement": 1},
        }
    assert isinstance(await said(past, identifier), Forecast)
    stored = (await row(past, identifier)).predictions
    assert stored["telegram"]["version"] == 1
    assert stored["vk"] == {"engagement": 1}


async def test_too_few_posts_are_said_and_nothing_is_kept(past: Past) -> None:
    await tell(past, 11)
    identifier = await draft(past)
    assert await said(past, identifier) == NotEnough("telegram", 11)
    assert (await row(past, identifier)).predictions == {}


async def test_a_content_that_is_gone_is_not_found(past: Past) -> None:
    async with past.runtime.unit_of_work() as session:
        await settings.change(session, settings.General, timezone="Europe/Berlin")
        with pytest.raises(NotFound):
            await predictions.for_content(session, uuid.uuid4(), {"telegram": None}, START)
