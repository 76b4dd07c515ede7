"""Templates: filled in, tried, made into drafts once; made, changed, copied and deleted; old buttons do nothing."""

import asyncio
import uuid

import pytest
from aiogram.types import MessageEntity
from sqlalchemy import select

from bot.screens.templates import callbacks as cb
from core.channels.models import Channel
from core.content import service as content
from core.content.models import Content
from core.products.models import Product
from core.runtime import Runtime
from core.templates import service as templates
from core.templates.kinds import PostKind
from core.templates.models import Template
from tests.bot.person import Person
from tests.bot.telegram import buttons_of


async def _all(runtime: Runtime) -> list[Template]:
    async with runtime.unit_of_work() as session:
        query = select(Template).where(~Template.is_system).order_by(Template.created_at)
        return list(await session.scalars(query))


async def _drafts(runtime: Runtime) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return await content.drafts(session)


@pytest.fixture
async def own(runtime: Runtime, product: Product) -> Template:
    """A template of the product's with two variables and an example."""
    async with runtime.unit_of_work() as session:
        return await templates.create(
            session,
            product_id=product.id,
            name="News <b>",
            content_type="announcement",
            structure={
                "variables": ["title", "link"],
                "body": "**{title}**\n\nMore: {link}\n\n— {product.name}",
                "examples": [{"title": "Ten & more", "link": "https://example.com"}],
            },
        )


def test_the_filter_knows_every_kind_of_post() -> None:
    assert {kind.value for kind in cb.Kind} == {"any", *(kind.value for kind in PostKind)}


async def test_the_list_is_paged_and_narrowed(owner: Person, own: Template) -> None:
    await owner.says("/templates")
    assert "· 21" in owner.text
    assert "News <b> · announcement · of this product" in owner.text.replace("Announcement", "announcement")
    await owner.taps("›")
    assert "2/3" in owner.labels
    await owner.taps("Filter")
    await owner.taps("English")
    await owner.taps("Filter")
    await owner.taps("shipped")
    assert "Only shown: shipped, English" in owner.text
    assert "· 10" in owner.text
    await owner.taps("Filter")
    await owner.taps("Recap")
    assert [label for label in owner.labels if label == "Recap"]
    await owner.taps("Filter")
    await owner.taps("for all products")
    assert "no templates like that" in owner.text


async def test_variables_are_asked_one_after_another_and_make_one_draft(
    owner: Person, own: Template, channel: Channel, runtime: Runtime
) -> None:
    await owner.says("/templates")
    await owner.taps("News <b>")
    assert "{title}, {link}" in owner.text
    await owner.taps("Fill in")
    assert "title · 1 of 2" in owner.text
    assert "Ten & more" in owner.text
    await owner.sends_photo()
    assert "I need text here" in owner.text
    await owner.says("Sale * now", entities=[MessageEntity(type="italic", offset=0, length=4)])
    assert "link · 2 of 2" in owner.text
    question = owner.screen
    await owner.taps("Skip", on=question)
    assert "Not filled in: {link}" in owner.text
    assert "Sale * now" in owner.text
    assert "— Tea & Co" in owner.text
    assert "More:" not in owner.text
    assert "/ 4,096" in owner.text
    preview = owner.screen
    await owner.taps("Skip", on=question)
    assert "nothing was done" in owner.text
    await asyncio.gather(*(owner.taps("Make a draft", on=preview) for _ in range(3)))
    (draft,) = await _drafts(runtime)
    assert "*Sale*" in draft.original_text
    assert "* now" in draft.original_text
    assert (draft.made_by, draft.template_id, draft.content_type) == ("template", own.id, "announcement")
    assert any("A draft from the template" in (message.text or "") for message in owner.messages)


async def test_the_example_fills_what_is_left(owner: Person, own: Template, runtime: Runtime) -> None:
    await owner.says("/templates")
    await owner.taps("News <b>")
    await owner.taps("Fill in")
    await owner.says("My title")
    await owner.taps("Take the example")
    assert "My title" in owner.text
    assert "More: https://example.com" in owner.text
    await owner.taps("Keep as the example")
    assert "the template's example now" in owner.text
    (template,) = await _all(runtime)
    assert template.structure["examples"] == [{"title": "My title", "link": "https://example.com"}]


async def test_a_thread_becomes_a_thread(
    owner: Person, product: Product, channel: Channel, runtime: Runtime
) -> None:
    await owner.says("/templates")
    await owner.taps("New template")
    await owner.says("Story")
    await owner.says("hello?")
    assert "a button is to be tapped" in owner.text
    await owner.taps("Thread")
    await owner.taps("thread")
    await owner.says("First {hook}\n---\n{the end}")
    assert "“the end” in braces is no name" in owner.text
    await owner.says("First {first_hook}\n---\nSecond {end}")
    assert "The template is ready" in owner.text
    await owner.taps("Fill in")
    await owner.says("A_B")
    await owner.says("C")
    await owner.taps("Make a draft")
    (draft,) = await _drafts(runtime)
    assert draft.adapted["telegram"]["thread"] == ["First A_B", "Second C"]


