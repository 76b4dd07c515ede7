"""From what the owner sends to an approved, scheduled or published draft."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiogram.types import InlineKeyboardMarkup, MessageEntity
from sqlalchemy import select

from bot.ui.formatted import Formatted
from core.ai import writer
from core.channels.models import Channel
from core.content.models import Content, ContentStatus, ContentVersion
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from core.settings import service as settings
from tests.bot.person import Person

OWN = "This is a finished text of my own.\n\nIt has several paragraphs.\n\nSo it is not an idea."


async def contents(runtime: Runtime) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Content).order_by(Content.number)))


async def publications(runtime: Runtime) -> list[Publication]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Publication).order_by(Publication.created_at)))


async def test_a_finished_text_becomes_a_card_with_its_preview_and_true_count(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN, entities=[MessageEntity(type="bold", offset=10, length=8)])
    (draft,) = await contents(runtime)
    assert draft.made_by == "owner"
    assert "**finished**" in draft.original_text
    assert OWN in owner.text
    assert f"{len(OWN)}/4096" in owner.text
    shown = Formatted(owner.text)
    bold = [
        shown.cut(e.offset, e.offset + e.length).text for e in owner.screen.entities or [] if e.type == "bold"
    ]
    assert "finished" in bold
    for label in ("Approve", "Schedule", "Publish now", "Edit text", "Rewrite", "Media", "More", "Home"):
        assert any(label in text for text in owner.labels), label
    await owner.taps("More")
    for label in ("Versions", "Save as template", "Duplicate", "Copy", "Reject", "Delete", "Back"):
        assert any(label in text for text in owner.labels), label
    await owner.taps("Back")
    assert any("Approve" in text for text in owner.labels)


async def test_a_short_idea_is_written_out_without_ai_and_says_so(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says("We open a second shop on Friday")
    (draft,) = await contents(runtime)
    assert draft.idea == "We open a second shop on Friday"
    assert draft.made_by == "template"
    assert draft.version == 2
    assert "without AI" in owner.text
    assert len(owner.messages) == 1  # the progress message is gone
    assert owner.telegram.named("sendChatAction")
    await owner.taps("More")
    await owner.taps("Use my text")
    (draft,) = await contents(runtime)
    assert (draft.original_text, draft.made_by, draft.version) == (draft.idea, "owner", 3)


async def test_approval_is_of_the_version_shown(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    old = owner.screen
    await owner.taps("Edit")
    await owner.says("A better text")
    (draft,) = await contents(runtime)
    assert draft.version == 2
    await owner.taps("Approve", on=old)
    (draft,) = await contents(runtime)
    assert draft.status == ContentStatus.DRAFT
    assert "earlier version" in owner.text
    assert "A better text" in owner.text
    await owner.taps("Approve")
    (draft,) = await contents(runtime)
    assert (draft.status, draft.approved_version) == (ContentStatus.READY, 2)


@pytest.mark.parametrize(
    ("usual", "label"), [("optimal", "At the next good hour"), ("at", "Schedule"), ("now", "Publish now")]
)
async def test_an_approved_draft_offers_the_usual_way_out_first(
    owner: Person, runtime: Runtime, channel: Channel, usual: str, label: str
) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Publishing, default_scheduling=usual)
    await owner.says(OWN)
    assert _green(owner) == ["Approve"]  # one at a time: approving comes first
    await owner.taps("Approve")
    assert _green(owner) == [label]
    if usual == "optimal":
        await owner.taps(label)
        assert "Scheduled" in owner.text
        assert _green(owner) == []


def _green(owner: Person) -> list[str]:
    markup = owner.screen.reply_markup
    assert isinstance(markup, InlineKeyboardMarkup)
    return [
        one.text.partition(" ")[2] for row in markup.inline_keyboard for one in row if one.style == "success"
    ]


async def test_a_double_tap_is_one_approval(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    card = owner.screen
    await asyncio.gather(*(owner.taps("Approve", on=card) for _ in range(5)))
    (draft,) = await contents(runtime)
    assert draft.status == ContentStatus.READY
    assert "Approved" in owner.text


async def test_publish_now_can_be_undone_and_a_double_tap_plans_once(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    card = owner.screen
    await asyncio.gather(*(owner.taps("Publish now", on=card) for _ in range(3)))
    (planned,) = await publications(runtime)
    assert planned.status == PublicationStatus.SCHEDULED
    assert "You can still undo" in owner.text
    await owner.taps("Undo")
    (planned,) = await publications(runtime)
    assert planned.status == PublicationStatus.CANCELLED
    assert "undone" in owner.text
    assert "Publish now" in " ".join(owner.labels)


async def test_the_picker_says_the_moment_back_before_it_counts(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("tomorrow")
    await owner.taps("18:00")
    assert "Tue, 3 March, 18:00" in owner.text
    assert "UTC+3" in owner.text
    assert "in 30 hours" in owner.text
    assert not await publications(runtime)
    await owner.taps("Schedule it")
    (planned,) = await publications(runtime)
    assert planned.scheduled_at.isoformat() == "2026-03-03T15:00:00+00:00"
    assert "Goes out Tue, 3 March, 18:00" in owner.text


async def test_a_time_can_be_typed(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("Type a time")
    await owner.says("someday")
    assert "did not understand" in owner.text
    await owner.says("2020-01-01 10:00")
    assert "has passed" in owner.text
    await owner.says("in 1 minute")
    await owner.taps("Schedule it")
    (planned,) = await publications(runtime)
    assert planned.scheduled_at == runtime.clock.now() + timedelta(minutes=1)
    assert not [m for m in owner.messages if "Write when" in (m.text or "")]
    assert len([m for m in owner.messages if m.reply_markup and "#1" in (m.text or "")]) == 1


async def test_optimal_takes_the_next_good_hour(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    (planned,) = await publications(runtime)
    assert planned.mode == "optimal"
    assert "Scheduled" in owner.text


async def test_too_close_offers_the_nearest_moment_and_going_ahead(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    await owner.taps("Publish now")
    await owner.says(OWN + " Second.")
    await owner.taps("Publish now")
    assert "Too close" in owner.text
    assert len(await publications(runtime)) == 1
    await owner.taps("anyway")
    assert len(await publications(runtime)) == 2
    assert "undo" in owner.text


async def test_an_edit_of_a_scheduled_post_waits_for_approval(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.taps("Edit")
    await owner.says("Changed")
    assert "waits for the approval" in owner.text
    await owner.taps("Approve")
    assert "goes out at the planned time" in owner.text
    (planned,) = await publications(runtime)
    assert planned.content_version == 2


async def test_reject_takes_a_reason_and_redrafts(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps("More")
    await owner.taps("Reject")
    await owner.says("Too dry")
    (draft,) = await contents(runtime)
    assert draft.version == 2
    async with runtime.unit_of_work() as session:
        first, second = await session.scalars(select(ContentVersion).order_by(ContentVersion.version))
    assert (first.reason, first.rejected_because, first.made_by) == ("created", "Too dry", "owner")
    assert (second.reason, second.rejected_because, second.made_by) == ("regenerated", None, "template")


@pytest.mark.parametrize("way", ["Reject", "Delete"])
async def test_put_away_cancels_what_is_planned(
    owner: Person, runtime: Runtime, channel: Channel, way: str
) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.taps("More")
    await owner.taps(way)
    await owner.taps("without a reason" if way == "Reject" else "Delete")
    (draft,) = await contents(runtime)
    (planned,) = await publications(runtime)
    assert (draft.status, planned.status) == (ContentStatus.ARCHIVED, PublicationStatus.CANCELLED)
    assert "Put away" in owner.text


async def test_a_question_can_be_left_by_button_and_by_command(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    await owner.taps("Edit")
    await owner.taps("Cancel")
    assert OWN in owner.text
    await owner.taps("Edit")
    await owner.says("/cancel")
    assert "Cancelled" in owner.text
    await owner.says("Another finished text.\nSecond line.\nThird line.")
    assert len(await contents(runtime)) == 2


async def test_an_album_joins_one_draft(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await asyncio.gather(
        owner.sends_photo("a", media_group_id="g", caption="Our shop"),
        owner.sends_photo("b", media_group_id="g"),
        owner.sends_photo("c", media_group_id="g"),
    )
    (draft,) = await contents(runtime)
    assert len(draft.media) == 3
    assert draft.original_text == "Our shop"
    (album,) = owner.telegram.named("sendMediaGroup")
    assert [item.caption for item in album.media] == ["Our shop", None, None]
    assert len(owner.telegram.named("sendMessage")) == 1  # one card


async def test_a_photo_is_previewed_as_itself_with_the_card_under_it(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.sends_photo(
        "a", caption="Look", caption_entities=[MessageEntity(type="bold", offset=0, length=4)]
    )
    preview, card = owner.messages
    assert preview.photo
    assert preview.caption == "Look"
    assert "4/1024" in (card.text or "")
    await owner.taps("Edit")
    await owner.says("New caption")
    preview, card = owner.messages
    assert preview.caption == "New caption"
    (draft,) = await contents(runtime)
    assert len(draft.media) == 1


async def test_a_caption_that_is_too_long_goes_under_the_photo_in_one_tap(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    caption = "слово " * 200
    await owner.sends_photo("a", caption=caption)
    assert "of 1,024" in owner.text
    assert not any("Approve" in label for label in owner.labels)
    await owner.taps("Text below")
    photo, below, card = owner.messages
    assert (bool(photo.photo), photo.caption, below.text) == (True, None, caption.strip())
    assert card.text is not None
    await owner.taps("Publish now")
    (planned,) = await publications(runtime)
    assert planned.content_version == 2


async def test_a_text_that_is_too_long_is_split_in_one_tap(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says("слово " * 1500)
    await owner.taps("Split")
    assert "1 of 3" in owner.text
    assert any("Approve" in label for label in owner.labels)
    await owner.says("слово " * 1500 + "конец")
    await owner.taps("Shorten")
    assert "without AI" in owner.text


async def test_what_cannot_be_downloaded_is_said_and_the_words_are_kept(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.sends_video(size=30 * 1024 * 1024, caption="A long film")
    (draft,) = await contents(runtime)
    assert draft.original_text == "A long film"
    assert "20 MB" in owner.text
    await owner.sends_video(size=30 * 1024 * 1024)
    assert len(await contents(runtime)) == 1
    assert "20 MB" in owner.text


async def test_a_forwarded_post_is_taken_as_it_is(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.forwards("short post")
    (draft,) = await contents(runtime)
    assert (draft.made_by, draft.idea, draft.original_text) == ("owner", None, "short post")


async def test_ones_own_words_can_be_taken_while_ai_writes(
    owner: Person, runtime: Runtime, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    write = writer.write_post

    async def slow(*args: Any, **kwargs: Any) -> writer.Draft:
        begun.set()
        await go_on.wait()
        return await write(*args, **kwargs)

    monkeypatch.setattr(writer, "write_post", slow)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says("We open on Friday"))
        await begun.wait()
        await owner.taps("Use my text")
        assert "Approve" in " ".join(owner.labels)
        go_on.set()
    (draft,) = await contents(runtime)
    assert (draft.original_text, draft.made_by, draft.version) == ("We open on Friday", "owner", 2)
    assert len(owner.messages) == 1


async def test_when_writing_breaks_the_card_comes_back(
    owner: Person, runtime: Runtime, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> writer.Draft:
        raise RuntimeError("secret")

    monkeypatch.setattr(writer, "write_post", broken)
    await owner.says("We open on Friday")
    assert "Something broke" in owner.text
    assert any("We open on Friday" in (m.text or "") and m.reply_markup for m in owner.messages)
    await owner.taps("Rewrite")
    await owner.taps("Anew")
    assert "Something broke" in owner.text
    assert not [m for m in owner.messages if "Rewriting" in (m.text or "")]


async def test_an_edit_during_writing_wins(
    owner: Person, runtime: Runtime, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    write = writer.write_post

    async def slow(*args: Any, **kwargs: Any) -> writer.Draft:
        begun.set()
        await go_on.wait()
        return await write(*args, **kwargs)

    monkeypatch.setattr(writer, "write_post", slow)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(owner.says("We open on Friday"))
        await begun.wait()
        await owner.says("/drafts")  # the chat is not blocked while AI writes
        await owner.taps("#1")
        await owner.taps("Edit")
        await owner.says("My words")
        go_on.set()
    (draft,) = await contents(runtime)
    assert (draft.original_text, draft.version) == ("My words", 2)
    assert "put aside" in owner.text
