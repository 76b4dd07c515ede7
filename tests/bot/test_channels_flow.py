"""Channels: connected in each way, proved, tested, set up, disconnected and connected again."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.types import (
    Chat,
    ChatMemberAdministrator,
    ChatMemberLeft,
    ChatMemberUpdated,
    Message,
    MessageOriginChannel,
    User,
)
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy import select

from bot.app import build_dispatcher
from bot.sandbox import Sandbox, SandboxServer
from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.chats.models import ChatState
from core.config import Settings
from core.content import service as content
from core.content.models import Content
from core.products import service as products
from core.products.models import Product
from core.publications import scheduling
from core.runtime import Runtime
from tests.bot.conftest import OWNER, SECOND_OWNER
from tests.bot.person import Person
from tests.bot.telegram import BOT_ID, buttons_of

OURS = f"{BOT_ID}:{'A' * 35}"
THEIRS = f"700001:{'B' * 35}"


@pytest.fixture
async def sandbox() -> AsyncGenerator[tuple[Sandbox, str]]:
    """A Telegram with the channel @acme that our bot administers, and @club that another bot does."""
    box = Sandbox(OURS)
    box.add_channel("Acme news", "acme").admins[str(BOT_ID)] = {}
    box.add_bot(THEIRS, "acme_bot", "Acme")
    box.add_channel("Club", "club").admins["700001"] = {}
    async with SandboxServer(box) as server:
        yield box, server.url
    box.close()


@pytest.fixture
def settings(settings: Settings, sandbox: tuple[Sandbox, str]) -> Settings:
    """Settings that point at the local Telegram."""
    return settings.model_copy(
        update={
            "telegram_owner_ids": (OWNER, SECOND_OWNER),
            "telegram_bot_token": SecretStr(OURS),
            "telegram_api_base": AnyHttpUrl(sandbox[1]),
        }
    )


@pytest.fixture
def box(sandbox: tuple[Sandbox, str]) -> Sandbox:
    return sandbox[0]


async def only_channel(runtime: Runtime) -> Channel:
    async with runtime.unit_of_work() as session:
        (channel,) = await session.scalars(select(Channel))
    return channel


async def no_channel(runtime: Runtime) -> bool:
    async with runtime.unit_of_work() as session:
        return not list(await session.scalars(select(Channel)))


def texts(box: Sandbox, name: str) -> list[str]:
    return [post.content.get("text", "") for post in box.messages(name)]


async def begin(owner: Person, way: str = "This bot") -> None:
    await owner.says("/channels")
    await owner.taps("Connect a channel")
    await owner.taps(way)


async def connect(owner: Person, name: str = "@acme") -> None:
    await begin(owner)
    await owner.says(name)
    await owner.taps("Connect without a test")


@pytest.mark.parametrize("typed", ["@acme", "acme", "https://t.me/acme", "t.me/acme/17", "-1001000000001"])
async def test_the_panel_s_bot_is_connected_by_any_name_of_the_channel(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox, typed: str
) -> None:
    await begin(owner)
    assert "@nexus_bot" in owner.text
    await owner.says(typed)
    assert "Acme news (@acme)" in owner.text
    for right in ("post messages", "edit what is published", "delete what is published"):
        assert f"✅ {right}" in owner.text
    assert await no_channel(runtime)
    await owner.taps("Test post and connect")
    assert "is connected, the test post is there" in owner.text
    assert [text for text in texts(box, "@acme") if "test post" in text]
    channel = await only_channel(runtime)
    assert (channel.product_id, channel.status) == (product.id, ChannelStatus.ACTIVE)
    assert OURS not in str(channel.credentials)
    assert channels.open_credentials(runtime.keyring, channel) == {
        "bot_token": OURS, "chat_id": "-1001000000001",
    }  # fmt: skip
    assert any(data.startswith("https://t.me/acme/") for _, data in buttons_of(owner.screen.reply_markup))
    await owner.taps("Delete the test post")
    assert "The test post is deleted" in owner.text
    assert not [text for text in texts(box, "@acme") if "test post" in text]


async def test_a_forwarded_post_names_its_channel(owner: Person, product: Product, box: Sandbox) -> None:
    secret = box.add_channel("Secret")
    secret.admins[str(BOT_ID)] = {}
    await begin(owner)
    origin = MessageOriginChannel(
        date=datetime.now(UTC), chat=Chat(id=secret.id, type="channel", title="Secret"), message_id=5
    )
    await owner.sends_photo(forward_origin=origin)
    assert "Found: Secret" in owner.text


async def test_an_own_token_is_deleted_from_the_chat_before_it_is_looked_at(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await begin(owner, "A bot of your own")
    assert "@BotFather" in owner.text
    before = len(owner.telegram.calls)
    await owner.says(f"Done! Use this token to access the HTTP API:\n{THEIRS}\nKeep it secure")
    assert owner.telegram.calls[before].__api_method__ == "deleteMessage"
    assert "The token works: @acme_bot" in owner.text
    state = await runtime_states(runtime)
    assert THEIRS not in str(state)
    await owner.says("@club")
    await owner.taps("Connect without a test")
    channel = await only_channel(runtime)
    assert channels.open_credentials(runtime.keyring, channel)["bot_token"] == THEIRS
    assert THEIRS not in str([message.text for message in owner.messages])


async def runtime_states(runtime: Runtime) -> list[Any]:
    async with runtime.unit_of_work() as session:
        return [(row.state, row.data) for row in await session.scalars(select(ChatState))]


async def test_a_wrong_token_is_deleted_too_and_asked_for_again(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await begin(owner, "A bot of your own")
    for wrong, answer in (
        ("not a token", "does not look like a token"),
        (f"700009:{'C' * 35}", "does not know this token"),
    ):
        deleted = len(owner.telegram.named("deleteMessage"))
        await owner.says(wrong)
        assert len(owner.telegram.named("deleteMessage")) > deleted
        assert answer in owner.text
    await owner.says(THEIRS)
    assert "The token works" in owner.text
    assert await no_channel(runtime)


async def test_the_owner_is_told_whether_the_secret_is_gone(owner: Person, product: Product) -> None:
    await begin(owner, "A bot of your own")
    await owner.says(THEIRS)  # the mocked Telegram has no such message: it refuses to delete it
    assert "Delete it yourself" in owner.text
    await begin(owner, "A bot of your own")
    message = owner.message(text=THEIRS)
    owner.telegram.chats[OWNER][message.message_id] = message
    await owner.feed(message=message)
    assert "The message with the secret is deleted" in owner.text
    assert THEIRS not in str([one.text for one in owner.messages])


async def test_each_missing_right_is_named_and_looked_at_again(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    channel = box.channel("@acme")
    assert channel is not None
    channel.admins[str(BOT_ID)] = {"can_post_messages": False, "can_delete_messages": False}
    await begin(owner)
    await owner.says("@acme")
    assert "❌ post messages" in owner.text
    assert "✅ edit what is published" in owner.text
    assert "⚠️ delete what is published" in owner.text
    assert not any("Test post" in label for label in owner.labels)
    lacking = owner.screen
    channel.admins[str(BOT_ID)] = {}
    await owner.taps("Check again")
    assert "✅ post messages" in owner.text
    await owner.taps("Check again", on=lacking)  # an old button
    assert "nothing was done" in owner.text
    assert await no_channel(runtime)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("@nobody", "found no such channel"), ("@club", "not in this channel"),
        ("https://t.me/+AbCdEf", "Forward any post"), ("two words", "could not tell which channel"),
    ],
)  # fmt: skip
async def test_what_does_not_work_says_what_to_do_and_asks_again(
    owner: Person, product: Product, runtime: Runtime, typed: str, answer: str
) -> None:
    await begin(owner)
    await owner.says(typed)
    assert answer in owner.text
    assert await no_channel(runtime)
    if any("Correct it" in label for label in owner.labels):
        await owner.taps("Correct it")
    await owner.says("@acme")
    assert "Found: Acme news" in owner.text


async def test_a_channel_of_another_product_is_refused_by_any_of_its_names(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    async with runtime.unit_of_work() as session:
        await channels.connect(
            session, runtime.keyring, product_id=channel.product_id, platform="telegram",
            platform_name="@acme", credentials={"bot_token": OURS, "chat_id": "@ACME"},
        )  # fmt: skip
        await products.create(session, name="Coffee")
    await owner.says("/channels")
    await owner.taps("Connect a channel")
    await owner.taps("Coffee")
    await owner.taps("This bot")
    await owner.says("-1001000000001")
    assert "connected to the product “Tea & Co” already" in owner.text
    assert (await only_channel(runtime)).product_id == channel.product_id


async def test_a_double_tap_sends_one_test_post(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    await begin(owner)
    await owner.says("@acme")
    found = owner.screen
    await owner.taps("Test post and connect", on=found)
    await owner.taps("Test post and connect", on=found)
    assert "nothing was done" in owner.text
    assert len([text for text in texts(box, "@acme") if "test post" in text]) == 1
    await owner.says("/channels")
    await owner.taps("Acme news")
    card = owner.screen
    await owner.taps("Test post", on=card)
    await owner.taps("Test post", on=card)
    assert "nothing was done" in owner.text
    assert len([text for text in texts(box, "@acme") if "test post" in text]) == 2


async def test_a_lost_answer_saves_nothing_and_says_where_to_look(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    await begin(owner)
    await owner.says("@acme")
    box.faults.add("500_after", method="sendMessage")
    await owner.taps("Test post and connect")
    assert "answer did not come" in owner.text
    assert await no_channel(runtime)
    await owner.taps("Connect without a test")
    assert (await only_channel(runtime)).status == ChannelStatus.ACTIVE


async def test_the_wizard_survives_a_restart(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    await begin(owner, "A bot of your own")
    await owner.says(THEIRS)
    again = Person(build_dispatcher(runtime), owner.bot, owner.telegram, OWNER, "en")
    await again.says("@club")
    assert "Found: Club" in again.text
    later = Person(build_dispatcher(runtime), owner.bot, owner.telegram, OWNER, "en")
    await later.taps("Connect without a test")
    assert (await only_channel(runtime)).status == ChannelStatus.ACTIVE


def _member(person: Person, chat: Chat, *, inside: bool) -> ChatMemberUpdated:
    bot = User(id=BOT_ID, is_bot=True, first_name="N")
    rights = dict.fromkeys(
        [name for name, field in ChatMemberAdministrator.model_fields.items() if field.annotation is bool],
        True,
    )
    admin = ChatMemberAdministrator(user=bot, **rights)  # type: ignore[arg-type]
    left = ChatMemberLeft(user=bot)
    return ChatMemberUpdated(
        chat=chat, from_user=person.user, date=datetime.now(UTC),
        old_chat_member=left if inside else admin, new_chat_member=admin if inside else left,
    )  # fmt: skip


CHANNEL = Chat(id=-1001000000001, type="channel", title="Acme news", username="acme")


async def test_adding_the_bot_to_a_channel_is_an_offer_in_the_owner_s_chat(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.feed(my_chat_member=_member(owner, CHANNEL, inside=True))
    assert "added to “Acme news”" in owner.text
    await owner.taps("Connect “Acme news”")
    assert "Found: Acme news (@acme)" in owner.text
    await owner.taps("Connect without a test")
    channel = await only_channel(runtime)
    assert channel.status == ChannelStatus.ACTIVE
    written = len(owner.messages)
    await owner.feed(my_chat_member=_member(owner, CHANNEL, inside=True))
    assert len(owner.messages) == written
    await owner.feed(my_chat_member=_member(owner, CHANNEL, inside=False))
    assert "was removed from this channel" in owner.text
    assert (await only_channel(runtime)).status == ChannelStatus.ERROR
    await owner.feed(my_chat_member=_member(owner, CHANNEL, inside=True))
    assert "rights in this channel have changed" in owner.text
    await owner.taps("Check again")
    assert "Everything is in order" in owner.text
    assert (await only_channel(runtime)).status == ChannelStatus.ACTIVE


async def test_a_stranger_who_adds_the_bot_somewhere_is_not_heard(
    owner: Person, stranger: Person, product: Product
) -> None:
    await stranger.feed(my_chat_member=_member(stranger, CHANNEL, inside=True))
    assert not owner.telegram.calls


async def _plan(runtime: Runtime, product: Product) -> None:
    async with runtime.unit_of_work() as session:
        draft = await content.create_draft(session, product_id=product.id, text="A text")
        now = runtime.clock.now()
        await content.approve(session, draft.id, version=draft.version, now=now)
        await scheduling.schedule(
            session,
            content_id=draft.id,
            version=draft.version,
            when=scheduling.At(now + timedelta(hours=3)),
            now=now,
        )


async def test_a_channel_is_disconnected_and_connected_again_with_its_queue(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    await connect(owner)
    await _plan(runtime, product)
    await owner.says("/channels")
    await owner.taps("Acme news")
    assert "1 post" in owner.text
    card = owner.screen
    await owner.taps("Disconnect")
    assert "1 queued post will wait" in owner.text
    await owner.taps("Disconnect it")
    channel = await only_channel(runtime)
    assert channel.status == ChannelStatus.DISCONNECTED
    assert channels.open_credentials(runtime.keyring, channel) == {"chat_id": "-1001000000001"}
    for label in ("Disconnect", "Test post"):
        await owner.taps(label, on=card)
        assert "nothing was done" in owner.text, label
    await owner.taps("Connect again")
    await owner.taps("This bot")
    await owner.taps("Keep -1001000000001")
    await owner.taps("Connect without a test")
    again = await only_channel(runtime)
    assert (again.id, again.status) == (channel.id, ChannelStatus.ACTIVE)
    assert "1 post" in owner.text


async def test_connecting_another_account_says_where_the_queue_will_go(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    await connect(owner)
    await _plan(runtime, product)
    box.add_channel("Other", "other").admins[str(BOT_ID)] = {}
    await owner.taps("Reconnect")
    await owner.taps("This bot")
    await owner.says("@other")
    assert "Before, this was “Acme news (@acme)”. 1 post of its queue" in owner.text


async def test_settings_are_chosen_and_kept(owner: Person, product: Product, runtime: Runtime) -> None:
    await connect(owner)
    await owner.taps("Settings")
    screen = owner.screen
    await owner.taps("Silent posts", on=screen)
    assert "subscribers hear no sound" in owner.text
    await owner.taps("Silent posts", on=screen)  # the same button again asks for the same
    assert (await only_channel(runtime)).settings["silent"] is True
    await owner.taps("Link previews")
    await owner.taps("Link previews")
    assert "Link previews: off" in owner.text
    await owner.taps("Silent posts")
    kept = (await only_channel(runtime)).settings
    assert (kept["silent"], kept["link_preview"]) == (False, "off")


async def test_the_name_to_show_is_changed(owner: Person, product: Product, runtime: Runtime) -> None:
    await connect(owner)
    await owner.taps("Name")
    await owner.says("x" * 300)
    assert "Too long" in owner.text
    await owner.says("Our <b>news</b>")
    assert "The new name is saved" in owner.text
    assert (await only_channel(runtime)).platform_name == "Our <b>news</b>"


async def test_a_check_finds_what_has_gone_wrong_since(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    await connect(owner)
    channel = box.channel("@acme")
    assert channel is not None
    channel.admins[str(BOT_ID)] = {"can_post_messages": False}
    await owner.taps("Check")
    assert "❌ post messages" in owner.text
    assert "Refuses us: rights are missing: post messages" in owner.text
    assert (await only_channel(runtime)).status == ChannelStatus.ERROR
    box.faults.add("500_before")
    await owner.taps("Check again")
    assert "does not answer at the moment" in owner.text
    channel.admins[str(BOT_ID)] = {}
    await owner.taps("Check again")
    assert (await only_channel(runtime)).status == ChannelStatus.ACTIVE


async def test_without_a_product_the_way_is_shown(owner: Person) -> None:
    await owner.says("/channels")
    assert "no channel yet" in owner.text
    await owner.taps("Connect a channel")
    assert "there is none yet" in owner.text
    assert any("Add a product" in label for label in owner.labels)


@pytest.mark.parametrize("form", [None, "products", "wizard"])
@pytest.mark.parametrize(
    ("text", "belongs"), [(f"my token {THEIRS}", "Connect a channel"), ("sk-ant-api03-" + "x" * 40, ".env")]
)
async def test_a_secret_anywhere_else_is_deleted_and_becomes_nothing(
    owner: Person, product: Product, runtime: Runtime, text: str, belongs: str, form: str | None
) -> None:
    if form == "products":
        await owner.says("/products")
        await owner.taps("Add a product")
    if form == "wizard":
        await begin(owner)
    before = len(owner.telegram.calls)
    await owner.says(text)
    assert owner.telegram.calls[before].__api_method__ == "deleteMessage"
    assert belongs in owner.text
    async with runtime.unit_of_work() as session:
        assert not list(await session.scalars(select(Content)))
        assert len(await products.list_active(session)) == 1
    await owner.feed(edited_message=owner.message(text=text))
    assert belongs in owner.text


async def test_ordinary_texts_are_no_secrets(owner: Person, product: Product, runtime: Runtime) -> None:
    for text in (
        "At 12:30 we open\nTwo\nThree",
        "ask-me-anything\nsk-8 road\nThree",
        "123456789:short\n1\n2",
    ):
        await owner.says(text)
    async with runtime.unit_of_work() as session:
        assert len(list(await session.scalars(select(Content)))) == 3


async def test_every_button_of_the_card_leads_somewhere(owner: Person, product: Product) -> None:
    await connect(owner)
    card: Message = owner.screen
    for label, data in buttons_of(card.reply_markup):
        await owner.taps_data(data, card)
        assert "Something broke" not in owner.text, label
        assert owner.labels, label
