"""Does the chosen provider write, with models of its own, and is what it lacks said plainly?"""

import dataclasses
from collections.abc import AsyncGenerator
from decimal import Decimal
from typing import Any

import pytest
from pydantic import AnyHttpUrl, SecretStr, ValidationError
from sqlalchemy import select

from core.ai import choosing, openai, prices, usage, voice_reader, writer
from core.ai.choosing import Missing
from core.ai.models import AiUsage
from core.ai.notices import Notice
from core.ai.usage import Reservation
from core.ai.writer import Draft
from core.config import Settings
from core.products.models import Product
from core.runtime import Runtime
from core.settings import service as settings_service
from core.settings.service import Ai
from tests.fakes.openai import FakeOpenAI

KEY = SecretStr("test-key")
HOUSE = AnyHttpUrl("http://127.0.0.1:11434/v1")


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[FakeOpenAI]:
    """A compatible server of this test's own, of which nothing has been learned yet."""
    monkeypatch.setattr(openai, "_learned", {})
    async with FakeOpenAI() as server:
        yield server


@pytest.fixture
async def at_house(runtime: Runtime, house: FakeOpenAI) -> Runtime:
    """A runtime that writes with models of ``house``; a key for Anthropic is there as well."""
    async with runtime.unit_of_work() as session:
        await settings_service.change(
            session, Ai, provider="openai", openai_model="house-large", openai_fallback_model="house-small"
        )
    keys = {"openai_api_key": KEY, "openai_base_url": AnyHttpUrl(house.url), "anthropic_api_key": KEY}
    return dataclasses.replace(runtime, settings=runtime.settings.model_copy(update=keys))


async def _write(runtime: Runtime, product: Product) -> Draft:
    return await writer.write_post(runtime, product_id=product.id, idea="Tea", platforms=["telegram"])


async def _rows(runtime: Runtime) -> list[AiUsage]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(AiUsage).order_by(AiUsage.id)))


@pytest.mark.parametrize(
    ("env", "ai", "models", "missing"),
    [
        ({}, Ai(), ("claude-sonnet-5-5", "claude-haiku-5-5"), Missing.KEY),
        ({"anthropic_api_key": KEY}, Ai(), ("claude-sonnet-5-5", "claude-haiku-5-5"), None),
        ({"openai_api_key": KEY}, Ai(), ("claude-sonnet-5-5", "claude-haiku-5-5"), Missing.KEY),
        ({"anthropic_api_key": KEY}, Ai(provider="openai"), (), Missing.OPENAI_KEY),
        ({"openai_api_key": KEY}, Ai(provider="openai"), (), Missing.MODEL),
        ({"openai_base_url": HOUSE}, Ai(provider="openai"), (), Missing.MODEL),
        ({"openai_base_url": HOUSE}, Ai(provider="openai", openai_fallback_model="b"), (), Missing.MODEL),
        ({"openai_base_url": HOUSE}, Ai(provider="openai", openai_model=" a "), ("a",), None),
        (
            {"openai_api_key": KEY},
            Ai(provider="openai", openai_model="a", openai_fallback_model="b"),
            ("a", "b"),
            None,
        ),
    ],
)
def test_choices(
    settings: Settings, env: dict[str, object], ai: Ai, models: tuple[str, ...], missing: Missing | None
) -> None:
    choice = choosing.choose(settings.model_copy(update=env), ai)
    assert (choice.provider, choice.models, choice.missing) == (ai.provider, models, missing)


def test_every_lack_has_a_notice() -> None:
    for missing in Missing:
        assert Notice(missing.value)


async def test_an_unknown_provider_is_refused(runtime: Runtime) -> None:
    with pytest.raises(ValidationError):
        async with runtime.unit_of_work() as session:
            await settings_service.change(session, Ai, provider="oracle")


async def test_the_chosen_server_writes(at_house: Runtime, house: FakeOpenAI, product: Product) -> None:
    draft = await _write(at_house, product)
    assert (draft.text, draft.made_by, draft.model) == ("✨ Tea", "ai", "house-large")
    assert draft.notice is None
    assert draft.cost_usd is None  # nobody knows what a server of one's own costs
    [seen] = house.requests
    assert "A door opens." in seen.system
    assert seen.body["temperature"] == 0.7
    [row] = await _rows(at_house)
    assert (row.outcome, row.model, row.total_tokens, row.cost_usd) == ("ok", "house-large", 1500, None)


async def test_its_fallback_model_steps_in(at_house: Runtime, house: FakeOpenAI, product: Product) -> None:
    house.faults.append("broken")
    draft = await _write(at_house, product)
    assert house.models_asked == ["house-large", "house-small"]
    assert (draft.model, draft.notice) == ("house-small", Notice.FALLBACK_MODEL)


