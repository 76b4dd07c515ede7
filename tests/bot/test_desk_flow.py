"""The card's rarer deeds: versions, words of one platform, platforms on and off, files, copies, templates."""

import asyncio

import pytest
from aiogram.types import Chat, MessageEntity, MessageOriginChannel
from sqlalchemy import select

from bot.app import build_dispatcher
from core.channels import service as channels
from core.channels.models import Channel
from core.content import service
from core.content.models import Content, ContentStatus, ContentVersion
from core.content.rendering import render
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from core.templates.models import Template
from tests.bot.person import Person

OWN = "A finished text.\nTwo.\nThree."
CHANNEL_URL = "https://discord.com/api/webhooks/123456789012345678/" + "a" * 68


@pytest.fixture
async def discord(runtime: Runtime, product: Product, channel: Channel) -> Channel:
    """A second channel of the product's."""
    async with runtime.unit_of_work() as session:
        return await channels.connect(
            session,
            runtime.keyring,
            product_id=product.id,
            platform="discord",
            platform_name="Tea room",
            credentials={"webhook_url": CHANNEL_URL},
        )


async def contents(runtime: Runtime) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Content).order_by(Content.number)))


async def draft_of(runtime: Runtime) -> Content:
    (draft,) = await contents(runtime)
    return draft


