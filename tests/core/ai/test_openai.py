"""Does every answer a compatible server can give become a checked text, or an error that says what to try next?"""

import asyncio
import gc
from collections.abc import AsyncGenerator, Sequence
from decimal import Decimal

import pytest
from pydantic import AnyHttpUrl, BaseModel, Field, SecretStr

from core.ai import openai, prices
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
from tests.fakes.openai import FakeOpenAI
from tests.fakes.openai_checks import Manners


class Posts(BaseModel):
    """What is asked for; the limits must not reach the wire, where strict schemas refuse them."""

    text: str = Field(min_length=1, max_length=4000)
    tags: list[str] = Field(default_factory=list, max_length=5)


@pytest.fixture
async def server() -> AsyncGenerator[FakeOpenAI]:
    """A server of this test's own."""
    async with FakeOpenAI() as fake:
        yield fake


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai, "_learned", {})


def _pointed_at(server: FakeOpenAI, settings: Settings, key: str | None = "test-key") -> Settings:
    return settings.model_copy(
        update={"openai_api_key": SecretStr(key) if key else None, "openai_base_url": AnyHttpUrl(server.url)}
    )


def _request(time_limit: float = 20.0, model: str = "house-large") -> Request[Posts]:
    return Request(
        model,
        (Block("Be brief.", cached=True), Block("Be kind.")),
        'About {"idea": "tea"}',
        Posts,
        max_tokens=6000,
        temperature=0.7,
        time_limit=time_limit,
    )


async def _ask(
    server: FakeOpenAI, settings: Settings, faults: Sequence[str] = (), time_limit: float = 20.0
) -> Completion[Posts]:
    server.faults.extend(faults)
    async with openai.opened(_pointed_at(server, settings)) as provider:
        return await provider.complete(_request(time_limit))


async def test_an_answer_is_checked_and_counted(server: FakeOpenAI, settings: Settings) -> None:
    server.usage = {
        "prompt_tokens": 1000, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": 900},
    }  # fmt: skip
    completion = await _ask(server, settings)
    assert completion.answer.text == "✨ tea"
    assert completion.model == "house-large"
    assert (completion.usage.input_tokens, completion.usage.output_tokens) == (1000, 20)
    assert completion.usage.reported["prompt_tokens_details"] == {"cached_tokens": 900}


async def test_what_is_sent(server: FakeOpenAI, settings: Settings) -> None:
    await _ask(server, settings)
    [seen] = server.requests
    assert seen.headers["Authorization"] == "Bearer test-key"
    assert seen.system == "Be brief.\n\nBe kind."
    assert seen.content == 'About {"idea": "tea"}'
    assert set(seen.body) == {"model", "messages", "max_tokens", "temperature", "response_format"}
    assert (seen.body["max_tokens"], seen.body["temperature"]) == (6000, 0.7)
    wanted = seen.body["response_format"]["json_schema"]
    assert wanted["strict"] is True
    assert wanted["schema"]["required"] == ["text", "tags"]


async def test_a_local_server_needs_no_key(settings: Settings) -> None:
    async with FakeOpenAI(key=None) as local, openai.opened(_pointed_at(local, settings, None)) as provider:
        assert (await provider.complete(_request())).answer.text == "✨ tea"
    assert "Authorization" not in local.requests[0].headers


async def test_the_rest_of_the_address_is_kept(server: FakeOpenAI, settings: Settings) -> None:
    odd = settings.model_copy(update={"openai_base_url": AnyHttpUrl(f"{server.url}/?api-version=1")})
    async with openai.opened(odd.model_copy(update={"openai_api_key": SecretStr("test-key")})) as provider:
        await provider.complete(_request())
    assert len(server.requests) == 1


