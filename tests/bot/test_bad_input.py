"""Whatever the owner sends gets a clear answer: no traceback, nothing lost."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.exceptions import TelegramForbiddenError, TelegramServerError
from aiogram.methods import SendMessage
from aiogram.types import Contact, Dice, Location, MessageEntity, Poll, Sticker, Voice
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.screens.queue import handlers as queue_handlers
from core.channels.models import Channel
from core.chats import service as chats
from core.content.models import Content
from core.products import service as products
from core.runtime import Runtime
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import MockedTelegram

OWN = "A finished text.\nTwo.\nThree."
POLL = Poll(
    id="1", question="?", options=[], total_voter_count=0, is_closed=False, is_anonymous=True, type="regular",
    allows_multiple_answers=False, allows_revoting=False, members_only=False,
)  # fmt: skip


async def drafts(runtime: Runtime) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Content).order_by(Content.number)))


async def test_a_text_cut_by_the_client_is_one_draft(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    parts = [f"{number} " + "слово " * 670 for number in range(12)] + ["The end"]
    await asyncio.gather(*(owner.says(part) for part in parts))
    (draft,) = await drafts(runtime)
    assert draft.original_text == "\n".join(part.strip() for part in parts)
    assert len([m for m in owner.messages if m.reply_markup]) == 1
    await owner.says("A finished text.\nOf its own.\nAnd short.")
    assert len(await drafts(runtime)) == 2


async def test_an_edit_cut_by_the_client_is_one_text(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    await owner.taps("Edit")
    await asyncio.gather(owner.says("слово " * 670), owner.says("The end"))
    (draft,) = await drafts(runtime)
    assert draft.original_text.endswith("слово\nThe end")


async def test_fifty_thousand_characters_are_kept_and_shown(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    text = "слово и ещё слово " * 2800
    await owner.says(text[:50_000])
    (draft,) = await drafts(runtime)
    assert len(draft.original_text) >= 49_990
    assert "/4096" in owner.text
    assert "too many" in owner.text
    assert not any("Approve" in label for label in owner.labels)
    await owner.taps("Show it whole")
    pages = [owner.text]
    while "›" in owner.labels:
        await owner.taps("›")
        pages.append(owner.text)
    assert pages[-1].startswith(f"📄 #1 in full · {len(pages)} of {len(pages)}")
    assert "".join(page.partition("\n\n")[2] for page in pages) == draft.original_text
    assert len(owner.messages) == 1  # in the card's place: nothing has flooded the chat
    await owner.taps("Back to the draft")
    assert "/4096" in owner.text


@pytest.mark.parametrize("text", ["🎉", "🎉🎉🎉🎉🎉🎉", "👨‍👩‍👧‍👦", "?", "…"])
async def test_an_idea_without_words_is_the_post_itself(
    owner: Person, runtime: Runtime, channel: Channel, text: str
) -> None:
    await owner.says(text)
    (draft,) = await drafts(runtime)
    assert (draft.original_text, draft.idea) == (text, None)
    assert text in owner.text


async def test_markup_in_names_and_texts_is_text(owner: Person, runtime: Runtime, channel: Channel) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="<b>Tom & <i>Co</b>")
        await chats.remember(session, OWNER, product_id=product.id, language="en")
    await owner.says("<script>alert(1)</script> & **not bold** _x_ `y` [z](q)\n2\n3")
    assert "<script>alert(1)</script> & **not bold** _x_ `y` [z](q)" in owner.text
    assert "<b>Tom & <i>Co</b>" in owner.text
    for command in ("/start", "/queue", "/drafts", "/products", "/status"):
        await owner.says(command)
        assert owner.labels, command


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"voice": Voice(file_id="v", file_unique_id="v", duration=3)}, "voice"),
        ({"sticker": Sticker(file_id="s", file_unique_id="s", type="regular", width=1, height=1, is_animated=False, is_video=False)}, "sticker"),
        ({"poll": POLL}, "polls"),
        ({"contact": Contact(phone_number="1", first_name="A")}, "contact"),
        ({"location": Location(latitude=1, longitude=1)}, "place"),
        ({"dice": Dice(emoji="🎲", value=3)}, "cannot become a post"),
    ],
)  # fmt: skip
async def test_what_cannot_be_a_post_is_answered(
    owner: Person, runtime: Runtime, channel: Channel, message: dict[str, Any], expected: str
) -> None:
    await owner.sends(**message)
    assert expected in owner.text
    assert owner.labels
    assert not await drafts(runtime)


async def test_a_document_is_kept_with_its_name(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.sends_document()
    (draft,) = await drafts(runtime)
    assert draft.media[0]["file_name"] == "prices.pdf"
    assert owner.messages[0].document
    assert "Without a caption" in owner.text
    assert "Your text" not in owner.text


async def test_a_file_nobody_asked_for_leaves_the_question_open(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says("/products")
    await owner.taps("Add a product")
    await owner.sends_document()
    assert "need text" in owner.text
    await owner.says("Coffee")
    assert "Coffee" in owner.text
    async with runtime.unit_of_work() as session:
        assert [p.name for p in await products.list_active(session)] == ["Tea & Co", "Coffee"]


async def test_a_reply_to_a_deleted_message(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.taps("Edit")
    owner.telegram.chats[OWNER].clear()  # the owner deleted everything
    await owner.says("New text")
    assert "New text" in owner.text
    (draft,) = await drafts(runtime)
    assert draft.original_text == "New text"
    card = owner.screen
    owner.telegram.chats[OWNER].clear()
    await owner.taps("Approve", on=card)  # a tap on a message that is gone: the card comes anew
    assert "approved" in owner.text


async def test_empty_and_too_long_answers_to_a_question(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says("/products")
    await owner.taps("Add a product")
    await owner.says("   ")
    assert "need text" in owner.text
    await owner.says("x" * 300)
    assert "the limit is 255" in owner.text
    await owner.says("Fine")
    assert "Fine" in owner.text


async def test_an_unknown_command_and_button(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says("/fly me")
    assert "/fly" in owner.text
    assert "/help" in owner.text
    await owner.taps_data("old:button:of:another:version", owner.screen)
    assert "earlier version" in owner.text
    assert "Queue" in " ".join(owner.labels)
    await owner.taps_data("card:not-a-uuid:0", owner.screen)
    assert "earlier version" in owner.text


async def test_an_edited_message_changes_nothing(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.says(OWN)
    await owner.feed(edited_message=owner.message(text="other", edit_date=int(datetime.now(UTC).timestamp())))
    assert "do not follow edits" in owner.text
    (draft,) = await drafts(runtime)
    assert draft.original_text == OWN


async def test_text_without_a_product_asks_for_one(owner: Person, runtime: Runtime) -> None:
    await owner.says(OWN)
    assert "product comes first" in owner.text
    await owner.says("Tea")
    await owner.says(OWN)
    (draft,) = await drafts(runtime)
    assert draft.original_text == OWN
    assert "There is no channel yet" in owner.text


async def test_an_unexpected_error_is_logged_with_the_reference_that_is_shown(
    owner: Person, runtime: Runtime, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(queue_handlers, "queue_screen", broken)
    with capture_logs() as logs:
        await owner.says("/queue")
    (line,) = [line for line in logs if line["event"] == "update_failed"]
    assert line["reference"] in owner.text
    assert "secret" not in owner.text
    assert "Traceback" not in owner.text


async def test_failing_sends_do_not_raise(
    owner: Person, runtime: Runtime, telegram: MockedTelegram, channel: Channel
) -> None:
    method = SendMessage(chat_id=1, text="x")
    for _ in range(2):  # the screen, and the excuse for it
        telegram.fail("sendMessage", TelegramServerError(method=method, message="Bad Gateway"))
    await owner.says("/queue")
    telegram.fail(
        "sendMessage", TelegramForbiddenError(method=method, message="Forbidden: bot was blocked by the user")
    )
    await owner.says("/queue")
    async with runtime.unit_of_work() as session:
        assert OWNER not in await chats.reachable(session)
    await owner.says("/queue", entities=[MessageEntity(type="bot_command", offset=0, length=6)])
    assert "queue is empty" in owner.text
