"""Does the owner see who writes, and what an OpenAI-compatible server still lacks?"""

from collections.abc import AsyncGenerator

import pytest
from pydantic import AnyHttpUrl

from core.ai import openai
from core.channels.models import Channel
from core.config import Settings
from core.runtime import Runtime
from core.settings import service as settings_service
from core.settings.service import Ai
from tests.bot.person import Person
from tests.fakes.openai import FakeOpenAI


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[FakeOpenAI]:
    """A server on the owner's desk, which asks for no key."""
    monkeypatch.setattr(openai, "_learned", {})
    async with FakeOpenAI(key=None) as server:
        yield server


@pytest.fixture
def settings(settings: Settings, house: FakeOpenAI) -> Settings:
    """Settings with the server's address."""
    return settings.model_copy(update={"openai_base_url": AnyHttpUrl(house.url)})


async def _choose(runtime: Runtime, **fields: str) -> None:
    async with runtime.unit_of_work() as session:
        await settings_service.change(session, Ai, provider="openai", **fields)


async def test_a_model_that_is_missing_is_named_wherever_it_matters(
    owner: Person, runtime: Runtime, channel: Channel, house: FakeOpenAI
) -> None:
    await _choose(runtime)
    for command in ("/start", "/status"):
        await owner.says(command)
        assert "ai.openai_model" in owner.text
    await owner.says("We open on Friday")
    assert "no model is chosen" in owner.text
    assert house.requests == []


async def test_a_local_model_writes_the_draft(
    owner: Person, runtime: Runtime, channel: Channel, house: FakeOpenAI
) -> None:
    await _choose(runtime, openai_model="house-large")
    await owner.says("/start")
    assert "key for AI" not in owner.text
    await owner.says("/status")
    assert "Texts are written by AI: house-large" in owner.text
    await owner.says("We open on Friday")
    assert "✨ We open on Friday" in owner.text
    assert "without AI" not in owner.text
    assert house.models_asked == ["house-large"]


async def test_a_server_that_wants_a_key_after_all(
    owner: Person, runtime: Runtime, channel: Channel, house: FakeOpenAI
) -> None:
    await _choose(runtime, openai_model="house-large")
    house.key = "another"
    await owner.says("We open on Friday")
    assert "Check OPENAI_API_KEY" in owner.text