async def test_versions_are_listed_looked_at_and_brought_back(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    for number in range(2, 9):
        await owner.taps("Edit text")
        await owner.says(f"Text {number}.")
    await owner.taps("More")
    await owner.taps("Versions · 8")
    assert "v8 · " in owner.text
    assert "current" in owner.text
    await owner.taps("›")
    assert "created" in owner.text
    old = owner.screen
    await owner.taps("v1")
    assert OWN in owner.text
    screen = owner.screen
    await asyncio.gather(*(owner.taps("Bring this version back", on=screen) for _ in range(2)))
    draft = await draft_of(runtime)
    assert (draft.original_text, draft.version, draft.status) == (OWN, 9, ContentStatus.DRAFT)
    await owner.taps("v1", on=old)
    await owner.taps("Bring this version back", on=screen)
    assert "earlier version" in owner.text
    assert (await draft_of(runtime)).version == 9


async def test_the_current_version_offers_no_way_back_to_itself(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.sends_photo("a", caption="Look")
    await owner.taps("More")
    await owner.taps("Versions")
    await owner.taps("v1")
    assert not any("Bring this" in label for label in owner.labels)
    await owner.taps("Show it as it was")
    assert owner.messages[-2].caption == "Look"
    await owner.taps("Back to the draft")
    assert "Approve" in " ".join(owner.labels)


async def test_one_platform_gets_words_of_its_own_and_the_common_ones_back(
    owner: Person, runtime: Runtime, discord: Channel
) -> None:
    await owner.says(OWN)
    await owner.taps("Edit text")
    await owner.taps("Only Discord")
    await owner.sends_photo("a")
    assert "the same on every platform" in owner.text
    await owner.says("For Discord")
    draft = await draft_of(runtime)
    assert (draft.original_text, draft.adapted) == (OWN, {"discord": {"text": "For Discord"}})
    assert "Discord ✎" in " ".join(owner.labels)
    assert "its own text" in owner.text
    await owner.taps("Edit text")
    await owner.taps("Only Discord")
    question = owner.screen
    await owner.taps("Back to the common text")
    draft = await draft_of(runtime)
    assert (draft.adapted, draft.version) == ({}, 3)
    await owner.taps("Back to the common text", on=question)
    assert (await draft_of(runtime)).version == 3
    assert "earlier version" in owner.text


async def test_a_platform_that_is_off_is_left_out_and_the_last_one_stays(
    owner: Person, runtime: Runtime, discord: Channel
) -> None:
    await owner.says(OWN)
    await owner.taps("Platforms")
    screen = owner.screen
    await asyncio.gather(*(owner.taps("Discord", on=screen) for _ in range(2)))
    draft = await draft_of(runtime)
    assert (draft.adapted, draft.version) == ({"discord": {"off": True}}, 2)
    await owner.says("/drafts")
    await owner.taps("#1")
    await owner.taps("Platforms")
    await owner.taps("Telegram")
    assert "At least one platform" in owner.text
    assert (await draft_of(runtime)).version == 2
    await owner.taps("Back to the draft")
    assert "switched off for this post" in owner.text
    assert "Platforms · 1 of 2" in " ".join(owner.labels)
    await owner.taps("Edit text")
    await owner.says("New words")
    assert (await draft_of(runtime)).adapted == {"discord": {"off": True}}
    await owner.taps("Publish now")
    async with runtime.unit_of_work() as session:
        (planned,) = await session.scalars(select(Publication))
        assert (await session.get_one(Channel, planned.channel_id)).platform == "telegram"


async def test_switching_a_planned_platform_off_takes_its_plan_back_with_the_approval(
    owner: Person, runtime: Runtime, discord: Channel
) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.taps("Platforms")
    await owner.taps("Discord")
    await owner.taps("Back to the draft")
    await owner.taps("Approve")
    async with runtime.unit_of_work() as session:
        rows = {
            channel.platform: publication.status
            for publication, channel in await session.execute(
                select(Publication, Channel).join(Channel, Channel.id == Publication.channel_id)
            )
        }
    assert rows == {"telegram": PublicationStatus.SCHEDULED, "discord": PublicationStatus.CANCELLED}


async def test_files_are_added_moved_described_and_removed(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.sends_photo("a", caption="Look")
    await owner.taps("Media · 1")
    await owner.taps("Add")
    await owner.says("not a file")
    assert "A file is wanted" in owner.text
    await asyncio.gather(
        owner.sends_photo("b", media_group_id="g"), owner.sends_photo("c", media_group_id="g")
    )
    assert "Files of post #1 · 3" in owner.text
    assert len([m for m in owner.messages if "Files of post" in (m.text or "")]) == 1
    await owner.taps("3 🖼")
    await owner.taps("Up")
    await owner.taps("Description")
    await owner.says("A cat <b> on a roof")
    assert "A cat <b> on a roof" in owner.text
    draft = await draft_of(runtime)
    assert [item["alt"] for item in draft.media] == ["", "A cat <b> on a roof", ""]
    await owner.taps("2 🖼")
    await owner.taps("Description")
    await owner.taps("Remove the description")
    await owner.taps("1 🖼")
    one = owner.screen
    await asyncio.gather(*(owner.taps("Remove", on=one) for _ in range(2)))
    draft = await draft_of(runtime)
    assert len(draft.media) == 2
    await owner.taps("Remove", on=one)
    assert "earlier version" in owner.text  # and the card is the last message: its preview stands above it
    assert len((await draft_of(runtime)).media) == 2
    async with runtime.unit_of_work() as session:
        reasons = set(await session.scalars(select(ContentVersion.reason)))
    assert reasons == {"created", "media"}


async def test_a_description_reaches_what_is_published(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.sends_photo("a", caption="Look")
    await owner.taps("Media")
    await owner.taps("1 🖼")
    await owner.taps("Description")
    await owner.says("A roof")
    draft = await draft_of(runtime)
    for platform in runtime.platforms.values():
        rendering = render(draft, platform, {})
        alts = [item.alt for part in rendering.parts for item in part.media]
        assert alts == ["A roof"], platform.slug


async def test_a_double_tap_on_duplicate_makes_one_draft(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.sends_photo("a", caption="Look")
    await owner.taps("More")
    card = owner.screen
    await asyncio.gather(*(owner.taps("Duplicate", on=card) for _ in range(3)))
    first, copy = await contents(runtime)
    assert (copy.original_text, copy.media, copy.version) == (first.original_text, first.media, 1)
    assert "copy of draft #1" in owner.text
    await owner.taps("Edit text")
    await owner.says("Changed")
    assert [row.original_text for row in await contents(runtime)] == ["Look", "Changed"]
    await owner.taps("Duplicate", on=card)
    assert len(await contents(runtime)) == 3


async def test_a_draft_becomes_a_template_with_the_variables_in_braces(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says("Sale: {item_name} for {price}\nAsk {{us}}.\nOnly today, {price}!")
    await owner.taps("More")
    await owner.taps("Save as template")
    assert "item_name, price" in owner.text
    question = owner.screen
    await owner.taps("Call it")
    assert "is saved" in owner.text
    await owner.taps("Call it", on=question)
    assert "nothing was done" in owner.text
    await owner.taps("More")
    await owner.taps("Save as template")
    await owner.says("x" * 300)
    assert "Too long" in owner.text
    await owner.says("Our sale")
    async with runtime.unit_of_work() as session:
        rows = list(
            await session.scalars(
                select(Template).where(Template.is_system.is_(False)).order_by(Template.created_at)
            )
        )
    assert [row.name for row in rows] == ["Sale: {item_name} for {price}", "Our sale"]
    assert rows[0].structure["variables"] == ["item_name", "price"]
    assert "{item_name}" in rows[0].structure["body"]


async def test_an_answer_to_a_card_edits_it(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.sends_photo("a", caption="Look")
    preview, card = owner.messages
    await owner.says(
        "New caption", reply_to_message=card, entities=[MessageEntity(type="bold", offset=0, length=3)]
    )
    draft = await draft_of(runtime)
    assert (draft.original_text, draft.version, len(draft.media)) == ("**New** caption", 2, 1)
    preview, _ = owner.messages
    await asyncio.gather(
        owner.sends_photo("b", media_group_id="g", reply_to_message=preview),
        owner.sends_photo("c", media_group_id="g", reply_to_message=preview),
    )
    draft = await draft_of(runtime)
    assert (draft.original_text, len(draft.media)) == ("**New** caption", 2)
    await owner.says("Too late", reply_to_message=card)
    assert len(await contents(runtime)) == 2  # the card was replaced: nothing stands in that message any more


async def test_an_answer_to_an_outdated_card_changes_nothing(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    card = owner.screen
    async with runtime.unit_of_work() as session:
        draft = (await session.scalars(select(Content))).one()
        await service.edit(session, draft.id, expected_version=1, text="Changed elsewhere")
    await owner.says("My words", reply_to_message=card)
    assert "was not applied" in owner.text
    assert (await draft_of(runtime)).original_text == "Changed elsewhere"


async def test_two_albums_at_once_are_two_drafts_with_all_their_captions(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await asyncio.gather(
        owner.sends_photo("a", media_group_id="g", caption="One"),
        owner.sends_photo("k", media_group_id="h"),
        owner.sends_photo("b", media_group_id="g", caption="Two"),
        owner.sends_photo("l", media_group_id="h", caption="Other"),
    )
    first, second = await contents(runtime)
    assert (first.original_text, len(first.media)) == ("One\n\nTwo", 2)
    assert (second.original_text, len(second.media)) == ("Other", 2)


async def test_an_album_goes_on_after_a_restart(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.sends_photo("a", media_group_id="g", caption="One")
    owner.dispatcher = build_dispatcher(runtime)
    await owner.sends_photo("b", media_group_id="g")
    draft = await draft_of(runtime)
    assert len(draft.media) == 2
    assert [len(m.media) for m in owner.telegram.named("sendMediaGroup")] == [2]


async def test_a_forwarded_post_keeps_formatting_media_and_says_where_it_came_from(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    origin = MessageOriginChannel(
        date=owner.message(text="x").date,
        chat=Chat(id=-100, type="channel", title="News <b>", username="news"),
        message_id=7,
    )
    await owner.sends_photo(
        "a",
        caption="Big news",
        caption_entities=[MessageEntity(type="italic", offset=0, length=3)],
        forward_origin=origin,
    )
    draft = await draft_of(runtime)
    assert draft.origin == {"name": "News <b>", "url": "https://t.me/news/7"}
    assert draft.original_text == "*Big* news"
    assert "Forwarded from News <b>" in owner.text


@pytest.mark.parametrize("link", ["https://example.com/a?b=1#c", "example.com", "t.me/tea/12"])
async def test_a_link_alone_is_not_written_about(
    owner: Person, runtime: Runtime, channel: Channel, link: str
) -> None:
    await owner.says(link)
    draft = await draft_of(runtime)
    assert (draft.original_text.replace("\\", ""), draft.idea, draft.made_by) == (link, None, "owner")
    assert "does not open pages" in owner.text
