"""The voice with AI: tried on a sentence, read from sample posts, and taken piece by piece."""

import asyncio
import json
from collections.abc import AsyncGenerator

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import build_dispatcher
from core.ai.models import AiUsage
from core.config import Settings
from core.content.models import Content
from core.products import service as products
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.voice_steps import EMPTY, FORM, SAMPLES, collect, open_voice, voice_of
from tests.fakes.anthropic import FakeAnthropic


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    """A stand-in for the model's server."""
    async with FakeAnthropic() as server:
        server.answering = lambda body: json.dumps(FORM)
        yield server


@pytest.fixture
def settings(settings: Settings, claude: FakeAnthropic) -> Settings:
    """Settings whose models live in ``claude``."""
    return settings.model_copy(
        update={
            "anthropic_api_key": SecretStr(claude.key),
            "anthropic_base_url": claude.url,
            "telegram_owner_ids": (OWNER,),
        }
    )


async def count(runtime: Runtime, model: type[Content] | type[AiUsage]) -> int:
    async with runtime.unit_of_work() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_a_sentence_is_said_in_the_voice_and_nothing_is_saved(
    owner: Person, product: Product, runtime: Runtime, claude: FakeAnthropic
) -> None:
    claude.answering = lambda body: json.dumps({"text": "**The leaf** waits for you, 99 times."})
    await open_voice(owner)
    await owner.taps("Try it")
    await owner.says("Our tea is on sale")
    assert "Before\nOur tea is on sale" in owner.text
    assert "After\nThe leaf waits for you" in owner.text
    assert "99" in owner.text.partition("Before")[0]  # a number nobody gave is pointed out
    assert await count(runtime, Content) == 0
    assert await count(runtime, AiUsage) == 2  # the text, and the attempt to repair it
    assert "Finding the words" not in "".join(message.text or "" for message in owner.messages)
    await owner.taps("Another sentence")
    await owner.taps("Cancel")
    assert "Tap a field" in owner.text


async def test_a_failed_try_says_why(owner: Person, product: Product, claude: FakeAnthropic) -> None:
    claude.faults.append("refusal")
    await open_voice(owner)
    await owner.taps("Try it")
    await owner.says("Our tea is on sale")
    assert "declined" in owner.text
    assert "template" not in owner.text
    await owner.taps("‹ Voice")
    assert "Tap a field" in owner.text


async def test_without_a_key_it_is_said_plainly(
    owner: Person, product: Product, runtime: Runtime, claude: FakeAnthropic
) -> None:
    await collect(owner)
    object.__setattr__(runtime, "settings", runtime.settings.model_copy(update={"anthropic_api_key": None}))
    await owner.taps("Read the voice")
    assert "there is no key" in owner.text
    assert "Read the voice · 3" in " ".join(owner.labels)
    await open_voice(owner)
    await owner.taps("Try it")
    assert "there is no key" in owner.text
    assert claude.requests == []


async def test_samples_are_collected_one_by_one(owner: Person, product: Product, runtime: Runtime) -> None:
    await open_voice(owner)
    await owner.taps("Fill from sample posts")
    await owner.forwards(SAMPLES[0])
    assert "At least two more are needed" in owner.text
    assert not any("Read the voice" in label for label in owner.labels)
    await owner.says(SAMPLES[0].upper())
    assert "already here" in owner.text
    await owner.sends_photo()
    assert "no text in that message" in owner.text
    await owner.sends_photo("p2", media_group_id="album")
    assert "no text" not in owner.text
    await owner.sends_photo("p3", caption=SAMPLES[1])
    assert "At least one more is needed" in owner.text
    await owner.says("x" * 4097)
    assert "more than 4,096 characters" in owner.text
    for number in range(8):
        await owner.says(f"Sample {number}")
    assert "That makes 10" in owner.text
    await owner.says("One more")
    assert "no more fit" in owner.text
    assert len([m for m in owner.messages if "Voice from samples" in (m.text or "")]) == 1
    await owner.taps("Remove the last")
    assert "Sample 7" not in owner.text
    await owner.taps("Start over")
    assert "At least three more" in owner.text
    assert await count(runtime, Content) == 0


