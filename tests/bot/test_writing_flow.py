"""Does a text grow before the owner's eyes, can it be stopped, and does the card come back whatever happens?"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram.exceptions import TelegramNetworkError, TelegramNotFound
from aiogram.methods import SendMessageDraft
from aiogram.types import Chat, MessageGenerationStopped
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import build_dispatcher
from bot.dispatcher import Dispatcher
from bot.screens.writing import showing
from core.ai.models import AiUsage
from core.channels.models import Channel
from core.config import Settings
from core.content.models import Content
from core.runtime import Runtime
from core.settings import service as settings_service
from tests.bot.conftest import OWNER, STRANGER
from tests.bot.person import Person
from tests.fakes.anthropic import FakeAnthropic

IDEA = "We open a second shop on Friday. Come by, the first cup is on us, and the second one is not"
WRITTEN = f"✨ {IDEA}"


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    """A model that answers with the idea."""
    async with FakeAnthropic() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, claude: FakeAnthropic) -> Settings:
    """Settings with the model's address."""
    return settings.model_copy(
        update={"anthropic_api_key": SecretStr(claude.key), "anthropic_base_url": claude.url}
    )


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "_DRAFT_EVERY", 0)
    monkeypatch.setattr(showing, "_EDIT_EVERY", 0)


@pytest.fixture
def held(claude: FakeAnthropic) -> asyncio.Event:
    """Has the model say half and wait for this event with the rest."""
    claude.pace.hold = asyncio.Event()
    return claude.pace.hold


async def _content(runtime: Runtime) -> Content:
    async with runtime.unit_of_work() as session:
        return (await session.scalars(select(Content))).one()


async def _outcomes(runtime: Runtime) -> list[str | None]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(AiUsage.outcome).order_by(AiUsage.id)))


async def _until_shown(owner: Person, words: str) -> Any:
    """Wait until the growing draft says ``words``."""
    while True:
        draft = owner.telegram.drafts.get(OWNER)
        if draft is not None and words in draft.text:
            return draft
        owner.telegram.draft_came.clear()
        await owner.telegram.draft_came.wait()


async def _until_edited(owner: Person, words: str) -> None:
    while not owner.messages or words not in owner.text:
        owner.telegram.edit_came.clear()
        await owner.telegram.edit_came.wait()


async def _stops(owner: Person, draft_id: int, chat_id: int = OWNER) -> None:
    stopped = MessageGenerationStopped(chat=Chat(id=chat_id, type="private"), draft_id=draft_id)
    await owner.feed(stopped_message_generation=stopped)


async def test_the_text_grows_as_a_draft_and_becomes_the_card(
    owner: Person, runtime: Runtime, channel: Channel, held: asyncio.Event
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(IDEA))
        draft = await _until_shown(owner, "second shop")
        assert WRITTEN.startswith(draft.text)
        assert draft.can_stop
        assert len(owner.messages) == 1
        held.set()
    assert WRITTEN in owner.text
    assert "Approve" in " ".join(owner.labels)
    assert len(owner.messages) == 1  # the progress message is gone
    assert owner.telegram.drafts == {}
    drafts = owner.telegram.named("sendMessageDraft")
    assert drafts[0].text == ""  # thinking
    assert len({call.draft_id for call in drafts}) == 1
    assert owner.telegram.named("sendChatAction")
    assert await _outcomes(runtime) == ["ok"]


async def test_telegrams_own_stop_button_keeps_what_is_written(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic, held: asyncio.Event
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(IDEA))
        draft = await _until_shown(owner, "Friday. ")
        await _stops(owner, draft.draft_id)
    assert "What was written by then is kept" in owner.text
    assert "✨ We open a second shop on Friday." in owner.text
    found = await _content(runtime)
    assert (found.original_text, found.made_by, found.version) == (
        "✨ We open a second shop on Friday.",
        "ai",
        2,
    )
    assert await _outcomes(runtime) == ["stopped"]
    await claude.pace.gone.wait()


async def test_our_stop_button_before_a_sentence_leaves_the_text_as_it_was(
    owner: Person, runtime: Runtime, channel: Channel, held: asyncio.Event, claude: FakeAnthropic
) -> None:
    idea = "A second shop and many, many words without any end to them at all so that half is no sentence"
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(idea))
        await _until_shown(owner, "second shop")
        await owner.taps("Stop")
        await owner.taps("Stop", on=owner.messages[0])
    assert "stays as it was" in owner.text
    assert idea in owner.text
    assert (await _content(runtime)).version == 1
    assert len(owner.messages) == 1
    assert await _outcomes(runtime) == ["stopped"]


