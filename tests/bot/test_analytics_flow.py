"""Numbers in the chat: /analytics with its parts and file, /suggest with its deeds, the forecast on the card."""

import math
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.types import Message

from core.channels.models import Channel
from core.content import service as content_service
from core.content.models import Content, ContentStatus
from core.ids import new_id
from core.products import service as products
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import MockedTelegram, buttons_of
from tests.conftest import START
from tests.core.analytics.conftest import Past, spread


@pytest.fixture
def past(runtime: Runtime, product: Product, channel: Channel) -> Past:
    return Past(runtime, product.id, channel.id)


def said_in(owner: Person, message: Message) -> str:
    """Return what a message says now."""
    return owner.telegram.chats[owner.user.id][message.message_id].text or ""


async def tell(past: Past, n: int = 30) -> None:
    for day, (_, value) in enumerate(spread(n, 1, noise=0.2)):
        await past.post(
            START - timedelta(days=n + 1 - day, minutes=day),
            {"likes": round(60 * math.exp(value + (day % 3 == 0)))},
            text=f"Post {day}" + ("?" if day % 3 == 0 else "."),
            kind="educational" if day < 3 else None,
        )


async def test_analytics_without_a_product_and_without_posts(owner: Person, runtime: Runtime) -> None:
    await owner.says("/analytics")
    assert "no product yet" in owner.text
    async with runtime.unit_of_work() as session:
        await products.create(session, name="Quiet")
    await owner.says("/analytics")
    assert "Nothing was published" in owner.text
    assert "Home" in " ".join(owner.labels)


async def test_every_part_of_the_analytics_opens(owner: Person, past: Past) -> None:
    await tell(past)
    await owner.says("/analytics")
    assert "Analytics · Tea & Co · 30 days" in owner.text
    assert "Engagements:" in owner.text
    assert "not told to a bot by: Telegram" in owner.text
    for label, words in (
        ("Channels", "@tea"), ("Kinds", "Educational"), ("Hours", "To usual"), ("Best", "usual post of their platform"),
        ("Method", "12 posts"), ("7 d", "7 days"), ("90 d", "90 days"), ("Totals", "Best posts"),
    ):  # fmt: skip
        await owner.taps(label)
        assert words in owner.text, label
    card = next(label for label in owner.labels if label.startswith("#"))
    await owner.taps(card)
    assert f"📝 {card}" in owner.text


async def test_the_numbers_come_as_a_file(owner: Person, past: Past, telegram: MockedTelegram) -> None:
    await tell(past, 5)
    await owner.says("/analytics")
    await owner.taps("Get CSV")
    (sent,) = telegram.named("sendDocument")
    assert sent.document.filename == "tea-co-30d.csv"
    assert sent.document.data.count(b"\n") == 6
    assert "5 publications" in sent.caption


async def test_another_products_numbers(owner: Person, past: Past, runtime: Runtime) -> None:
    await tell(past, 3)
    async with runtime.unit_of_work() as session:
        for number in range(9):
            await products.create(session, name=f"Product {number}")
    await owner.says("/analytics")
    await owner.taps("Another product")
    await owner.taps("›")
    await owner.taps("Product 8")
    assert "Product 8 · 30 days" in owner.text


async def test_the_card_says_what_to_expect_and_from_how_many_posts(owner: Person, past: Past) -> None:
    await owner.says("A finished text.\nTwo.\nThree.")
    assert "Not enough data for a forecast yet: 0 posts" in owner.text
    await tell(past)
    await owner.says("Is it a finished text?\nTwo.\nThree.")
    assert "Forecast of reactions: ≈" in owner.text
    assert "from 30 posts" in owner.text
    assert "↑ with a question +" in owner.text
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    assert "Forecast of reactions" in owner.text


async def test_suggestions_lead_to_their_deeds_and_can_be_put_away(
    owner: Person, past: Past, runtime: Runtime, bot: Bot
) -> None:
    await tell(past)
    await owner.says("/suggest")
    assert "Nothing is planned for tomorrow" in owner.text
    assert "There has been no “Educational”" in owner.text
    old = owner.screen
    await owner.taps("Educational")
    assert "“Educational” for “Tea & Co”" in owner.text
    await owner.says("How tea is rolled")
    async with runtime.unit_of_work() as session:
        (draft,) = await content_service.drafts(session, limit=1)
    assert (draft.idea, draft.content_type, draft.made_by) == ("How tea is rolled", "educational", "template")
    assert f"#{draft.number}" in owner.text
    first = next(data for label, data in buttons_of(old.reply_markup) if label == "Not now")
    await owner.taps_data(first, old)
    assert "not for a week" in said_in(owner, old)
    assert "Nothing is planned for tomorrow" not in said_in(owner, old)
    await owner.taps_data(first, old)
    assert "This suggestion is gone" in said_in(owner, old)


async def test_suggestions_without_a_product_ask_for_one(owner: Person) -> None:
    await owner.says("/suggest")
    assert "A product comes first" in owner.text
    await owner.says("Tea")
    assert "📦 Tea" in owner.text


async def test_an_idea_that_is_not_text_is_asked_for_again_and_can_be_cancelled(
    owner: Person, past: Past
) -> None:
    await past.post(START - timedelta(days=1))
    await owner.says("/suggest")
    await owner.taps("Draft a post")
    asked = owner.screen_with("Cancel")
    await owner.sends_photo()
    assert "I need text here" in owner.text
    await owner.taps("Cancel", on=asked)
    assert "What could be done" in said_in(owner, asked)


async def test_every_button_of_the_suggestions_leads_somewhere(
    owner: Person, past: Past, runtime: Runtime
) -> None:
    await tell(past)
    async with runtime.unit_of_work() as session:
        await content_service.create_draft(session, product_id=past.product_id, text="Waiting.")
        ready = Content(
            product_id=past.product_id, original_text="Ready.", status=ContentStatus.READY, approved_version=1,
            approval_expires_at=START + timedelta(hours=2), adapted={}, media=[], predictions={},
        )  # fmt: skip
        session.add(ready)
        await session.flush()
        session.add(
            Publication(
                id=new_id(), content_id=ready.id, channel_id=past.channel_id, status=PublicationStatus.CANCELLED,
                scheduled_at=START, metrics={},
            )
        )  # fmt: skip
    await owner.says("/suggest")
    screen = owner.screen
    assert "The approval of 1 post expires" in owner.text
    for label, data in buttons_of(screen.reply_markup):
        await owner.taps_data(data, screen)
        assert "Something broke" not in owner.text, label
        assert owner.labels, label


async def test_home_shows_what_is_most_urgent_and_leads_on(owner: Person, past: Past) -> None:
    await tell(past)
    await owner.says("/start")
    assert "Nothing is planned for tomorrow" in owner.text
    await owner.taps("Suggestions")
    assert "What could be done" in owner.text
    await owner.taps("Home")
    await owner.taps("Analytics")
    assert "30 days" in owner.text
