"""Does every answer the API can give become a checked text or an error that says what to try next?"""

import asyncio
import gc
import sys
from collections.abc import Sequence

import pytest
from pydantic import AnyHttpUrl, BaseModel, Field, SecretStr

from core.ai import anthropic
from core.ai.provider import (
    BadKey,
    BadRequest,
    Block,
    Charge,
    Completion,
    InvalidAnswer,
    ModelGone,
    NoCredit,
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
from tests.e2e.processes import ROOT
from tests.fakes.anthropic import FakeAnthropic


class Posts(BaseModel):
    """What is asked for; the limits must not reach the wire, where they are refused."""

    text: str = Field(min_length=1, max_length=4000)
    tags: list[str] = Field(default_factory=list, max_length=5)


def _request(time_limit: float = 20.0, model: str = "claude-sonnet-5-5") -> Request[Posts]:
    system = (Block("Be brief.", cached=True), Block("Be kind."))
    return Request(model, system, 'About {"idea": "tea"}', Posts, max_tokens=5000, time_limit=time_limit)


async def _ask(
    claude: FakeAnthropic, settings: Settings, faults: Sequence[str] = (), time_limit: float = 20.0
) -> Completion[Posts]:
    claude.faults.extend(faults)
    async with anthropic.opened(pointed_at(claude, settings)) as provider:
        return await provider.complete(_request(time_limit))


async def test_an_answer_is_checked_and_counted(claude: FakeAnthropic, settings: Settings) -> None:
    claude.usage = {"input_tokens": 100, "output_tokens": 20, "cache_read_input_tokens": 900}
    completion = await _ask(claude, settings)
    assert completion.answer.text == "✨ tea"
    assert completion.model == "claude-sonnet-5-5"
    assert (completion.usage.input_tokens, completion.usage.output_tokens) == (1000, 20)
    assert completion.usage.reported["cache_read_input_tokens"] == 900


async def test_what_is_sent(claude: FakeAnthropic, settings: Settings) -> None:
    await _ask(claude, settings)
    [seen] = claude.requests
    assert seen.headers["Authorization"] == "Bearer test-key"
    assert seen.body["system"] == [
        {"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}},
        {"type": "text", "text": "Be kind."},
    ]
    assert seen.body["max_tokens"] == 5000
    assert seen.body["output_config"]["effort"] == "medium"
    assert seen.body["output_config"]["format"]["schema"]["additionalProperties"] is False
    assert not {"temperature", "top_p", "top_k", "thinking", "tool_choice"} & set(seen.body)


@pytest.mark.parametrize("harmless", ["thinking", "fenced"])
async def test_answers_in_another_dress_are_read(
    claude: FakeAnthropic, settings: Settings, harmless: str
) -> None:
    assert (await _ask(claude, settings, [harmless])).answer.text == "✨ tea"


@pytest.mark.parametrize(
    ("fault", "error", "another", "charge"),
    [
        ("rate_limited", Overloaded, True, Charge.NONE),
        ("overloaded", Overloaded, True, Charge.NONE),
        ("broken", Overloaded, True, Charge.NONE),
        ("unavailable", Overloaded, True, Charge.NONE),
        ("model_gone", ModelGone, True, Charge.NONE),
        ("no_credit", NoCredit, False, Charge.NONE),
        ("low_balance", NoCredit, False, Charge.NONE),
        ("forbidden", BadKey, False, Charge.NONE),
        ("bad_request", BadRequest, False, Charge.NONE),
        ("too_large", BadRequest, False, Charge.NONE),
        ("drop", Unreachable, True, Charge.UNKNOWN),
        ("cut", Unreachable, True, Charge.UNKNOWN),
        ("html", InvalidAnswer, True, Charge.UNKNOWN),
        ("half_json", InvalidAnswer, True, Charge.UNKNOWN),
        ("list", InvalidAnswer, True, Charge.UNKNOWN),
        ("truncated", Truncated, True, Charge.KNOWN),
        ("nonsense", InvalidAnswer, True, Charge.KNOWN),
        ("wrong_shape", InvalidAnswer, True, Charge.KNOWN),
        ("pause", InvalidAnswer, True, Charge.KNOWN),
        ("refusal", Refused, False, Charge.KNOWN),
    ],
)
async def test_failures(
    claude: FakeAnthropic,
    settings: Settings,
    fault: str,
    error: type[ProviderError],
    another: bool,
    charge: Charge,
) -> None:
    with pytest.raises(error) as caught:
        await _ask(claude, settings, [fault])
    assert caught.value.try_another_model is another
    assert caught.value.charge is charge
    assert (caught.value.usage is not None) is (charge is Charge.KNOWN)
    assert len(claude.requests) == 1  # never repeated by the SDK on its own
    assert "test-key" not in str(caught.value)


async def test_a_slow_answer_ends_at_the_time_limit(claude: FakeAnthropic, settings: Settings) -> None:
    began = asyncio.get_running_loop().time()
    with pytest.raises(TimedOut) as caught:
        await _ask(claude, settings, ["slow"], time_limit=0.5)
    assert asyncio.get_running_loop().time() - began < 5
    assert caught.value.charge is Charge.UNKNOWN


async def test_a_wrong_key(claude: FakeAnthropic, settings: Settings) -> None:
    async with anthropic.opened(pointed_at(claude, settings, "wrong")) as provider:
        with pytest.raises(BadKey):
            await provider.complete(_request())


@pytest.mark.parametrize("key", ["ключ", "a\nb", "a b"])
async def test_a_key_no_header_may_hold(claude: FakeAnthropic, settings: Settings, key: str) -> None:
    with pytest.raises(BadKey) as caught:
        async with anthropic.opened(pointed_at(claude, settings, key)):
            pass
    assert key not in str(caught.value)
    assert claude.requests == []


async def test_nobody_at_the_address(settings: Settings) -> None:
    """A refused connection cannot have cost anything."""
    elsewhere = settings.model_copy(
        update={"anthropic_api_key": SecretStr("k"), "anthropic_base_url": AnyHttpUrl("http://127.0.0.1:9")}
    )
    async with anthropic.opened(elsewhere) as provider:
        with pytest.raises(Unreachable) as caught:
            await provider.complete(_request())
    assert caught.value.charge is Charge.NONE


async def test_a_model_without_effort_is_asked_without_it(claude: FakeAnthropic, settings: Settings) -> None:
    async with anthropic.opened(pointed_at(claude, settings)) as provider:
        await provider.complete(_request(model="claude-haiku-4-5"))
    assert "effort" not in claude.requests[0].body["output_config"]


async def test_everything_is_closed_afterwards(claude: FakeAnthropic, settings: Settings) -> None:
    """An unclosed connection would warn when collected, and warnings are errors here."""
    await _ask(claude, settings)
    gc.collect()


async def test_importing_our_module_does_not_load_the_sdk() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sys, core.ai.writer; sys.exit('anthropic' in sys.modules)",
        cwd=ROOT,
    )
    assert await process.wait() == 0
