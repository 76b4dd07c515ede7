"""Search: an old post in one tap, narrowed and ordered by buttons that work after everything else has happened."""

import asyncio

import pytest
from aiogram.types import MessageEntity

from bot.screens.search import callbacks as cb
from bot.screens.search.view import excerpt_of
from bot.ui.screen import Screen
from core.content import search
from core.content import service as content
from core.content.models import ContentStatus
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import buttons_of


@pytest.fixture
async def posts(runtime: Runtime, product: Product) -> None:
    """Nine posts about tea, one of them published, and one of another product."""
    async with runtime.unit_of_work() as session:
        for number in range(8):
            await content.create_draft(
                session, product_id=product.id, text=f"Зелёный **чай** номер {number} <b>"
            )
        out = await content.create_draft(session, product_id=product.id, text="Чай и самовар вышли")
        out.status = ContentStatus.PUBLISHED
        other = await products.create(session, name="Coffee")
        await content.create_draft(session, product_id=other.id, text="Кофе лучше, чем чай")


def _bold(entities: list[MessageEntity] | None, text: str) -> list[str]:
    units = text.encode("utf-16-le")
    return [
        units[e.offset * 2 : (e.offset + e.length) * 2].decode("utf-16-le")
        for e in entities or []
        if e.type == "bold"
    ]


async def test_an_old_post_is_one_tap_away(owner: Person, posts: None) -> None:
    await owner.says("/find самовары")
    assert "#9 · Tea & Co · published" in owner.text
    assert "самовар" in _bold(owner.screen.entities, owner.text)
    await owner.taps("#9")
    assert "Чай и самовар" in owner.text
    assert "Published" in owner.text or "✅" in owner.text


async def test_from_home_it_is_two_taps_and_words(owner: Person, posts: None) -> None:
    await owner.says("/start")
    await owner.taps("Find")
    await owner.sends_photo()
    assert "I need text here" in owner.text
    await owner.says("кофе")
    await owner.taps("#10")
    assert "Кофе лучше" in owner.text


async def test_pages_filters_and_order(owner: Person, posts: None) -> None:
    await owner.says("/find чай")
    assert "10 posts" in owner.text
    assert "1/2" in owner.labels
    first = owner.screen
    await owner.taps("›")
    assert "2/2" in owner.labels
    await owner.taps("All products", on=first)
    await owner.taps("Coffee")
    assert "1 post" in owner.text
    await owner.taps("In any state")
    await owner.taps("published")
    assert "Nothing found here" in owner.text
    await owner.taps("published")
    await owner.taps("In any state")
    await owner.taps("Coffee")
    await owner.taps("All products")
    assert "10 posts" in owner.text
    newest = owner.screen
    await asyncio.gather(*(owner.taps("Newest first", on=newest) for _ in range(2)))
    numbers = [label for label in owner.labels if label.startswith("#")]
    assert numbers == ["#10", "#9", "#8", "#7", "#6", "#5"]
    assert "🎯 Best first" in owner.labels


async def test_the_buttons_work_after_other_things_were_typed(owner: Person, posts: None) -> None:
    await owner.says("/find чай")
    old = owner.screen
    await owner.says("/find кофе")
    await owner.says("/settings")
    await owner.taps("›", on=old)
    turned = owner.telegram.chats[owner.user.id][old.message_id]
    assert "чай · 10" in (turned.text or "")
    assert any(label == "2/2" for label, _ in buttons_of(turned.reply_markup))


async def test_a_forgotten_search_and_a_shorter_list_are_said(
    owner: Person, posts: None, runtime: Runtime
) -> None:
    await owner.says("/find чай")
    old = owner.screen
    await owner.taps_data(cb.OpenFound(search=10**15, offset=6).pack(), old)
    assert "no longer remember" in owner.text
    data = next(data for label, data in buttons_of(old.reply_markup) if label == "›")
    far = cb.OpenFound.unpack(data).model_copy(update={"offset": 600})
    await owner.taps_data(far.pack(), old)
    assert "2/2" in owner.labels


@pytest.mark.parametrize(
    "said", ["/find nothing of the kind", "/find '; DROP TABLE content; --", "/find 🎉 (((", "/find <i>&"]
)
async def test_nothing_found_says_what_to_try(owner: Person, posts: None, said: str) -> None:
    await owner.says(said)
    assert "Try fewer words" in owner.text
    await owner.taps("Search again")
    assert "What are we looking for" in owner.text
    await owner.taps("Cancel")
    assert "NEXUS" in owner.text


async def test_a_search_that_is_too_long_is_asked_again(owner: Person, posts: None) -> None:
    await owner.says("/find")
    await owner.says("x" * (search.SAID + 1))
    assert "Too long" in owner.text
    await owner.says("/find " + "чай " * 300)
    assert "10 posts" in owner.text


def test_an_excerpt_is_escaped() -> None:
    pieces = (search.Piece("<i>"), search.Piece("<b>", hit=True))
    assert Screen.of(excerpt_of(pieces)).body.text == "<i><b>"