async def test_where_drafts_are_refused_the_progress_message_grows(
    owner: Person, runtime: Runtime, channel: Channel, held: asyncio.Event
) -> None:
    method = SendMessageDraft(chat_id=OWNER, draft_id=1)
    owner.telegram.fail("sendMessageDraft", TelegramNotFound(method=method, message="Not Found"))
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(IDEA))
        await _until_edited(owner, "second shop")
        assert "Writing" in owner.text
        assert owner.labels == ["⏹ Stop", "📝 Use my text as it is"]
        held.set()
    assert WRITTEN in owner.text
    assert len(owner.messages) == 1
    await owner.taps("Rewrite")
    await owner.taps("Anew")
    assert len(owner.telegram.named("sendMessageDraft")) == 1  # not tried again and again


async def test_a_draft_that_fails_in_passing_does_not_end_the_text(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    method = SendMessageDraft(chat_id=OWNER, draft_id=1)
    for _ in range(2):
        owner.telegram.fail("sendMessageDraft", TelegramNetworkError(method=method, message="gone"))
    await owner.says(IDEA)
    assert WRITTEN in owner.text


async def test_with_streaming_switched_off_nothing_grows_but_stopping_works(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    async with runtime.unit_of_work() as session:
        await settings_service.change(session, settings_service.General, stream_drafts=False)
    claude.faults.append("slow")
    reached = asyncio.Event()
    claude.on_request = reached.set
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(IDEA))
        await reached.wait()
        await owner.taps("Stop")
    assert "stays as it was" in owner.text
    assert owner.telegram.named("sendMessageDraft") == []
    assert "stream" not in claude.requests[0].body


async def test_without_ai_nothing_pretends_to_think(
    owner: Person, runtime: Runtime, channel: Channel, settings: Settings
) -> None:
    async with runtime.unit_of_work() as session:
        await settings_service.change(session, settings_service.Ai, provider="openai")
    await owner.says(IDEA)
    assert "without AI" in owner.text
    assert owner.telegram.named("sendMessageDraft") == []


async def test_a_second_tap_asks_the_model_once(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    await owner.says(IDEA)
    await owner.taps("Rewrite")
    menu = owner.screen
    await asyncio.gather(*(owner.taps("Anew", on=menu) for _ in range(3)))
    assert len(claude.requests) == 2
    assert (await _content(runtime)).version == 3
    assert len(owner.messages) == 1


async def test_taking_ones_own_words_ends_the_call_and_nothing_comes_after(
    owner: Person, runtime: Runtime, channel: Channel, held: asyncio.Event, claude: FakeAnthropic
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(IDEA))
        await _until_shown(owner, "Friday. ")
        await owner.taps("Use my text")
    found = await _content(runtime)
    assert (found.original_text, found.made_by, found.version) == (IDEA, "owner", 2)
    assert len(owner.messages) == 1
    assert "Approve" in " ".join(owner.labels)
    assert await _outcomes(runtime) == ["stopped"]


async def test_a_newer_version_overtakes_what_is_written_for_an_older_one(
    owner: Person, runtime: Runtime, channel: Channel, held: asyncio.Event
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(IDEA))
        await _until_shown(owner, "Friday. ")
        await owner.says("/drafts")
        await owner.taps("#1")
        await owner.taps("Edit")
        await owner.says("My own words, and they are mine.")
        held.set()
        await owner.taps("Rewrite")
        await owner.taps("Anew")
    assert (await _content(runtime)).version == 3


async def test_after_a_restart_the_stop_button_leads_back_to_the_card(
    owner: Person, runtime: Runtime, channel: Channel, held: asyncio.Event
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(owner.says(IDEA))
        await _until_shown(owner, "Friday. ")
        writing.cancel()  # the process dies
    owner.dispatcher = build_dispatcher(runtime)
    assert "Writing" in owner.text
    await owner.taps("Stop")
    assert "Nothing is being written here any more" in owner.text
    assert IDEA in owner.text
    assert "Approve" in " ".join(owner.labels)
    assert await _outcomes(runtime) == ["unknown"]
    held.set()
    await _stops(owner, 77)  # of the dead process: nobody knows it, nobody minds
    await owner.taps("Rewrite")
    await owner.taps("Anew")
    assert WRITTEN in owner.text


async def test_a_process_that_goes_does_not_wait_for_the_model(
    owner: Person, runtime: Runtime, channel: Channel, held: asyncio.Event, dispatcher: Dispatcher
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(IDEA))
        await _until_shown(owner, "Friday. ")
        dispatcher.writings.end_all()
    assert "is restarting" in owner.text
    assert (await _content(runtime)).version == 1
    assert "Approve" in " ".join(owner.labels)


async def test_nobody_else_stops_a_text(
    owner: Person, stranger: Person, runtime: Runtime, channel: Channel, held: asyncio.Event
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says(IDEA))
        draft = await _until_shown(owner, "Friday. ")
        await _stops(stranger, draft.draft_id, STRANGER)
        held.set()
    assert WRITTEN in owner.text
    assert await _outcomes(runtime) == ["ok"]
