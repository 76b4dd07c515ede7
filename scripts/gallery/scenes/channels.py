"""Channels: the list, one channel, its settings, connecting and disconnecting."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def play(phone: Phone) -> None:
    """Look at the channel, test it, and at what connecting another one asks."""
    await phone.say("/channels")
    await phone.shot("list", "The channels")
    await phone.tap_label("@anima_demo")
    await phone.shot("card", "One channel")
    await phone.tap("channel-test")
    await phone.wait_for_text(phone.label("channel-tested"))
    await phone.shot("tested", "A test post")
    await phone.tap("channel-settings")
    await phone.shot("settings", "How it publishes")
    await phone.back()
    await phone.tap_exactly("channel-check")
    await phone.shot("checked", "Its rights, one by one")
    await phone.tap_exactly("channel-disconnect")
    await phone.shot("disconnect", "Before disconnecting")
    await phone.say("/channels")
    await phone.tap("channels-connect")
    await phone.shot("connect", "Connecting")


SCENE = Scene("channels", "Channels", ("channels",), play)