@pytest.mark.parametrize("harmless", ["fenced", "chatty", "thinking", "parts", "no_reason"])
async def test_answers_in_another_dress_are_read(
    server: FakeOpenAI, settings: Settings, harmless: str
) -> None:
    assert (await _ask(server, settings, [harmless])).answer.text == "✨ tea"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fault", "error", "another", "charge"),
    [
        ("rate_limited", Overloaded, True, Charge.NONE),
        ("rate_limited_otherwise", Overloaded, True, Charge.NONE),
        ("broken", Overloaded, True, Charge.NONE),
        ("bad_gateway", Overloaded, True, Charge.NONE),
        ("unavailable", Overloaded, True, Charge.NONE),
        ("model_gone", ModelGone, True, Charge.NONE),
        ("not_a_model", ModelGone, True, Charge.NONE),
        ("no_credit", NoCredit, False, Charge.NONE),
        ("no_quota", NoCredit, False, Charge.NONE),
        ("forbidden", BadKey, False, Charge.NONE),
        ("filtered", Refused, False, Charge.NONE),
        ("bad_request", BadRequest, False, Charge.NONE),
        ("unprocessable", BadRequest, False, Charge.NONE),
        ("too_large", BadRequest, False, Charge.NONE),
        ("no_such_page", BadRequest, False, Charge.NONE),
        ("redirect", BadRequest, False, Charge.NONE),
        ("drop", Unreachable, True, Charge.UNKNOWN),
        ("cut", Unreachable, True, Charge.UNKNOWN),
        ("html", InvalidAnswer, True, Charge.UNKNOWN),
        ("half_json", InvalidAnswer, True, Charge.UNKNOWN),
        ("list", InvalidAnswer, True, Charge.UNKNOWN),
        ("no_choices", InvalidAnswer, True, Charge.UNKNOWN),
        ("words_inside", InvalidAnswer, True, Charge.UNKNOWN),
        ("endless", InvalidAnswer, True, Charge.UNKNOWN),
        ("error_inside", Overloaded, True, Charge.UNKNOWN),
        ("limit_inside", Overloaded, True, Charge.NONE),
        ("truncated", Truncated, True, Charge.KNOWN),
        ("tool", InvalidAnswer, True, Charge.KNOWN),
        ("refusal", Refused, False, Charge.KNOWN),
        ("content_filter", Refused, False, Charge.KNOWN),
    ],
)
async def test_failures(
    server: FakeOpenAI,
    settings: Settings,
    fault: str,
    error: type[ProviderError],
    another: bool,
    charge: Charge,
) -> None:
    with pytest.raises(error) as caught:
        await _ask(server, settings, [fault])
    assert type(caught.value) is error
    assert caught.value.try_another_model is another
    assert caught.value.charge is charge
    assert (caught.value.usage is not None) is (charge is Charge.KNOWN)
    assert len(server.requests) == 1  # never repeated on its own


async def test_how_long_to_wait_is_told_and_not_waited(server: FakeOpenAI, settings: Settings) -> None:
    began = asyncio.get_running_loop().time()
    with pytest.raises(Overloaded, match="Retry-After: 4000"):
        await _ask(server, settings, ["rate_limited"])
    assert asyncio.get_running_loop().time() - began < 5


async def test_a_wrong_address_is_explained(server: FakeOpenAI, settings: Settings) -> None:
    for fault in ("no_such_page", "redirect"):
        with pytest.raises(BadRequest, match="/v1"):
            await _ask(server, settings, [fault])


@pytest.mark.parametrize("fault", ["nonsense", "wrong_shape", "empty"])
async def test_an_answer_of_another_shape_is_repaired_once(
    server: FakeOpenAI, settings: Settings, fault: str
) -> None:
    completion = await _ask(server, settings, [fault])
    assert completion.answer.text == "✨ tea"
    assert (completion.usage.input_tokens, completion.usage.output_tokens) == (2400, 600)
    assert completion.usage.reported["total_tokens"] == 3000
    first, second = server.requests
    assert second.body["messages"][:2] == first.body["messages"]
    assert '"required": ["text", "tags"]' in second.content  # in words, for servers that ignore the format
    assert ("text" if fault == "wrong_shape" else "no JSON") in second.content


async def test_and_not_twice(server: FakeOpenAI, settings: Settings) -> None:
    with pytest.raises(InvalidAnswer) as caught:
        await _ask(server, settings, ["nonsense", "wrong_shape"])
    assert len(server.requests) == 2
    assert caught.value.usage is not None
    assert caught.value.usage.input_tokens == 2400