async def test_a_new_template_s_old_buttons_do_nothing(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/templates")
    await owner.taps("New template")
    await owner.says("One")
    kinds = owner.screen
    await owner.taps("Recap")
    await owner.taps("Recap", on=kinds)
    assert "nothing was done" in owner.text
    await owner.says("/templates")
    await owner.taps_data(cb.NewFormat(thread=True).pack(), owner.screen)
    assert "nothing was done" in owner.text
    assert await _all(runtime) == []


async def test_every_field_is_changed(
    owner: Person, own: Template, product: Product, runtime: Runtime
) -> None:
    await owner.says("/templates")
    await owner.taps("News <b>")
    for label, said, shown in (
        ("Name", "Fresh news", "Fresh news"),
        ("Description", "For <each> news", "For <each> news"),
        ("Text", "{title}!", "{title}!"),
        ("Hints", "Be brief & kind", "Be brief & kind"),
    ):
        await owner.taps("Edit")
        await owner.taps(label)
        await owner.says(said)
        assert "✅ Saved" in owner.text
        assert shown in owner.text
    await owner.taps("Edit")
    await owner.taps("Text")
    await owner.says("{no name}")
    assert "is no name" in owner.text
    await owner.taps("Cancel")
    await owner.taps("Hints")
    await owner.taps("Clear")
    for label in ("Make it a thread", "English", "For all products"):
        await owner.taps(label)
        assert "“Fresh news”: saved" in owner.text
    await owner.taps("Kind of post")
    await owner.taps("Recap")
    await owner.taps("Platforms")
    telegram = owner.screen
    await asyncio.gather(*(owner.taps("Telegram", on=telegram) for _ in range(2)))
    (template,) = await _all(runtime)
    assert (template.name, template.description, template.language, template.product_id) == (
        "Fresh news", "For <each> news", "en", None,
    )  # fmt: skip
    assert template.structure["parts"] == ["{title}!"]
    assert template.structure["ai_hints"] == ""
    assert (template.category, template.platforms) == ("recap", ["telegram"])
    await owner.taps("Back")
    await owner.taps("Only for")
    assert (await _all(runtime))[0].product_id == product.id


async def test_a_system_template_is_copied_once_a_tap(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/templates")
    await owner.taps("Announcement")
    card = owner.screen
    assert not any("Edit" in label or "Delete" in label for label in owner.labels)
    await asyncio.gather(*(owner.taps("Copy", on=card) for _ in range(3)))
    assert [template.name for template in await _all(runtime)] == ["Announcement (copy)"]
    system = cb.OpenTemplate.unpack(
        next(data for label, data in buttons_of(card.reply_markup) if "Fill" in label).replace(
            "tplf:", "tpl:"
        )
    )
    for tap in (cb.EditTemplate, cb.AskDelete, cb.DeleteTemplate):
        await owner.taps_data(tap(template=system.template).pack(), card)
        assert "nothing was done" in owner.text
    await owner.taps_data(system.pack(), card)
    await owner.taps("Copy")
    assert {template.name for template in await _all(runtime)} == {
        "Announcement (copy)",
        "Announcement (copy 2)",
    }


async def test_a_template_is_deleted_after_a_question_and_its_drafts_stay(
    owner: Person, own: Template, product: Product, runtime: Runtime
) -> None:
    async with runtime.unit_of_work() as session:
        await content.create_draft(session, product_id=product.id, text="Text", template_id=own.id)
    await owner.says("/templates")
    await owner.taps("News <b>")
    card = owner.screen
    await owner.taps("Delete")
    assert "1 post made from it stays" in owner.text
    question = owner.screen
    await asyncio.gather(*(owner.taps("Delete the template", on=question) for _ in range(2)))
    assert await _all(runtime) == []
    assert len(await _drafts(runtime)) == 1
    for label, data in buttons_of(card.reply_markup):
        await owner.taps_data(data, card)
        assert "Something broke" not in owner.text, label


async def test_with_an_idea_the_template_s_kind_and_hints_are_used(
    owner: Person, own: Template, channel: Channel, runtime: Runtime
) -> None:
    await owner.says("/templates")
    await owner.taps("News <b>")
    await owner.taps("From an idea")
    await owner.says("We open on Sunday\nCome along")
    (draft,) = await _drafts(runtime)
    assert (draft.template_id, draft.content_type, draft.idea) == (
        own.id, "announcement", "We open on Sunday\nCome along",
    )  # fmt: skip
    # There is no key for AI here: the chosen template itself is filled in, not the shipped one.
    assert "— Tea & Co" in draft.original_text
    assert "We open on Sunday" in draft.original_text


async def test_without_a_product_a_draft_cannot_be_made(owner: Person, runtime: Runtime) -> None:
    await owner.says("/templates")
    await owner.taps("Announcement")
    await owner.taps("Fill in")
    assert "A product comes first" in owner.text


async def test_an_unreadable_template_is_said_and_can_be_deleted(
    owner: Person, own: Template, runtime: Runtime
) -> None:
    async with runtime.unit_of_work() as session:
        (await session.get_one(Template, own.id)).structure = {"format": "poem"}
    await owner.says("/templates")
    await owner.taps("News <b>")
    assert "stored wrongly" in owner.text
    await owner.taps_data(cb.Fill(template=own.id).pack(), owner.screen)
    assert "nothing was done" in owner.text
    await owner.taps("Delete")
    await owner.taps("Delete the template")
    assert await _all(runtime) == []


async def test_every_button_of_the_screens_leads_somewhere(owner: Person, own: Template) -> None:
    await owner.says("/templates")
    for data in (cb.OpenTemplate(template=own.id), cb.EditTemplate(template=own.id), cb.Narrow()):
        await owner.taps_data(data.pack(), owner.screen)
        screen = owner.screen
        for label, tapped in buttons_of(screen.reply_markup):
            await owner.taps_data(tapped, screen)
            assert "Something broke" not in owner.text, label
            assert owner.labels, label
    await owner.taps_data(cb.OpenTemplate(template=uuid.uuid4()).pack(), owner.screen)
    assert "not there any more" in owner.text
