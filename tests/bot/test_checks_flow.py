"""The card points at what nobody said, in the text and under it; the owner calls it right, or edits it away."""

import asyncio
import dataclasses
import json
import uuid
from collections.abc import AsyncGenerator
from decimal import Decimal

import pytest
from aiogram.types import Message, MessageEntity
from sqlalchemy import select

from bot.screens.draft.checks import underlined
from bot.ui.formatted import Formatted
from core.ai.checks.findings import Finding, FindingCode
from core.ai.models import AcceptedFinding, AiUsage
from core.channels.models import Channel
from core.content.models import Content
from core.ids import new_id
from core.products import service as products
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from tests.bot.person import Person
from tests.core.ai.conftest import pointed_at
from tests.fakes.anthropic import FakeAnthropic

OWN = "Мы открываем вторую чайную 1 декабря.\n\nСкидка 20% всем, кто придёт с другом.\n\nЖдём вас!"
IDEA = "Открываем вторую чайную 1 декабря"


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    async with FakeAnthropic() as server:
        server.answering = lambda body: json.dumps({"text": "Открываем 1 декабря. Ждём 500 гостей!"})
        yield server


@pytest.fixture
async def runtime(runtime: Runtime, claude: FakeAnthropic) -> Runtime:
    return dataclasses.replace(runtime, settings=pointed_at(claude, runtime.settings))


def _underlined(message: Message) -> list[str]:
    shown = Formatted(message.text or message.caption or "")
    return [
        shown.cut(entity.offset, entity.offset + entity.length).text
        for entity in message.entities or message.caption_entities or []
        if entity.type == "underline"
    ]


async def _content(runtime: Runtime) -> Content:
    async with runtime.unit_of_work() as session:
        return (await session.scalars(select(Content).order_by(Content.number.desc()))).first()  # type: ignore[return-value]


async def test_the_owners_own_text_is_right_by_itself(owner: Person, channel: Channel) -> None:
    await owner.says(OWN)
    assert "🔎" not in owner.text
    assert "right" not in " ".join(owner.labels)