@pytest.mark.parametrize(
    ("fault", "error", "charge", "tokens"),
    [
        ("rate_limited", Overloaded, Charge.KNOWN, 1200),
        ("truncated", Truncated, Charge.KNOWN, 2400),
        ("refusal", Refused, Charge.KNOWN, 2400),
        ("drop", Unreachable, Charge.UNKNOWN, None),
    ],
)
async def test_a_repair_that_fails_leaves_the_first_call_on_the_books(
    server: FakeOpenAI,
    settings: Settings,
    fault: str,
    error: type[ProviderError],
    charge: Charge,
    tokens: int | None,
) -> None:
    with pytest.raises(error) as caught:
        await _ask(server, settings, ["nonsense", fault])
    assert caught.value.charge is charge
    assert (caught.value.usage.input_tokens if caught.value.usage else None) == tokens


@pytest.mark.parametrize("faults", [["slow"], ["nonsense", "slow"]])
async def test_the_time_limit_covers_everything(
    server: FakeOpenAI, settings: Settings, faults: list[str]
) -> None:
    began = asyncio.get_running_loop().time()
    with pytest.raises(TimedOut) as caught:
        await _ask(server, settings, faults, time_limit=0.7)
    assert asyncio.get_running_loop().time() - began < 5
    assert caught.value.charge is Charge.UNKNOWN


_BOTH = frozenset({"max_tokens", "max_completion_tokens"})


@pytest.mark.parametrize(
    ("manners", "last", "tries"),
    [
        (Manners(temperature=False, effort=True), {"reasoning_effort": "medium"}, 2),
        (Manners(temperature=False), {"temperature": None, "reasoning_effort": None}, 3),
        (
            Manners(tokens=frozenset({"max_completion_tokens"})),
            {"max_completion_tokens": 6000, "max_tokens": None},
            2,
        ),
        (Manners(formats=frozenset({"json_object"})), {"response_format": {"type": "json_object"}}, 2),
        (Manners(formats=frozenset()), {"response_format": None}, 3),
        (Manners(most_tokens=4096), {"max_tokens": 2000}, 2),
        (
            Manners(frozenset(), frozenset({"max_completion_tokens"}), temperature=False, most_tokens=4096),
            {"max_completion_tokens": 2000, "response_format": None, "temperature": None},
            7,
        ),
    ],
)
async def test_what_a_server_does_not_take_is_left_out_and_remembered(
    server: FakeOpenAI, settings: Settings, manners: Manners, last: dict[str, object], tries: int
) -> None:
    server.manners = manners
    assert (await _ask(server, settings)).answer.text == "✨ tea"
    sent = server.requests[-1].body
    assert {name: sent.get(name) for name in last} == last
    assert len(server.requests) == tries
    assert (await _ask(server, settings)).answer.text == "✨ tea"
    again = (
        2 if manners.most_tokens == 4096 else 1
    )  # the next text may be shorter: its full length is tried anew
    assert len(server.requests) == tries + again


async def test_a_prompt_without_room_may_fit_another_model(server: FakeOpenAI, settings: Settings) -> None:
    with pytest.raises(Truncated) as caught:
        await _ask(server, settings, ["no_room", "no_room"])
    assert caught.value.charge is Charge.NONE
    assert [seen.body["max_tokens"] for seen in server.requests] == [6000, 2000]


async def test_a_schema_in_words_reaches_the_prompt(server: FakeOpenAI, settings: Settings) -> None:
    server.manners = Manners(formats=frozenset())
    await _ask(server, settings)
    assert '"required": ["text", "tags"]' in server.requests[-1].system


async def test_openai_itself_is_asked_by_the_new_name(settings: Settings) -> None:
    """The old one costs a refusal with its newer models."""
    at_openai = settings.model_copy(update={"openai_api_key": SecretStr("test-key")})
    async with openai.opened(at_openai) as provider:
        assert provider._dialect.tokens == "max_completion_tokens"
        assert provider._url == "https://api.openai.com/v1/chat/completions"
        assert (provider.terms.price_list, provider.terms.repairs) == ("openai", True)


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None}, {"prompt_tokens": -1}])
async def test_a_server_that_does_not_count(
    server: FakeOpenAI, settings: Settings, usage: dict[str, object] | None
) -> None:
    server.usage = usage
    completion = await _ask(server, settings)
    assert completion.usage.reported == {}
    assert (await _ask(server, settings, ["nonsense"])).usage.reported == {}


