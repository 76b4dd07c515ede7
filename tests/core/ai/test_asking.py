"""Is each failure met in its own way: waited for, asked for in a smaller form, passed on, or stopped at once?"""

import asyncio
import json
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from core.ai import writer
from core.ai.listening import Listening
from core.ai.models import AiUsage
from core.ai.notices import Notice
from core.ai.stopping import Stopped
from core.ai.writer import Draft
from core.products.models import Product
from core.runtime import Runtime
from tests.fakes.anthropic import FakeAnthropic

IDEA = "Открываем вторую кофейню в пятницу. Первым гостям наливаем бесплатно, потом как получится."
DEFAULT, FALLBACK = "claude-sonnet-5-5", "claude-haiku-5-5"


async def _write(runtime: Runtime, product: Product, **fields: Any) -> Draft:
    return await writer.write_post(
        runtime, product_id=product.id, **{"idea": IDEA, "platforms": ["telegram"]} | fields
    )


async def _rows(runtime: Runtime) -> list[AiUsage]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(AiUsage).order_by(AiUsage.id)))


async def test_a_short_retry_after_is_waited_for_once(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.faults.append("rate_limited_briefly")
    draft = await _write(connected, product)
    assert claude.models_asked == [DEFAULT, DEFAULT]
    assert draft.notice is None
    claude.requests.clear()
    claude.faults.extend(["rate_limited_briefly", "rate_limited_briefly"])
    draft = await _write(connected, product)
    assert claude.models_asked == [DEFAULT, DEFAULT, FALLBACK]
    assert draft.notice is Notice.FALLBACK_MODEL


async def test_a_long_retry_after_is_not_waited_for(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.faults.append("rate_limited")  # asks for more than an hour
    async with asyncio.timeout(20):
        draft = await _write(connected, product)
    assert claude.models_asked == [DEFAULT, FALLBACK]
    assert draft.notice is Notice.FALLBACK_MODEL


async def test_an_answer_that_was_cut_off_is_asked_for_with_fewer_platforms(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.faults.append("truncated")
    draft = await _write(connected, product, platforms=["telegram", "bluesky"], shown="bluesky")
    assert claude.models_asked == [DEFAULT, DEFAULT]
    whole, small = (seen.body["output_config"] for seen in claude.requests)
    assert set(whole["format"]["schema"]["properties"]) == {"text", "for_telegram", "for_bluesky"}
    assert set(small["format"]["schema"]["properties"]) == {"text"}
    assert (whole["effort"], small["effort"]) == ("medium", "low")
    assert "at most 600 characters" in claude.requests[1].content
    assert (draft.notice, draft.adapted, draft.made_by) == (Notice.SMALLER, {}, "ai")
    assert [row.outcome for row in await _rows(connected)] == ["truncated", "ok"]
    assert draft.cost_usd == Decimal("0.0108")  # both calls


async def test_cut_off_twice_goes_to_the_fallback_model_in_the_small_form(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.faults.extend(["truncated", "truncated"])
    draft = await _write(connected, product)
    assert claude.models_asked == [DEFAULT, DEFAULT, FALLBACK]
    assert "at most 600 characters" in claude.requests[2].content
    assert draft.notice is Notice.SMALLER
    claude.faults.extend(["truncated"] * 3)
    assert (await _write(connected, product)).notice is Notice.TRUNCATED


async def test_the_text_for_the_shown_platform_comes_first(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    said: list[str] = []
    claude.answering = lambda body: json.dumps(
        {"for_bluesky": "Short one.", "text": "For all.", "for_telegram": "Long one."}
    )
    draft = await _write(
        connected,
        product,
        platforms=["telegram", "bluesky"],
        shown="bluesky",
        listening=Listening(said.append),
    )
    assert said[-1] == "Short one."
    assert draft.adapted == {"telegram": {"text": "Long one."}, "bluesky": {"text": "Short one."}}
    properties = claude.requests[0].body["output_config"]["format"]["schema"]["properties"]
    assert next(iter(properties)) == "for_bluesky"


async def test_a_stopped_text_stands_as_far_as_it_makes_sense(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.pace.hold = asyncio.Event()
    heard: list[str] = []
    enough = asyncio.Event()

    def listen(text: str) -> None:
        heard.append(text)
        if "пятницу. " in text:
            enough.set()

    listening = Listening(listen)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(_write(connected, product, listening=listening))
        await enough.wait()
        listening.stop.ask()
    draft = writing.result()
    assert (draft.text, draft.notice, draft.made_by) == (
        "✨ Открываем вторую кофейню в пятницу.",
        Notice.STOPPED,
        "ai",
    )
    [row] = await _rows(connected)
    assert row.outcome == "stopped"
    assert row.cost_usd is not None
    assert row.cost_usd > Decimal("0.0054")  # all that it can have cost, not what a whole answer costs
    await asyncio.wait_for(claude.pace.gone.wait(), 5)  # the provider is not left writing
    assert claude.models_asked == [DEFAULT]


@pytest.mark.parametrize("watched", [True, False])
async def test_stopped_before_a_sentence_there_is_no_draft(
    connected: Runtime, claude: FakeAnthropic, product: Product, watched: bool
) -> None:
    await _write(connected, product)  # loads the SDK
    claude.faults.append("slow")
    listening = Listening((lambda text: None) if watched else None)
    reached = asyncio.Event()
    claude.on_request = reached.set

    async def stop() -> None:
        await reached.wait()
        listening.stop.ask()

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(stop())
        with pytest.raises(Stopped):
            await _write(connected, product, listening=listening)
    assert [row.outcome for row in await _rows(connected)] == ["ok", "stopped"]


async def test_a_stop_before_the_call_costs_nothing(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    listening = Listening()
    listening.stop.ask()
    with pytest.raises(Stopped):
        await _write(connected, product, listening=listening)
    assert claude.requests == []
    [row] = await _rows(connected)
    assert (row.outcome, row.cost_usd) == ("stopped", Decimal(0))


async def test_a_stream_that_breaks_goes_to_the_fallback_model(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.faults.append("stream_drop")
    said: list[str] = []
    draft = await _write(connected, product, listening=Listening(said.append))
    assert claude.models_asked == [DEFAULT, FALLBACK]
    assert draft.notice is Notice.FALLBACK_MODEL
    assert said[-1] == draft.text
    broken, whole = await _rows(connected)
    assert (broken.outcome, broken.input_tokens) == ("unreachable", 1200)
    assert broken.cost_usd is not None
    assert whole.cost_usd is not None
    assert broken.cost_usd > whole.cost_usd  # the reserved amount stays