async def test_an_invented_number_is_underlined_listed_and_called_right(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await owner.says(IDEA)
    assert "Nobody gave the number “500”" in owner.text
    assert _underlined(owner.screen) == ["500"]
    assert "Underlined here only" in owner.text
    card = owner.screen
    await asyncio.gather(*(owner.taps("It is right", on=card) for _ in range(3)))
    assert "Nobody gave" not in owner.text
    assert _underlined(owner.screen) == []
    async with runtime.unit_of_work() as session:
        (row,) = await session.scalars(select(AcceptedFinding))
    assert (row.code, row.value) == ("number", "500")


async def test_what_is_published_is_never_underlined(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    from core.content import rendering

    await owner.says(IDEA)
    part = rendering.render(await _content(runtime), runtime.platforms["telegram"], {}).parts[0]
    assert "underline" not in json.dumps(list(part.entities), default=dict)
    assert part.text in owner.text


async def test_an_edit_of_another_sentence_leaves_the_invented_number_flagged(
    owner: Person, channel: Channel
) -> None:
    await owner.says(IDEA)
    await owner.taps("Edit")
    await owner.says("Мы открываемся 1 декабря, скидка 15%. Ждём 500 гостей!")
    assert _underlined(owner.screen) == ["500"]  # the 15% are the owner's own
    await owner.taps("Edit")
    await owner.says("Мы открываемся 1 декабря, скидка 15%. Ждём всех!")
    assert "🔎" not in owner.text


async def test_what_was_called_right_is_so_for_that_version(owner: Person, channel: Channel) -> None:
    await owner.says(IDEA)
    old = owner.screen
    await owner.taps("It is right")
    await owner.taps("Edit")
    await owner.says("Ждём 500 гостей! Приходите.")
    assert _underlined(owner.screen) == ["500"]
    await owner.taps("It is right", on=old)
    assert "earlier version" in owner.text
    assert _underlined(owner.screen) == ["500"]


async def test_a_word_to_avoid_counts_from_the_moment_it_is_set(
    owner: Person, channel: Channel, product: Product, runtime: Runtime
) -> None:
    await owner.says(OWN)
    card = owner.screen
    async with runtime.unit_of_work() as session:
        row = await session.get_one(Product, product.id)
        row.brand_voice = BrandVoice(never_say=["скидка"], must_say=["Чай & Ко"]).stored()
    await owner.taps("Schedule", on=card)
    await owner.taps("Back")
    assert _underlined(owner.screen) == ["Скидка"]
    assert "never says" in owner.text
    assert "lacks the required “Чай & Ко”" in owner.text


async def test_findings_one_by_one(owner: Person, channel: Channel, claude: FakeAnthropic) -> None:
    text = "Скидка 11%, 12%, 13%, 14%, 15% и 16%, а ещё 17 подарков и сайт https://made.up."
    claude.answering = lambda body: json.dumps({"text": text})
    await owner.says(IDEA)
    assert "And 3 more" in owner.text
    assert not any("All of it" in label for label in owner.labels)
    await owner.taps("One by one (8)")
    assert "8 things to look at" in owner.text
    assert "1/2" in " ".join(owner.labels)
    await owner.taps("›")
    assert "https://made.up" in owner.text
    await owner.taps("8 is right")
    assert "7 things" in owner.text
    for _ in range(6):
        await owner.taps("1 is right")
    assert "1 thing to" in owner.text
    await owner.taps("1 is right")
    assert "will not bring it up again" in owner.text
    assert text.rstrip(".")[:30] in owner.text


async def test_the_way_back_and_old_buttons(owner: Person, channel: Channel, claude: FakeAnthropic) -> None:
    claude.answering = lambda body: json.dumps({"text": "Скидка 11% и 12 подарков."})
    await owner.says(IDEA)
    card = owner.screen
    await owner.taps("One by one")
    listed = owner.screen
    await owner.taps("Back")
    assert "Approve" in " ".join(owner.labels)
    await owner.taps("Edit")
    await owner.says("Другой текст. Без цифр.")
    for message, label in ((listed, "1 is right"), (card, "One by one"), (card, "All of it")):
        await owner.taps(label, on=message)
        assert "earlier version" in owner.text
        assert "Другой текст" in owner.text


async def test_a_draft_that_is_not_there(owner: Person, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps_data(f"find:{uuid.UUID(int=1).hex}:1:0", owner.screen)
    assert owner.text


async def test_the_card_says_what_the_draft_has_cost(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await owner.says(IDEA)
    assert "AI: $0.0108 for 2 calls" in owner.text  # the text, and the attempt to repair it
    draft = await _content(runtime)
    async with runtime.unit_of_work() as session:
        session.add(
            AiUsage(id=new_id(), request_type="improve", model="house", content_id=draft.id, cost_usd=None)
        )
        session.add(
            AiUsage(id=new_id(), request_type="improve", model="x", cost_usd=Decimal(9))  # another's
        )
    await owner.taps("Schedule")
    await owner.taps("Back")
    assert "$0.0108 and calls of unknown price, 3 in all" in owner.text


async def test_other_products_words_do_not_matter(owner: Person, channel: Channel, runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await products.create(session, name="Other", brand_voice=BrandVoice(never_say=["скидка"]))
    await owner.says(OWN)
    assert "🔎" not in owner.text


def test_marks_do_not_cross_other_formatting_and_leave_code_alone() -> None:
    entities = (
        MessageEntity(type="bold", offset=0, length=6),
        MessageEntity(type="code", offset=10, length=4),
    )
    marks = [Finding(FindingCode.NUMBER, "x", 0, 3, 9), Finding(FindingCode.NUMBER, "y", 0, 9, 13)]
    drawn = underlined(Formatted("😀234567890123456", entities), marks)
    places = [(e.offset, e.length) for e in drawn.entities if e.type == "underline"]
    # The emoji takes two units; the first mark is cut where the bold ends, the second stops before the code.
    assert places == [(4, 2), (6, 4)]
    assert all(e in drawn.entities for e in entities)


async def test_under_a_photo_the_place_is_underlined_until_it_is_called_right(
    owner: Person, channel: Channel
) -> None:
    await owner.sends_photo(caption=IDEA)
    await owner.taps("Rewrite")
    await owner.taps("Longer")
    previews = [message for message in owner.messages if "500" in (message.caption or "")]
    assert _underlined(previews[-1]) == ["500"]
    assert "Underlined here only" in owner.text
    await owner.taps("It is right")
    previews = [message for message in owner.messages if "500" in (message.caption or "")]
    assert [_underlined(message) for message in previews] == [[]]
    assert "Nobody gave" not in owner.text