@pytest.mark.parametrize(
    ("fault", "notice"),
    [
        ("no_quota", Notice.NO_CREDIT),
        ("forbidden", Notice.BAD_OPENAI_KEY),
        ("refusal", Notice.REFUSED),
        ("no_such_page", Notice.UNAVAILABLE),
    ],
)
async def test_failures_are_told(
    at_house: Runtime, house: FakeOpenAI, product: Product, fault: str, notice: Notice
) -> None:
    house.faults.append(fault)
    draft = await _write(at_house, product)
    assert (draft.made_by, draft.notice) == ("template", notice)
    assert len(house.requests) == 1


async def test_a_key_no_header_may_hold_is_told(at_house: Runtime, product: Product) -> None:
    broken = at_house.settings.model_copy(update={"openai_api_key": SecretStr("ключ")})
    draft = await _write(dataclasses.replace(at_house, settings=broken), product)
    assert draft.notice is Notice.BAD_OPENAI_KEY


@pytest.mark.parametrize(
    ("env", "notice"),
    [({"openai_base_url": None, "openai_api_key": None}, Notice.NO_OPENAI_KEY), ({}, Notice.NO_MODEL)],
)
async def test_what_is_missing_is_told_and_nobody_is_asked(
    at_house: Runtime, house: FakeOpenAI, product: Product, env: dict[str, object], notice: Notice
) -> None:
    async with at_house.unit_of_work() as session:
        await settings_service.change(session, Ai, openai_model="")
    runtime = dataclasses.replace(at_house, settings=at_house.settings.model_copy(update=env))
    draft = await _write(runtime, product)
    assert (draft.made_by, draft.notice) == ("template", notice)
    assert house.requests == []
    assert await _rows(at_house) == []


async def test_a_cap_and_a_model_without_a_price(
    at_house: Runtime, house: FakeOpenAI, product: Product
) -> None:
    async with at_house.unit_of_work() as session:
        await settings_service.change(session, Ai, daily_cap_usd=5)
    assert (await _write(at_house, product)).notice is Notice.PRICE_UNKNOWN
    assert house.requests == []


async def test_a_cap_and_a_model_with_one(
    at_house: Runtime, house: FakeOpenAI, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound holds for a repair as well, and is replaced by what both calls took."""
    monkeypatch.setattr(prices, "list_for", lambda _url: "openai")
    async with at_house.unit_of_work() as session:
        await settings_service.change(session, Ai, openai_model="gpt-5.1", daily_cap_usd=1)
    bounds: list[Decimal | None] = []
    reserved = usage.reserve

    async def watched(*args: Any, **kwargs: Any) -> Reservation:
        reservation = await reserved(*args, **kwargs)
        bounds.append(reservation.most_usd)
        return reservation

    monkeypatch.setattr(usage, "reserve", watched)
    house.faults.append("nonsense")
    draft = await _write(at_house, product)
    assert draft.cost_usd == Decimal("0.009")  # 2400 * $1.25 + 600 * $10 per million
    [bound] = bounds
    assert bound is not None
    assert bound > Decimal("0.09")  # two answers of 4550 tokens
    [row] = await _rows(at_house)
    assert (row.total_tokens, row.cost_usd) == (3000, Decimal("0.009"))
    async with at_house.unit_of_work() as session:
        await settings_service.change(session, Ai, daily_cap_usd=0.01)
    assert (await _write(at_house, product)).notice is Notice.CAP_REACHED


async def test_who_does_not_count_keeps_what_was_reserved(
    at_house: Runtime, house: FakeOpenAI, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prices, "list_for", lambda _url: "openai")
    async with at_house.unit_of_work() as session:
        await settings_service.change(session, Ai, openai_model="gpt-5.1")
    house.usage = None
    draft = await _write(at_house, product)
    assert draft.cost_usd is not None
    assert draft.cost_usd > Decimal("0.09")
    [row] = await _rows(at_house)
    assert (row.outcome, row.total_tokens) == ("ok", None)


async def test_the_voice_is_read_by_the_chosen_server(
    at_house: Runtime, house: FakeOpenAI, product: Product
) -> None:
    samples = ["One door opens.", "Two doors open.", "Three doors open."]
    house.faults.append("forbidden")
    told = await voice_reader.read_voice(at_house, product_id=product.id, samples=samples)
    assert told.notice is Notice.BAD_OPENAI_KEY
    async with at_house.unit_of_work() as session:
        await settings_service.change(session, Ai, openai_model="")
    told = await voice_reader.read_voice(at_house, product_id=product.id, samples=samples)
    assert told.notice is Notice.NO_MODEL
    assert house.models_asked == ["house-large"]
