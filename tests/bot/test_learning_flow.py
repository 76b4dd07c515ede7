"""Learned rules in the chat: told once with the evidence, accepted, taken back, dismissed; old buttons redraw."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot

from bot.notifier import drain
from core.channels.models import Channel
from core.clock import ManualClock
from core.content import service as content_service
from core.learning import service as learning
from core.products import service as products
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import buttons_of


@pytest.fixture(autouse=True)
def today(clock: ManualClock) -> None:
    """Rows get the database's own time; here the bot lives at that time too."""
    clock.set(datetime.now(UTC) + timedelta(minutes=1))


LOUD = "We released update number {n}! Come <b>and & see!"


async def voice_of(runtime: Runtime, product: Product) -> BrandVoice:
    async with runtime.unit_of_work() as session:
        return BrandVoice.of(await products.get(session, product.id))


async def calms(owner: Person, runtime: Runtime, product: Product, numbers: range) -> None:
    """Edit AI's drafts on their cards, without the exclamation marks."""
    for n in numbers:
        text = LOUD.format(n=n)
        async with runtime.unit_of_work() as session:
            draft = await content_service.create_draft(
                session, product_id=product.id, text=text, made_by="ai", idea=f"idea {n}"
            )
        await owner.says("/drafts")
        await owner.taps(f"#{draft.number}")
        await owner.taps("Edit")
        await owner.says(text.replace("!", "."))


async def test_the_fifth_edit_is_told_with_its_evidence_and_accepted(
    owner: Person, channel: Channel, product: Product, runtime: Runtime, bot: Bot
) -> None:
    await owner.says("/start")
    await calms(owner, runtime, product, range(4))
    await drain(runtime, bot)
    assert "rule of yours" not in owner.text
    await calms(owner, runtime, product, range(4, 5))
    await drain(runtime, bot)
    told = owner.screen
    assert "This looks like a rule of yours" in owner.text
    assert "You take the exclamation marks out" in owner.text
    assert "changed 5 posts" in owner.text
    assert "<b>and & see!" in owner.text
    assert (await voice_of(runtime, product)).rules == []
    assert "1/5" in owner.labels
    await owner.taps("›")
    assert "update number 1!" in owner.text
    await asyncio.gather(*(owner.taps("Remember it", on=told) for _ in range(2)))
    rules = (await voice_of(runtime, product)).rules
    assert len(rules) == 1
    assert rules[0] in owner.text
    await owner.taps("Remember it", on=told)
    assert "decided about this rule already" in owner.text
    await owner.taps("Take it out of the voice")
    assert (await voice_of(runtime, product)).rules == []
    await drain(runtime, bot)
    assert "Taken out" in owner.text  # nothing is told twice


async def test_a_dismissed_rule_leaves_the_list_and_the_voice_alone(
    owner: Person, channel: Channel, product: Product, runtime: Runtime, bot: Bot
) -> None:
    await calms(owner, runtime, product, range(5))
    await owner.says("/products")
    await owner.taps("Tea & Co")
    await owner.taps("Voice")
    assert "🧠 Rules from edits · 1" in owner.labels
    await owner.taps("Rules from edits")
    await owner.taps("exclamation marks")
    old = owner.screen
    await owner.taps("No, thanks")
    assert "only after five new edits" in owner.text
    assert (await voice_of(runtime, product)).rules == []
    await owner.taps("No, thanks", on=old)
    assert "decided about this rule already" in owner.text
    await owner.taps("‹ Rules from edits")
    assert "Nothing to propose yet" in owner.text
    await owner.taps("‹ Voice")
    assert "🧠 Rules from your edits" in owner.labels


async def test_every_button_of_a_rule_leads_somewhere(
    owner: Person, channel: Channel, product: Product, runtime: Runtime, bot: Bot
) -> None:
    await calms(owner, runtime, product, range(5))
    async with runtime.unit_of_work() as session:
        (proposal,) = await learning.page(session, product.id)
    await owner.says("/start")
    await drain(runtime, bot)
    told = owner.screen
    assert proposal.status == "proposed"
    for label, data in buttons_of(told.reply_markup):
        await owner.taps_data(data, told)
        assert "Something broke" not in owner.text, label
        assert owner.labels, label


async def test_a_rule_whose_posts_are_gone_is_still_shown(
    owner: Person, channel: Channel, product: Product, runtime: Runtime, bot: Bot
) -> None:
    await calms(owner, runtime, product, range(5))
    async with runtime.unit_of_work() as session:
        (proposal,) = await learning.page(session, product.id)
        for pair in await learning.evidence_of(session, proposal):
            await session.delete(await content_service.get(session, pair.content_id))
    await owner.says("/start")
    await drain(runtime, bot)
    assert "are gone" in owner.text
    await owner.taps("Remember it")
    assert len((await voice_of(runtime, product)).rules) == 1
