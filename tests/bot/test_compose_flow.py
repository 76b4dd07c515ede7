"""/new, /post and /generate: a draft of the named product, with its formatting and its files."""

import asyncio

import pytest
from aiogram.types import MessageEntity
from sqlalchemy import select

from bot.app import build_dispatcher
from core.channels.models import Channel
from core.content.models import Content
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person


@pytest.fixture
async def coffee(runtime: Runtime, product: Product) -> Product:
    """A second product, whose name begins like the first one's."""
    async with runtime.unit_of_work() as session:
        return await products.create(session, name="Tea house", slug="house")


async def _drafts(runtime: Runtime) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Content).order_by(Content.number)))


async def test_post_takes_the_text_word_for_word_with_its_formatting(
    owner: Person, runtime: Runtime, product: Product, coffee: Product
) -> None:
    text = "/post house Open 🎉 till midnight"
    await owner.says(text, entities=[MessageEntity(type="bot_command", offset=0, length=5),
                                     MessageEntity(type="bold", offset=20, length=4)])  # fmt: skip
    (draft,) = await _drafts(runtime)
    assert (draft.product_id, draft.original_text) == (coffee.id, "Open 🎉 **till** midnight")
    assert (draft.made_by, draft.idea) == ("owner", None)
    assert "Tea house" in owner.text
    await owner.says("A finished text.\nOf the current product.\nStill.")
    assert (await _drafts(runtime))[1].product_id == product.id


async def test_post_works_as_a_caption(owner: Person, runtime: Runtime, coffee: Product) -> None:
    await owner.sends_photo(
        "a", caption="/post house Look", caption_entities=[MessageEntity(type="italic", offset=12, length=4)]
    )
    (draft,) = await _drafts(runtime)
    assert (draft.original_text, len(draft.media), draft.product_id) == ("*Look*", 1, coffee.id)


async def test_generate_writes_from_the_idea(owner: Person, runtime: Runtime, coffee: Product) -> None:
    await owner.says('/generate "tea house" we open a second room')
    (draft,) = await _drafts(runtime)
    assert (draft.product_id, draft.idea) == (coffee.id, "we open a second room")
    assert draft.made_by == "template"
    assert draft.version == 2
    assert "without AI" in owner.text


async def test_an_ambiguous_product_is_asked_for_and_the_text_waits_through_a_restart(
    owner: Person, runtime: Runtime, product: Product, coffee: Product
) -> None:
    await owner.says("/post tea* Hello")
    assert "I found no product called “tea*”" in owner.text
    await owner.says("/post te Hello there", entities=[MessageEntity(type="bold", offset=9, length=5)])
    assert "For which product?" in owner.text
    question = owner.screen
    owner.dispatcher = build_dispatcher(runtime)
    await asyncio.gather(*(owner.taps("Tea house", on=question) for _ in range(2)))
    (draft,) = await _drafts(runtime)
    assert (draft.product_id, draft.original_text) == (coffee.id, "**Hello** there")
    await owner.taps("Tea & Co", on=question)
    assert "not waiting for its product any more" in owner.text
    assert len(await _drafts(runtime)) == 1


async def test_wrong_use_answers_with_an_example(owner: Person, product: Product) -> None:
    for command in ("/post", "/post tea-co", "/generate", "/generate tea-co "):
        await owner.says(command)
        assert f"{command.split()[0]} tea-co " in owner.text, command
    await owner.sends_photo("a", caption="/generate tea-co An idea")
    assert "An idea is made of words" in owner.text
    await owner.says("/week tea-co and more")
    assert "/week Tea" in owner.text


async def test_new_asks_switches_the_product_and_takes_what_follows(
    owner: Person, runtime: Runtime, channel: Channel, coffee: Product
) -> None:
    await owner.says("/new")
    assert "A new post for “Tea & Co”" in owner.text
    await owner.taps("Tea house")
    assert "A new post for “Tea house”" in owner.text
    await owner.says("A finished text.\nTwo.\nThree.")
    await owner.says("/new Another finished text.\nTwo.\nThree.")
    await owner.sends_photo("a", caption="/new Look")
    rows = await _drafts(runtime)
    assert {row.product_id for row in rows} == {coffee.id}
    assert [row.original_text.partition("\n")[0] for row in rows] == [
        "A finished text.", "Another finished text.", "Look",
    ]  # fmt: skip


async def test_without_a_product_one_is_asked_for_first(owner: Person, runtime: Runtime) -> None:
    for command in ("/new", "/post x y", "/generate x y", "/week"):
        await owner.says(command)
        assert "A product comes first" in owner.text, command
        await owner.says("/cancel")
    assert not await _drafts(runtime)
