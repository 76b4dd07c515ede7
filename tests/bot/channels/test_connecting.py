"""Channels are connected in each way, proved one right after the other, and kept only then."""

from datetime import UTC, datetime

import pytest
from aiogram.types import (
    Chat,
    MessageOriginChannel,
)

from bot.app import build_dispatcher
from bot.sandbox import Sandbox
from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.channels.steps import OURS, THEIRS, begin, membership, no_channel, only_channel, texts
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import BOT_ID, buttons_of


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
    await owner.taps("Telegram")
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


CHANNEL = Chat(id=-1001000000001, type="channel", title="Acme news", username="acme")


async def test_adding_the_bot_to_a_channel_is_an_offer_in_the_owner_s_chat(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.feed(my_chat_member=membership(owner, CHANNEL, inside=True))
    assert "added to “Acme news”" in owner.text
    await owner.taps("Connect “Acme news”")
    assert "Found: Acme news (@acme)" in owner.text
    await owner.taps("Connect without a test")
    channel = await only_channel(runtime)
    assert channel.status == ChannelStatus.ACTIVE
    written = len(owner.messages)
    await owner.feed(my_chat_member=membership(owner, CHANNEL, inside=True))
    assert len(owner.messages) == written
    await owner.feed(my_chat_member=membership(owner, CHANNEL, inside=False))
    assert "was removed from this channel" in owner.text
    assert (await only_channel(runtime)).status == ChannelStatus.ERROR
    await owner.feed(my_chat_member=membership(owner, CHANNEL, inside=True))
    assert "rights in this channel have changed" in owner.text
    await owner.taps("Check again")
    assert "Everything is in order" in owner.text
    assert (await only_channel(runtime)).status == ChannelStatus.ACTIVE


async def test_a_stranger_who_adds_the_bot_somewhere_is_not_heard(
    owner: Person, stranger: Person, product: Product
) -> None:
    await stranger.feed(my_chat_member=membership(stranger, CHANNEL, inside=True))
    assert not owner.telegram.calls


async def test_a_connected_channel_ends_the_first_run(owner: Person, runtime: Runtime) -> None:
    await owner.says("/start")
    await owner.taps("Skip")
    await owner.says("Tea")
    await owner.taps("Skip")
    await owner.taps("Connect a channel")
    await owner.taps("Telegram")
    await owner.taps("This bot")
    await owner.says("@acme")
    await owner.taps("Test post and connect")
    card, done = owner.messages[-2:]
    assert "the test post is there" in (card.text or "")
    assert "All set!" in (done.text or "")
    assert "Connect a channel for" not in owner.text
    await owner.says("/start")
    assert "All set!" not in owner.text
