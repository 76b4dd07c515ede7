"""What do the tests of AI share? A strict server in place of Anthropic's, and a runtime that points at it."""

import dataclasses
from collections.abc import AsyncGenerator

import pytest
from pydantic import SecretStr

from core.config import Settings
from core.products import service as products
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from tests.fakes.anthropic import FakeAnthropic


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    """A server of this test's own."""
    async with FakeAnthropic() as server:
        yield server


def pointed_at(server: FakeAnthropic, settings: Settings, key: str | None = None) -> Settings:
    """``settings`` with the address of ``server`` and a key, the right one if none is given."""
    return settings.model_copy(
        update={"anthropic_api_key": SecretStr(key or server.key), "anthropic_base_url": server.url}
    )


@pytest.fixture
def connected(runtime: Runtime, claude: FakeAnthropic) -> Runtime:
    """A runtime whose models live in ``claude``."""
    return dataclasses.replace(runtime, settings=pointed_at(claude, runtime.settings))


@pytest.fixture
async def product(runtime: Runtime) -> Product:
    """A product with a voice."""
    voice = BrandVoice(
        personality=["calm"], emoji_set=["🌟", "✨"], tone_examples={"announcement": "A door opens."}
    )
    async with runtime.unit_of_work() as session:
        return await products.create(
            session, name="Nota", description="Notes that find themselves", brand_voice=voice
        )
