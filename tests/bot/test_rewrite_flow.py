"""From the card to a rewritten text: every tool, the owner's own words, headlines, and what goes wrong on the way."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import build_dispatcher
from bot.i18n import LANGUAGES, translator
from bot.screens.writing import showing
from core.ai.models import AiUsage
from core.ai.notices import Notice
from core.ai.tools import Tool, Unfit
from core.channels import service as channels
from core.channels.models import Channel
from core.config import Settings
from core.content import outlets
from core.content.models import Content, ContentVersion
from core.runtime import Runtime
from core.settings import service as settings_service
from tests.bot.person import Person
from tests.fakes.anthropic import FakeAnthropic

OWN = (
    "We open a second coffee house on Friday, and there will be pie.\n\n"
    "Come by early: the first cup is on us, the neighbours bring their music, and the kitchen is open to everybody.\n\n"
    "See you there, whatever the weather may be, and tell your friends about it."
)
NEW = "A second coffee house opens on Friday. Come for the pie and the music, all of you."


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    """A model that answers every rewriting with the same text."""
    async with FakeAnthropic() as server:
        server.answering = lambda body: json.dumps({"text": NEW})
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


async def _content(runtime: Runtime) -> Content:
    async with runtime.unit_of_work() as session:
        return (await session.scalars(select(Content))).one()


async def _reasons(runtime: Runtime) -> list[str]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(ContentVersion.reason).order_by(ContentVersion.version)))


async def _purposes(runtime: Runtime) -> list[str]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(AiUsage.request_type).order_by(AiUsage.id)))


@pytest.mark.parametrize(
    ("taps", "purpose"),
    [
        (["Shorter"], "shorter"),
        (["Longer"], "longer"),
        (["Improve"], "improve"),
        (["Tone", "Friendlier"], "tone"),
        (["Tone", "Playful"], "tone"),
        (["Emoji", "None at all"], "emoji"),
        (["Translate", "Russian"], "translate"),
    ],
)
async def test_at_most_three_taps_from_the_card_to_a_new_version(
    owner: Person, runtime: Runtime, channel: Channel, taps: list[str], purpose: str
) -> None:
    await owner.says(OWN)
    path = ["Rewrite", *taps]
    assert len(path) <= 3
    for label in path:
        await owner.taps(label)
    assert NEW in owner.text
    assert "Rewritten" in owner.text
    assert "Approve" in " ".join(owner.labels)
    found = await _content(runtime)
    assert (found.original_text, found.made_by, found.version) == (NEW, "ai", 2)
    assert await _reasons(runtime) == ["created", purpose]
    assert (await _purposes(runtime))[0] == purpose
    assert len(owner.messages) == 1


async def test_a_thread(owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic) -> None:
    claude.answering = lambda body: json.dumps({"text": ["A hook", "A thought", "Come by"]})
    await owner.says(OWN)
    await owner.taps("Rewrite")
    await owner.taps("Thread")
    await owner.taps("Story")
    found = await _content(runtime)
    assert found.adapted["telegram"]["thread"] == ["1/3 A hook", "2/3 A thought", "3/3 Come by"]
    assert "2 of 3" in owner.text


@pytest.mark.parametrize(
    ("taps", "words", "purpose"),
    [
        (["Tone", "In my own words"], "like a sailor", "tone"),
        (["Translate", "Another language"], "German", "translate"),
        (["Anew, but"], "mention the dog", "regenerate"),
    ],
)
async def test_in_the_owners_own_words(
    owner: Person,
    runtime: Runtime,
    channel: Channel,
    claude: FakeAnthropic,
    taps: list[str],
    words: str,
    purpose: str,
) -> None:
    await owner.says(OWN)
    for label in ["Rewrite", *taps]:
        await owner.taps(label)
    await owner.says("x" * 2_000)
    assert "Too long" in owner.text
    await owner.sends_photo()
    assert (await _content(runtime)).version == 1
    await owner.says(words)
    assert words in claude.requests[0].content
    assert NEW in owner.text
    assert (await _purposes(runtime))[0] == purpose
    assert (await _content(runtime)).version == 2
    await owner.says("Another finished text.\nSecond line.\nThird line.")  # the form is over
    async with runtime.unit_of_work() as session:
        assert len(list(await session.scalars(select(Content)))) == 2


async def test_the_way_back_from_everywhere(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    for part in ("Tone", "Emoji", "Thread", "Translate"):
        await owner.taps("Rewrite")
        await owner.taps(part)
        await owner.taps("Back")
        await owner.taps("To the draft")
        assert "Approve" in " ".join(owner.labels)
    await owner.taps("Rewrite")
    await owner.taps("Anew, but")
    await owner.taps("Cancel")
    assert "What shall happen" in owner.text
    assert len(owner.messages) == 1


async def test_headlines_are_kept_over_a_restart_and_one_is_taken(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    three = [{"headline": f"Headline <{n}>", "reason": f"Because of {n} & co."} for n in "abc"]
    claude.answering = lambda body: json.dumps({"variants": three})
    await owner.says(OWN)
    await owner.taps("Rewrite")
    await owner.taps("Headlines")
    for variant in three:
        assert variant["headline"] in owner.text
        assert variant["reason"] in owner.text
    owner.dispatcher = build_dispatcher(runtime)
    await owner.taps("Back")
    await owner.taps("Headlines")
    assert len(claude.requests) == 1  # they are there already
    old = owner.screen
    await asyncio.gather(owner.taps("2. Headline", on=old), owner.taps("2. Headline", on=old))
    found = await _content(runtime)
    assert found.original_text.startswith("Headline <b>\n\nCome by early")
    assert found.version == 2
    assert await _reasons(runtime) == ["created", "headline"]
    await owner.taps("1. Headline", on=old)
    assert "earlier version" in owner.text
    assert (await _content(runtime)).version == 2


async def test_three_others_are_made_when_wanted(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    rounds = iter(["first", "second", "third"])

    def answer(body: dict[str, Any]) -> str:
        name = next(rounds)
        return json.dumps({"variants": [{"headline": f"The {name} {n}", "reason": "So."} for n in (1, 2, 3)]})

    claude.answering = answer
    await owner.says(OWN)
    await owner.taps("Rewrite")
    await owner.taps("Headlines")
    await owner.taps("Three more")
    assert "The second 1" in owner.text
    claude.faults.append("refusal")
    await owner.taps("Three more")
    assert "declined" in owner.text
    assert "Shorter" in " ".join(owner.labels)


async def test_headlines_can_be_stopped(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    await owner.says(OWN)
    await owner.taps("Rewrite")
    claude.faults.append("slow")
    reached = asyncio.Event()
    claude.on_request = reached.set
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.taps("Headlines"))
        await reached.wait()
        await owner.taps("Stop")
    assert "no headlines yet" in owner.text
    assert "Approve" in " ".join(owner.labels)


async def test_an_edit_made_meanwhile_is_never_written_over(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    claude.pace.hold = asyncio.Event()
    await owner.says(OWN)
    await owner.taps("Rewrite")
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.taps("Improve"))
        await claude.pace.half_sent.wait()
        await owner.says("/drafts")
        await owner.taps("#1")
        await owner.taps("Edit")
        await owner.says("My own words, and they stay.")
        claude.pace.hold.set()
    found = await _content(runtime)
    assert (found.original_text, found.version) == ("My own words, and they stay.", 2)
    assert "put aside" in owner.text


async def test_an_old_menu_does_nothing(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps("Rewrite")
    menu = owner.screen
    await owner.taps("Improve")
    for label in ("Shorter", "Tone", "Headlines", "Anew, but", "Anew"):
        await owner.taps(label, on=menu)
        assert "earlier version" in owner.text
    assert (await _content(runtime)).version == 2


async def test_a_double_tap_asks_once(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    await owner.says(OWN)
    await owner.taps("Rewrite")
    menu = owner.screen
    await asyncio.gather(*(owner.taps("Improve", on=menu) for _ in range(3)))
    assert (await _content(runtime)).version == 2
    assert (await _purposes(runtime)).count("improve") == 1


@pytest.mark.parametrize(
    ("text", "taps", "said"),
    [
        ("Tea.\nIs.\nHere.", ["Shorter"], "cannot get any shorter"),
        ("Tea.\nIs.\nHere.", ["Thread", "List"], "too little for a thread"),
        ("Tea.\nIs.\nHere.", ["Headlines"], "its own headline"),
        (OWN * 20, ["Longer"], "long already"),
    ],
)
async def test_what_makes_no_sense_is_said_and_the_menu_stays(
    owner: Person,
    runtime: Runtime,
    channel: Channel,
    claude: FakeAnthropic,
    text: str,
    taps: list[str],
    said: str,
) -> None:
    await owner.says(text)
    for label in ["Rewrite", *taps]:
        await owner.taps(label)
    assert said in owner.text
    assert "Improve" in " ".join(owner.labels)
    assert claude.requests == []


async def test_a_photo_without_words_has_nothing_to_rewrite(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.sends_photo()
    await owner.taps("Rewrite")
    for label in ("Improve", "Headlines"):
        await owner.taps(label)
        assert "nothing to rewrite" in owner.text


async def test_a_failure_is_said_and_the_text_stays(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    await owner.says(OWN)
    for fault, said in (("refusal", "declined"), ("no_credit", "run out of money")):
        claude.faults.append(fault)
        await owner.taps("Rewrite")
        await owner.taps("Improve")
        assert said in owner.text
        assert OWN in owner.text
    assert (await _content(runtime)).version == 1


async def test_without_ai_it_is_said_what_to_do(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    async with runtime.unit_of_work() as session:
        await settings_service.change(session, settings_service.Ai, provider="openai")
    await owner.says(OWN)
    await owner.taps("Rewrite")
    for label in ("Shorter", "Headlines"):
        await owner.taps(label)
        assert "OPENAI_API_KEY" in owner.text
    await owner.taps("Tone")
    await owner.taps("In my own words")
    assert "OPENAI_API_KEY" in owner.text
    assert (await _content(runtime)).version == 1


def test_every_tool_reason_and_failure_has_its_words() -> None:
    not_failures = {Notice.FALLBACK_MODEL, Notice.SMALLER, Notice.STOPPED, Notice.TOO_LONG}
    typed = {Tool.TONE, Tool.TRANSLATE}
    for language in LANGUAGES:
        t = translator(language)
        missing = [
            notice
            for notice in Notice
            if notice not in not_failures and not t.has(f"rewrite-failed-{notice}")
        ]
        missing_reasons = [reason for reason in Unfit if not t.has(f"rewrite-unfit-{reason}")]
        missing_tools = [tool for tool in Tool if tool not in typed and not t.has(f"rewrite-{tool}")]
        assert (missing, missing_reasons, missing_tools) == ([], [], [])


async def test_a_platform_that_is_switched_off_gets_no_text(
    owner: Person, runtime: Runtime, channel: Channel, claude: FakeAnthropic
) -> None:
    async with runtime.unit_of_work() as session:
        await channels.connect(
            session, runtime.keyring, product_id=channel.product_id, platform="discord", platform_name="tea",
            credentials={"webhook_url": "https://discord.example/api/webhooks/1/x"},
        )  # fmt: skip
    await owner.says(OWN)
    draft = await _content(runtime)
    async with runtime.unit_of_work() as session:
        await outlets.switch(session, draft.id, expected_version=1, platform="discord", on=False)
    claude.answering = lambda body: json.dumps({"text": ["A hook", "Come by"]})
    await owner.says("/drafts")
    await owner.taps("#1")
    for label in ("Rewrite", "Thread", "List"):
        await owner.taps(label)
    properties = claude.requests[0].body["output_config"]["format"]["schema"]["properties"]
    assert set(properties) == {"text"}
    adapted = (await _content(runtime)).adapted
    assert adapted["discord"] == {"off": True}
    assert adapted["telegram"]["thread"] == ["1/2 A hook", "2/2 Come by"]
