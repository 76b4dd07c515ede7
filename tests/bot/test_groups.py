"""The bot answers owners in groups they allow, shows there only what may be looked at, and takes no secret from one."""

from datetime import UTC, datetime

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import DeleteMessage
from aiogram.types import (
    Chat,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberUpdated,
    Message,
    User,
)
from pydantic import SecretStr

from core.channels.models import Channel
from core.chats import service as chats
from core.config import Settings
from core.runtime import Runtime
from core.settings import groups
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import BOT_ID, BOT_USER

GROUP = Chat(id=-1001, type="supergroup", title="Team")
TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings with the bot's own token: only then a chat it is added to can be connected."""
    return settings.model_copy(update={"telegram_bot_token": SecretStr(f"{BOT_ID}:TEST")})


def _shown(person: Person, chat: int = GROUP.id) -> list[Message]:
    return list(person.telegram.chats[chat].values())


async def _allow(runtime: Runtime, chat: int = GROUP.id) -> None:
    async with runtime.unit_of_work() as session:
        assert await groups.allow(session, chat, "Team")


async def _allowed(runtime: Runtime) -> list[int]:
    async with runtime.unit_of_work() as session:
        return [group.id for group in await groups.allowed(session)]


async def _member(person: Person, *, inside: bool, kind: str = "supergroup") -> None:
    bot_user = User(id=BOT_ID, is_bot=True, first_name="N")
    there, gone = ChatMemberMember(user=bot_user), ChatMemberLeft(user=bot_user)
    await person.feed(
        my_chat_member=ChatMemberUpdated(
            chat=GROUP.model_copy(update={"type": kind}), from_user=person.user, date=datetime.now(UTC),
            old_chat_member=gone if inside else there, new_chat_member=there if inside else gone,
        )
    )  # fmt: skip


async def test_an_owner_sees_the_state_in_an_allowed_group_without_buttons(
    owner: Person, second_owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says("/status", chat=GROUP)
    assert not owner.telegram.calls, "not allowed yet"
    await _allow(runtime)
    for command in ("/status", "/queue@nexus_bot", "/drafts", "/usage"):
        await owner.says(command, chat=GROUP)
    assert [bool(message.text) for message in _shown(owner)] == [True] * 4
    assert "PostgreSQL" in (_shown(owner)[0].text or "")
    for message in _shown(owner):
        assert message.reply_markup is not None
        for row in message.reply_markup.inline_keyboard:
            assert [button.url for button in row] == ["https://t.me/nexus_bot"]
    async with runtime.unit_of_work() as session:
        chat = await chats.get(session, OWNER)
    assert chat is None or chat.started_at is None, "a group does not open the private chat"
    await second_owner.says("/status", chat=GROUP)
    assert "Состояние" in (_shown(owner)[-1].text or ""), "each owner in their language"


async def test_others_and_what_is_not_for_the_bot_get_nothing(
    owner: Person, stranger: Person, runtime: Runtime
) -> None:
    await _allow(runtime)
    await stranger.says("/status", chat=GROUP)
    for text in ("hello", "/status@other_bot", "/roll", "A finished text.\nTwo.\nThree."):
        await owner.says(text, chat=GROUP)
    await owner.feed(edited_message=owner.message(chat=GROUP, text="/status"))
    assert not [call for call in owner.telegram.calls if call.__api_method__ != "getMe"]


@pytest.mark.parametrize("text", ["/new", "/pause", "/settings", "/channels", "/start"])
async def test_whatever_changes_something_is_done_in_private(
    owner: Person, runtime: Runtime, text: str
) -> None:
    await _allow(runtime)
    await owner.says(text, chat=GROUP)
    (answer,) = _shown(owner)
    assert answer.text == "That is done in the private chat."
    assert not owner.messages


async def test_a_reply_to_the_bot_is_no_answer_to_a_question(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await _allow(runtime)
    await owner.says("/channels")
    asked = Message(message_id=5, date=datetime.now(UTC), chat=GROUP, from_user=BOT_USER, text="What?")
    await owner.says("Tea", chat=GROUP, reply_to_message=asked)
    assert _shown(owner)[-1].text == "That is done in the private chat."
    other = asked.model_copy(update={"from_user": User(id=9, is_bot=True, first_name="X")})
    await owner.says("Tea", chat=GROUP, reply_to_message=other)
    assert len(_shown(owner)) == 1


@pytest.mark.parametrize("may_delete", [True, False])
async def test_a_secret_is_taken_away_and_not_kept(owner: Person, runtime: Runtime, may_delete: bool) -> None:
    await _allow(runtime)
    if not may_delete:
        refusal = TelegramBadRequest(
            method=DeleteMessage(chat_id=1, message_id=1), message="not enough rights"
        )
        owner.telegram.fail("deleteMessage", refusal)
    await owner.says(f"the token is {TOKEN}", chat=GROUP)
    (call,) = owner.telegram.named("deleteMessage")
    assert call.chat_id == GROUP.id
    (answer,) = _shown(owner)
    assert "do not belong into a group" in (answer.text or "")
    assert TOKEN not in (answer.text or "")


async def test_a_group_is_allowed_where_the_bot_is_added_and_forgotten_where_it_is_taken_out(
    owner: Person, stranger: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says("/start")
    owner.telegram.groups[str(GROUP.id)] = GROUP.id
    await _member(owner, inside=True)
    offer = owner.screen
    await owner.taps("Answer me in this group", on=offer)
    await owner.taps("Answer me in this group", on=offer)
    assert "I answer in the group “Team <b>”" in owner.text
    assert await _allowed(runtime) == [GROUP.id]
    await _member(stranger, inside=False)
    assert await _allowed(runtime) == [], "whoever takes it out"
    await owner.says("/status", chat=GROUP)
    assert not _shown(owner)


async def test_a_group_is_allowed_by_name_and_taken_off(owner: Person, runtime: Runtime) -> None:
    await owner.says("/settings")
    await owner.taps("Owners")
    await owner.taps("Groups")
    await owner.taps("Add a group")
    for typed, said in (
        ("my team", "does not look like a group"),
        ("@nowhere", "I see no such group"),
        (str(OWNER * 1000), "I see no such group"),
    ):
        await owner.says(typed)
        assert said in owner.text
    owner.telegram.groups["@team"] = GROUP.id
    await owner.says("https://t.me/team")
    assert await _allowed(runtime) == [GROUP.id]
    listed = owner.screen
    await owner.taps("✖️ Team", on=listed)
    await owner.taps("✖️ Team", on=listed)
    assert await _allowed(runtime) == []
    assert "None yet" in owner.text


async def test_what_is_allowed_moves_with_a_group_that_becomes_a_supergroup(
    owner: Person, stranger: Person, runtime: Runtime
) -> None:
    old = Chat(id=-55, type="group", title="Team")
    await _allow(runtime, old.id)
    await stranger.sends(chat=old, migrate_to_chat_id=GROUP.id)
    assert await _allowed(runtime) == [GROUP.id]
    await owner.says("/status", chat=GROUP)
    assert len(_shown(owner)) == 1
    await stranger.sends(chat=Chat(id=-77, type="group", title="Other"), migrate_to_chat_id=-88)
    assert await _allowed(runtime) == [GROUP.id]


async def test_there_are_only_so_many_groups(owner: Person, runtime: Runtime) -> None:
    for number in range(groups.MOST):
        await _allow(runtime, -2000 - number)
    async with runtime.unit_of_work() as session:
        assert not await groups.allow(session, -9, "One more")
        assert await groups.allow(session, -2000, "Renamed")
