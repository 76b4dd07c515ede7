"""Does a streamed answer end like one that comes whole: checked, counted, and with every failure named?"""

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest
from pydantic import AnyHttpUrl, BaseModel, Field, SecretStr

from core.ai import anthropic, openai
from core.ai.provider import (
    Block,
    Charge,
    Completion,
    InvalidAnswer,
    Overloaded,
    ProviderError,
    Refused,
    Request,
    TimedOut,
    Truncated,
    Unreachable,
)
from core.config import Settings
from tests.core.ai.conftest import pointed_at
from tests.fakes.anthropic import FakeAnthropic
from tests.fakes.openai import FakeOpenAI
from tests.fakes.openai_checks import Manners

TEXT = "✨ A pot of tea for two, and nobody hurries."


class Posts(BaseModel):
    """What is asked for."""

    text: str = Field(min_length=1, max_length=4000)


@pytest.fixture
async def house() -> AsyncGenerator[FakeOpenAI]:
    """An OpenAI-compatible server."""
    async with FakeOpenAI() as server:
        yield server


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai, "_learned", {})


def _request(model: str, time_limit: float, idle_limit: float) -> Request[Posts]:
    idea = f'About {{"idea": "{TEXT[2:]}"}}'
    return Request(
        model,
        (Block("Be brief."),),
        idea,
        Posts,
        max_tokens=5000,
        time_limit=time_limit,
        idle_limit=idle_limit,
    )


async def _claude(
    server: FakeAnthropic,
    settings: Settings,
    faults: Sequence[str] = (),
    *,
    idle: float = 20,
    limit: float = 20,
) -> tuple[list[str], Completion[Posts] | ProviderError]:
    server.faults.extend(faults)
    said: list[str] = []
    async with anthropic.opened(pointed_at(server, settings)) as provider:
        try:
            return said, await provider.complete(_request("claude-sonnet-5-5", limit, idle), said.append)
        except ProviderError as error:
            return said, error


async def _house(
    server: FakeOpenAI, settings: Settings, faults: Sequence[str] = (), *, idle: float = 20, limit: float = 20
) -> tuple[list[str], Completion[Posts] | ProviderError]:
    server.faults.extend(faults)
    said: list[str] = []
    there = settings.model_copy(
        update={"openai_api_key": SecretStr("test-key"), "openai_base_url": AnyHttpUrl(server.url)}
    )
    async with openai.opened(there) as provider:
        try:
            return said, await provider.complete(_request("house-large", limit, idle), said.append)
        except ProviderError as error:
            return said, error


async def test_claudes_text_grows_and_is_counted(claude: FakeAnthropic, settings: Settings) -> None:
    said, completion = await _claude(claude, settings, ["thinking"])
    assert isinstance(completion, Completion)
    assert completion.answer.text == said[-1] == TEXT
    assert len(said) > 3
    assert all(TEXT.startswith(part) for part in said)
    assert (completion.usage.input_tokens, completion.usage.output_tokens) == (1200, 300)
    assert claude.requests[0].body["stream"] is True
    assert claude.requests[0].body["output_config"]["format"]["type"] == "json_schema"