async def test_an_unknown_model(server: FakeOpenAI, settings: Settings) -> None:
    async with openai.opened(_pointed_at(server, settings)) as provider:
        with pytest.raises(ModelGone):
            await provider.complete(_request(model="claude-sonnet-5-5"))


async def test_a_wrong_key_is_not_repeated(server: FakeOpenAI, settings: Settings) -> None:
    async with openai.opened(_pointed_at(server, settings, "wrong-secret")) as provider:
        with pytest.raises(BadKey) as caught:
            await provider.complete(_request())
    assert "wrong-secret" not in str(caught.value)  # the server says it, we do not


@pytest.mark.parametrize("key", ["ключ", "a\nb", "a b"])
async def test_a_key_no_header_may_hold(server: FakeOpenAI, settings: Settings, key: str) -> None:
    with pytest.raises(BadKey) as caught:
        async with openai.opened(_pointed_at(server, settings, key)):
            pass
    assert key not in str(caught.value)
    assert server.requests == []


async def test_openai_itself_needs_a_key(settings: Settings) -> None:
    with pytest.raises(BadKey):
        async with openai.opened(settings):
            pass


async def test_nobody_at_the_address(settings: Settings) -> None:
    """A refused connection cannot have cost anything."""
    elsewhere = settings.model_copy(update={"openai_base_url": AnyHttpUrl("http://127.0.0.1:9/v1")})
    async with openai.opened(elsewhere) as provider:
        with pytest.raises(Unreachable) as caught:
            await provider.complete(_request())
    assert caught.value.charge is Charge.NONE


async def test_everything_is_closed_afterwards(server: FakeOpenAI, settings: Settings) -> None:
    """An unclosed session would warn when collected, and warnings are errors here."""
    await _ask(server, settings)
    gc.collect()


def test_prices_are_those_of_the_server() -> None:
    used = {"prompt_tokens": 1_000_000, "completion_tokens": 0}
    assert prices.list_for("https://api.openai.com/v1") == "openai"
    assert prices.list_for("http://127.0.0.1:11434/v1") is None
    plain = prices.cost("gpt-4o-mini", used, "openai")
    assert plain == Decimal("0.15")
    half = used | {"prompt_tokens_details": {"cached_tokens": 500_000}}
    cached = prices.cost("gpt-4o-mini", half, "openai")
    assert cached is not None
    assert cached < plain
    assert prices.cost("openai/gpt-4o-mini", used, prices.list_for("https://openrouter.ai/api/v1")) == plain
    # A list without a way to count is counted as all of them do.
    assert prices.cost("meta-llama/Llama-3.3-70B-Instruct-Turbo", used, "together") == Decimal("0.88")


@pytest.mark.parametrize("used", [{}, {"prompt_tokens": -1, "completion_tokens": "x"}])
def test_numbers_that_make_no_sense_have_no_price(used: dict[str, object]) -> None:
    assert prices.cost("gpt-4o-mini", used, "openai") is None
    assert prices.cost("meta-llama/Llama-3.3-70B-Instruct-Turbo", used, "together") is None


def test_a_local_model_has_no_price_whatever_its_name() -> None:
    used = {"prompt_tokens": 1000, "completion_tokens": 100}
    assert prices.cost("gpt-4o-mini", used, None) is None
    assert prices.upper_bound("gpt-4o-mini", prompt_bytes=1000, max_tokens=100, price_list=None) is None


@pytest.mark.parametrize("model", ["gpt-4o-mini", "gpt-5.1"])
def test_the_upper_bound_is_above_every_way_to_count(model: str) -> None:
    prompt_bytes = 10_000 * prices.BYTES_PER_TOKEN
    most = prices.upper_bound(model, prompt_bytes=prompt_bytes, max_tokens=1000, price_list="openai")
    used = {"prompt_tokens": 10_000, "completion_tokens": 1000}
    plain = prices.cost(model, used, "openai")
    assert most is not None
    assert plain is not None
    assert most >= plain
