"""The first run from nothing: language, zone, product, channel, a test post."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene
from scripts.gallery.world import Start


async def play(phone: Phone) -> None:
    """Answer every question of the first run, and connect a channel."""
    await phone.page.get_by_test_id("start").click()
    await phone.tap_label({"ru": "Русский", "en": "English"}[phone.language], until="welcome-skip")
    await phone.shot("zone", "Where do you live?")
    await phone.say({"ru": "Казань", "en": "Kazan"}[phone.language], until="welcome-zone-yes")
    await phone.shot("zone-confirm", "Is that your clock?")
    await phone.tap("welcome-zone-yes", until="welcome-skip")
    await phone.shot("product", "The first product")
    await phone.say({"ru": "Тихий чай", "en": "Quiet Tea"}[phone.language], until="welcome-skip")
    await phone.shot("description", "What it is")
    await phone.say(
        {"ru": "Чай и тишина для тех, кто никуда не спешит.", "en": "Tea and quiet for those in no hurry."}[
            phone.language
        ],
        until="channels-connect",
    )
    await phone.shot("channel", "The first channel")
    await phone.tap("channels-connect")
    await phone.shot("platforms", "Every platform there is")
    await phone.tap_label("Telegram")
    await phone.shot("ways", "Two ways to connect a channel")
    phone.trail.append("the bot is made an administrator of a channel")
    await phone.new_channel({"ru": "Тихий чай", "en": "Quiet Tea"}[phone.language], "quiet_tea")
    await phone.shot("found", "The channel was seen at once")


SCENE = Scene("welcome", "The first run", ("welcome",), play, Start.EMPTY)