async def test_samples_survive_leaving_and_a_restart(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await collect(owner, SAMPLES[:2])
    owner.dispatcher = build_dispatcher(runtime)
    await owner.says(SAMPLES[2])
    assert "Read the voice · 3" in " ".join(owner.labels)
    await owner.says("/start")
    await open_voice(owner)
    assert "Samples collected: 3" in owner.text
    await owner.taps("Fill from sample posts")
    assert SAMPLES[2] in owner.text


async def test_the_proposal_is_taken_piece_by_piece(
    owner: Person, product: Product, runtime: Runtime, claude: FakeAnthropic
) -> None:
    await collect(owner)
    await owner.taps("Read the voice")
    assert "4 suggestions" in owner.text
    assert "Personality · 1 of 4" in owner.text
    assert await voice_of(runtime, product) == BrandVoice()
    first = owner.screen
    await owner.taps("Edit")
    await owner.says("x" * 61)
    assert "the limit is 60" in owner.text
    await owner.says("calm, dry")
    assert "calm, dry" in owner.text
    assert await voice_of(runtime, product) == BrandVoice()
    await owner.taps("Accept", on=first)  # it showed other words
    assert "already decided" in (owner.telegram.chats[OWNER][first.message_id].text or "")
    assert await voice_of(runtime, product) == BrandVoice()
    owner.dispatcher = build_dispatcher(runtime)  # a restart forgets nothing
    await owner.taps("Accept")
    assert (await voice_of(runtime, product)).personality == ["calm", "dry"]
    assert "Question · 2 of 4" in owner.text
    await owner.taps("Skip")
    await owner.says("/start")
    await open_voice(owner)
    assert "2 suggestions from your sample posts wait" in owner.text
    await owner.taps("Go through the proposal")
    assert "Emoji · 3 of 4" in owner.text
    emoji = owner.screen
    await asyncio.gather(*(owner.taps("Accept", on=emoji) for _ in range(2)))
    await owner.taps("Accept")
    assert "been through all suggestions" in owner.text
    assert await voice_of(runtime, product) == BrandVoice(
        personality=["calm", "dry"], emoji_set=["🍵"], must_say=["Tea waits"]
    )
    await owner.taps("Accept", on=emoji)
    assert "already decided" in owner.text
    assert len(claude.requests) == 1


async def test_the_rest_can_be_dropped(owner: Person, product: Product, runtime: Runtime) -> None:
    await collect(owner)
    await owner.taps("Read the voice")
    await owner.taps("Drop the rest")
    assert "suggestions are gone" in owner.text
    assert not any("proposal" in label for label in owner.labels)
    assert await voice_of(runtime, product) == BrandVoice()


async def test_a_piece_that_no_longer_fits_is_named_and_can_be_edited(
    owner: Person, product: Product, runtime: Runtime, claude: FakeAnthropic
) -> None:
    claude.answering = lambda body: json.dumps(EMPTY | {"must_say": ["Tea waits"]})
    await collect(owner)
    await owner.taps("Read the voice")
    full = BrandVoice(must_say=["1", "2", "3", "4", "5"])
    async with runtime.unit_of_work() as session:
        await products.change_voice(session, product.id, lambda _: full)
    await owner.taps("Accept")
    assert "That makes 6, and 5 fit" in owner.text
    assert await voice_of(runtime, product) == full
    await owner.taps("Skip")
    assert "been through" in owner.text


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        (["overloaded", "drop"], "connection to the model broke"),
        (["nonsense", "truncated"], "did not fit"),
        (["refusal"], "declined"),
        (["no_credit"], "run out of money"),
        (["forbidden"], "not accepted"),
    ],
)
async def test_a_failed_reading_keeps_the_samples_and_says_why(
    owner: Person, product: Product, claude: FakeAnthropic, faults: list[str], said: str
) -> None:
    claude.faults.extend(faults)
    await collect(owner)
    await owner.taps("Read the voice")
    assert said in owner.text
    assert SAMPLES[0] in owner.text
    await owner.says("A fourth sample. Tea waits.")
    await owner.taps("Read the voice · 4")
    assert "4 suggestions" in owner.text


async def test_a_double_tap_asks_once(owner: Person, product: Product, claude: FakeAnthropic) -> None:
    await collect(owner)
    screen = owner.screen
    await asyncio.gather(*(owner.taps("Read the voice", on=screen) for _ in range(3)))
    assert len(claude.requests) == 1
    await owner.taps("Read the voice", on=screen)  # the samples have been used up
    assert len(claude.requests) == 1


async def test_nothing_new_is_said_too(owner: Person, product: Product, claude: FakeAnthropic) -> None:
    claude.answering = lambda body: json.dumps(EMPTY)
    await collect(owner)
    await owner.taps("Read the voice")
    assert "nothing to add" in owner.text
