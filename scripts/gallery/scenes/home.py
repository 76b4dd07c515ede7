"""The first tap, the home screen, help and languages."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def play(phone: Phone) -> None:
    """Press Start, choose the language, look around."""
    await phone.page.get_by_test_id("start").click()
    await phone.shot("language", "The very first question")
    await phone.tap_label({"ru": "Русский", "en": "English"}[phone.language])
    await phone.shot("home", "Home")


SCENE = Scene("home", "Home and help", ("home", "help", "cancel"), play)
