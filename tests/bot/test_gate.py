"""A stranger's messages, buttons and forwarded owner buttons change nothing and reveal nothing."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import SendMessage
from aiogram.types import (
    Chat,
    ChatMemberBanned,
    ChatMemberMember,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    User,
)
from sqlalchemy import func, select

from bot.middlewares.gate import OwnerGate
from core.channels.models import Channel
from core.chats import service as chats
from core.chats.models import Chat as ChatRow
from core.chats.models import ChatState
from core.content.models import Content, ContentStatus
from core.runtime import Runtime
from tests.bot.conftest import OWNER, STRANGER
from tests.bot.person import Person
from tests.bot.telegram import buttons_of

OWN = "A finished text.\nWith lines.\nAnd more lines."
GROUP = Chat(id=-100, type="supergroup", title="Group")


async def rows(runtime: Runtime) -> tuple[int, int, int]:
    async with runtime.unit_of_work() as session:
        counts = [
            await session.scalar(select(func.count()).select_from(t)) for t in (Content, ChatRow, ChatState)
        ]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0


WAYS: dict[str, Callable[[Person], Awaitable[None]]] = {
    "text": lambda p: p.says("hello"),
    "start": lambda p: p.says("/start"),
    "queue": lambda p: p.says("/queue"),
    "photo": lambda p: p.sends_photo(),
    "document": lambda p: p.sends_document(),
    "forwarded": lambda p: p.forwards("a post"),
    "edited": lambda p: p.feed(edited_message=p.message(text="hello")),
    "inline": lambda p: p.feed(inline_query=InlineQuery(id="1", from_user=p.user, query="x", offset="")),
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_stranger_changes_and_learns_nothing(
    owner: Person, stranger: Person, runtime: Runtime, channel: Channel, way: str
) -> None:
    before = await rows(runtime)
    await WAYS[way](stranger)
    assert await rows(runtime) == before
    told = [message.text for message in stranger.messages]
    refusal = ["Это личный бот, он работает только со своим владельцем."]
    assert told == ([] if way in {"edited", "inline"} else refusal)
    assert not stranger.telegram.named("getFile")


async def test_a_stranger_is_refused_once_an_hour(stranger: Person) -> None:
    for _ in range(5):
        await stranger.says("hello")
    assert len(stranger.messages) == 1


def test_a_crowd_does_not_use_up_the_bots_rate() -> None:
    now = 0.0
    gate = OwnerGate((OWNER,), clock=lambda: now)
    answered = sum(gate._may_answer(user_id) for user_id in range(1000))
    assert answered == 20
    now = 61.0
    assert gate._may_answer(5000)
    assert not gate._may_answer(1)


async def test_owner_buttons_in_other_hands_do_nothing(
    owner: Person, stranger: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    card = owner.screen
    data = next(data for label, data in buttons_of(card.reply_markup) if "Approve" in label)
    # The stranger taps a forwarded card, and forges a tap on the owner's own message.
    mine = Message(
        message_id=7,
        date=datetime.now(UTC),
        chat=stranger.chat,
        from_user=User(id=42, is_bot=True, first_name="N"),
    )
    await stranger.taps_data(data, mine)
    await stranger.taps_data(data, card)
    # The owner's tap under a foreign message, in a group, and on a message forwarded to the bot.
    foreign = mine.model_copy(update={"chat": owner.chat, "from_user": stranger.user})
    grouped = mine.model_copy(update={"chat": GROUP})
    for message in (foreign, grouped):
        await owner.taps_data(data, message)
    async with runtime.unit_of_work() as session:
        (draft,) = await session.scalars(select(Content))
    assert draft.status == ContentStatus.DRAFT
    assert not stranger.messages
    answers = [call.text for call in owner.telegram.named("answerCallbackQuery")]
    assert answers == ["Это личный бот, он работает только со своим владельцем."]
    await owner.taps_data(data, card)
    async with runtime.unit_of_work() as session:
        (draft,) = await session.scalars(select(Content))
    assert draft.status == ContentStatus.READY


async def test_groups_are_ignored_even_for_the_owner(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    before = await rows(runtime)
    for text in ("/start", "hello"):
        await owner.sends(text=text, chat=GROUP)
    assert await rows(runtime) == before
    assert not owner.telegram.calls


async def test_blocking_the_bot_is_remembered_and_forgotten(owner: Person, runtime: Runtime) -> None:
    await owner.says("/start")
    bot_user = User(id=42, is_bot=True, first_name="N")
    member = ChatMemberMember(user=bot_user)
    banned = ChatMemberBanned(user=bot_user, until_date=datetime.now(UTC))
    await owner.feed(
        my_chat_member=ChatMemberUpdated(
            chat=owner.chat,
            from_user=owner.user,
            date=datetime.now(UTC),
            old_chat_member=member,
            new_chat_member=banned,
        )
    )
    async with runtime.unit_of_work() as session:
        assert OWNER not in await chats.reachable(session)
    await owner.says("/start")
    async with runtime.unit_of_work() as session:
        assert OWNER in await chats.reachable(session)
        assert await chats.get(session, STRANGER) is None


@pytest.mark.parametrize(
    "failure",
    [
        ClientDecodeError("Failed to decode object", ValueError(), "<html>"),
        TelegramNetworkError(method=SendMessage(chat_id=1, text="x"), message="reset"),
        RuntimeError("a defect"),
    ],
)
async def test_a_stranger_learns_nothing_of_errors_either(
    stranger: Person, runtime: Runtime, failure: Exception
) -> None:
    stranger.telegram.fail("sendMessage", failure)
    await stranger.says("hello")
    assert stranger.messages == []
    assert await rows(runtime) == (0, 0, 0)
