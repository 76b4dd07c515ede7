"""A channel that is connected: checked, set up, renamed, disconnected and connected again."""

from aiogram.types import (
    Message,
)

from bot.sandbox import Sandbox
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.channels.steps import connect, only_channel, plan
from tests.bot.person import Person
from tests.bot.telegram import BOT_ID, buttons_of


async def test_a_channel_is_disconnected_and_connected_again_with_its_queue(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    await connect(owner)
    await plan(runtime, product)
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
    await owner.taps("Keep “Acme news (@acme)”")
    await owner.taps("Connect without a test")
    again = await only_channel(runtime)
    assert (again.id, again.status) == (channel.id, ChannelStatus.ACTIVE)
    assert "1 post" in owner.text


async def test_connecting_another_account_says_where_the_queue_will_go(
    owner: Person, product: Product, runtime: Runtime, box: Sandbox
) -> None:
    await connect(owner)
    await plan(runtime, product)
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


async def test_every_button_of_the_card_leads_somewhere(owner: Person, product: Product) -> None:
    await connect(owner)
    card: Message = owner.screen
    for label, data in buttons_of(card.reply_markup):
        await owner.taps_data(data, card)
        assert "Something broke" not in owner.text, label
        assert owner.labels, label
