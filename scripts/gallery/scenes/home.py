"""The first tap in an installation that has everything, home, help, and what is said to what nobody expects."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def play(phone: Phone) -> None:
    """Press Start, choose the language, look around."""
    await phone.page.get_by_test_id("start").click()
    await phone.shot("language", "The very first question")
    await phone.tap_label({"ru": "Русский", "en": "English"}[phone.language])
    await phone.shot("home", "Home")
    await phone.tap("home-help")
    await phone.shot("help", "Help")
    for topic in ("posting", "schedule", "voice", "channels", "commands"):
        await phone.tap(f"help-topic-{topic}")
        await phone.shot(f"help-{topic}", f"Help on {topic}")
        await phone.back()
    phone.trail = []
    await phone.say("/publish")
    await phone.shot("unknown", "A command that does not exist")
    await phone.say("/cancel")
    await phone.shot("cancel", "Nothing to cancel")


SCENE = Scene("home", "Home and help", ("home", "help", "cancel"), play)
