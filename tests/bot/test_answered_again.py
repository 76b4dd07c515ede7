"""A process is killed between what a handler has done and the mark that it is done: the next one answers again, and nothing is there twice."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy import func, select

from core.channels.models import Channel
from core.clock import ManualClock
from core.content.models import Content
from core.inbox.models import TelegramUpdate
from core.products.models import Product
from core.publications.models import Publication
from core.runtime import Runtime
from core.templates.models import Template
from tests.bot.person import Person
from tests.bot.survivor import Survivor
from tests.bot.telegram import MockedTelegram

OWN = "A finished text of my own.\n\nTwo.\n\nThree."
LONG = "слово " * 600 + "конец"


@pytest.fixture
def survivor(owner: Person, runtime: Runtime, bot: Bot, telegram: MockedTelegram) -> Survivor:
    return Survivor(runtime, bot, telegram)


async def drafts(runtime: Runtime) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Content).order_by(Content.number)))


async def photo(person: Person) -> None:
    await person.sends_photo("one", caption=OWN)


@pytest.mark.parametrize(
    "send",
    [
        lambda person: person.says(OWN),
        lambda person: person.forwards(OWN),
        lambda person: person.says(f"/post tea-co {OWN}"),
        photo,
    ],
    ids=["text", "forward", "command", "photo"],
)
async def test_a_text_becomes_one_draft_with_one_card_that_works(
    survivor: Survivor, runtime: Runtime, channel: Channel, send: Callable[[Person], Awaitable[None]]
) -> None:
    await send(survivor)
    assert len(await drafts(runtime)) == 1
    assert sum(any("Approve" in row[0].text for row in m.reply_markup.inline_keyboard) for m in survivor.messages if m.reply_markup) == 1  # fmt: skip
    await survivor.taps("Approve")
    (draft,) = await drafts(runtime)
    assert draft.status == "ready"


async def test_a_kill_before_the_card_gives_the_card_later(
    survivor: Survivor, runtime: Runtime, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*args: Any, **kwargs: Any) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr("bot.screens.draft.intake.send_card", killed)
    survivor.between = monkeypatch.undo
    await survivor.says(OWN)
    assert [draft.original_text for draft in await drafts(runtime)] == [OWN]
    assert any("Approve" in label for label in survivor.labels)


async def test_an_idea_is_one_draft(survivor: Survivor, runtime: Runtime, channel: Channel) -> None:
    await survivor.says("We open a second shop on Friday")
    assert len(await drafts(runtime)) == 1


async def test_a_cut_text_is_put_together_once(
    survivor: Survivor, runtime: Runtime, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.screens.draft.pieces.PAUSE", 0)
    await survivor.says(LONG)
    await survivor.says("the end")
    assert [draft.original_text for draft in await drafts(runtime)] == [f"{LONG}\nthe end"]


async def test_a_photo_joins_its_album_once(
    survivor: Survivor, runtime: Runtime, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.screens.draft.pieces.PAUSE", 0)
    await survivor.sends_photo("one", media_group_id="g", caption=OWN)
    await survivor.sends_photo("two", media_group_id="g")
    (draft,) = await drafts(runtime)
    assert (len(draft.media), draft.original_text) == (2, OWN)


async def test_a_product_is_added_once_and_its_name_is_no_idea(survivor: Survivor, runtime: Runtime) -> None:
    await survivor.says("/products")
    await survivor.taps("Add a product")
    await survivor.says("Quiet Garden")
    async with runtime.unit_of_work() as session:
        names = list(await session.scalars(select(Product.name)))
    assert (names, await drafts(runtime)) == (["Quiet Garden"], [])
    assert "Quiet Garden" in survivor.text


async def test_an_answer_typed_into_a_form_stays_one(
    survivor: Survivor, runtime: Runtime, product: Product
) -> None:
    await survivor.says("/products")
    await survivor.taps("Tea & Co")
    await survivor.taps("Name")
    await survivor.says("Coffee & Co")
    async with runtime.unit_of_work() as session:
        names = list(await session.scalars(select(Product.name)))
        kept = list(await session.scalars(select(TelegramUpdate.before)))
    assert (names, await drafts(runtime)) == (["Coffee & Co"], [])
    assert set(kept) == {None}


async def test_a_template_is_saved_once(survivor: Survivor, runtime: Runtime, channel: Channel) -> None:
    await survivor.says(OWN)
    await survivor.taps("More")
    await survivor.taps("template")
    await survivor.taps("Call it")
    async with runtime.unit_of_work() as session:
        own = select(func.count()).where(Template.product_id == channel.product_id)
        assert await session.scalar(own) == 1


async def test_a_planned_post_is_shown_as_planned_even_when_its_time_has_come(
    survivor: Survivor, runtime: Runtime, channel: Channel, clock: ManualClock
) -> None:
    survivor.dies = False
    await survivor.says(OWN)
    await survivor.taps("Schedule")
    await survivor.taps("Type a time")
    await survivor.says("tomorrow 18:30")
    survivor.dies = True
    survivor.between = lambda: clock.advance(timedelta(days=2))
    await survivor.taps("Schedule it")
    async with runtime.unit_of_work() as session:
        planned = list(await session.scalars(select(Publication)))
    assert len(planned) == 1
    assert "has passed" not in survivor.text
    assert "#1" in survivor.text


async def test_published_now_is_published_once(
    survivor: Survivor, runtime: Runtime, channel: Channel
) -> None:
    survivor.dies = False
    await survivor.says(OWN)
    survivor.dies = True
    await survivor.taps("Publish now")
    async with runtime.unit_of_work() as session:
        assert await session.scalar(select(func.count()).select_from(Publication)) == 1
    assert "goes out in" in survivor.text.lower()