async def test_a_compatible_servers_text_grows_and_is_counted(house: FakeOpenAI, settings: Settings) -> None:
    said, completion = await _house(house, settings)
    assert isinstance(completion, Completion)
    assert completion.answer.text == said[-1] == TEXT
    assert len(said) > 3
    assert (completion.usage.input_tokens, completion.usage.output_tokens) == (1200, 300)
    assert house.requests[0].body["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize("fault", ["not_streamed", "no_streaming"])
async def test_claude_behind_a_server_that_does_not_stream(
    claude: FakeAnthropic, settings: Settings, fault: str
) -> None:
    said, completion = await _claude(claude, settings, [fault])
    assert isinstance(completion, Completion)
    assert completion.answer.text == TEXT
    assert said == []


@pytest.mark.parametrize(
    ("manners", "tries"),
    [(Manners(stream=False, stream_options=False), 3), (Manners(stream_options=False), 2)],
)
async def test_a_compatible_server_that_cannot_stream_or_count_is_asked_without(
    house: FakeOpenAI, settings: Settings, manners: Manners, tries: int
) -> None:
    house.manners = manners
    for number in (1, 2):  # what was learned is remembered
        said, completion = await _house(house, settings)
        assert isinstance(completion, Completion)
        assert completion.answer.text == TEXT
        assert bool(said) is manners.stream
        assert len(house.requests) == tries + number - 1


async def test_a_whole_answer_to_a_wish_for_a_stream(house: FakeOpenAI, settings: Settings) -> None:
    said, completion = await _house(house, settings, ["not_streamed"])
    assert isinstance(completion, Completion)
    assert completion.answer.text == TEXT
    assert said == []


@pytest.mark.parametrize(
    ("fault", "error", "charge"),
    [
        ("overloaded", Overloaded, Charge.NONE),
        ("rate_limited", Overloaded, Charge.NONE),
        ("drop", Unreachable, Charge.UNKNOWN),
        ("stream_drop", Unreachable, Charge.UNKNOWN),
        ("stream_end", Unreachable, Charge.UNKNOWN),
        ("stream_error", Overloaded, Charge.UNKNOWN),
        ("stream_stall", TimedOut, Charge.UNKNOWN),
        ("refusal", Refused, Charge.KNOWN),
        ("truncated", Truncated, Charge.KNOWN),
        ("nonsense", InvalidAnswer, Charge.KNOWN),
        ("wrong_shape", InvalidAnswer, Charge.KNOWN),
    ],
)
async def test_claudes_failures(
    claude: FakeAnthropic, settings: Settings, fault: str, error: type[ProviderError], charge: Charge
) -> None:
    _, failed = await _claude(claude, settings, [fault], idle=0.3 if fault == "stream_stall" else 20)
    assert isinstance(failed, error), failed
    assert failed.charge is charge
    assert len(claude.requests) == 1
    if fault.startswith("stream_"):  # what was given is known although the end never came
        assert failed.usage is not None
        assert failed.usage.input_tokens == 1200


@pytest.mark.parametrize(
    ("fault", "error", "charge"),
    [
        ("unavailable", Overloaded, Charge.NONE),
        ("stream_drop", Unreachable, Charge.UNKNOWN),
        ("stream_end", Unreachable, Charge.UNKNOWN),
        ("stream_error", Overloaded, Charge.UNKNOWN),
        ("stream_stall", TimedOut, Charge.UNKNOWN),
        ("refusal", Refused, Charge.KNOWN),
        ("truncated", Truncated, Charge.KNOWN),
    ],
)
async def test_a_compatible_servers_failures(
    house: FakeOpenAI, settings: Settings, fault: str, error: type[ProviderError], charge: Charge
) -> None:
    _, failed = await _house(house, settings, [fault], idle=0.3 if fault == "stream_stall" else 20)
    assert isinstance(failed, error), failed
    assert failed.charge is charge


async def test_nonsense_in_a_stream_is_repaired_once(house: FakeOpenAI, settings: Settings) -> None:
    said, completion = await _house(house, settings, ["nonsense"])
    assert isinstance(completion, Completion)
    assert completion.answer.text == TEXT
    assert said == []
    assert [bool(seen.body.get("stream")) for seen in house.requests] == [True, False]


async def test_a_stream_that_never_ends_is_left_at_the_time_limit(
    claude: FakeAnthropic, house: FakeOpenAI, settings: Settings
) -> None:
    await _claude(claude, settings)  # loads the SDK, which would eat up the limit below
    claude.pace.hold = house.pace.hold = asyncio.Event()  # never set
    for said, failed in (
        await _claude(claude, settings, limit=1.0),
        await _house(house, settings, limit=1.0),
    ):
        assert isinstance(failed, TimedOut)
        assert said  # it had begun
    await asyncio.wait_for(claude.pace.gone.wait(), 5)
    await asyncio.wait_for(house.pace.gone.wait(), 5)
