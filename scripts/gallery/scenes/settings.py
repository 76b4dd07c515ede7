"""Settings: everything at a glance, each group, one setting with its choices, and tables as Telegram draws them."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def play(phone: Phone) -> None:
    """Look through the groups, change a few settings, then see a table in Telegram's own way."""
    await phone.say("/settings")
    await phone.shot("overview", "Settings at a glance")
    await phone.tap("setting-zone")
    await phone.shot("zone", "The time zone")
    await phone.tap("settings-own")
    await phone.shot("zone-ask", "A zone by the name of a city")
    await phone.say({"ru": "Тверь", "en": "Tver"}[phone.language], until="settings-open-pub")
    await phone.shot("zone-found", "What was found")
    phone.trail = []
    await phone.say("/settings")
    await phone.tap("settings-open-pub")
    await phone.shot("publishing", "Publishing")
    await phone.tap("setting-gap")
    await phone.shot("gap", "One setting and its choices")
    await phone.back()
    await phone.back()
    await phone.tap("settings-open-ai")
    await phone.shot("ai", "AI")
    await phone.tap("setting-model")
    await phone.shot("model", "Choosing a model")
    await phone.back()
    await phone.tap("setting-cap-day")
    await phone.shot("cap", "A spending cap")
    await phone.back()
    await phone.back()
    await phone.tap("settings-open-news")
    await phone.shot("news", "Notifications")
    await phone.back()
    await phone.tap("settings-open-elsewhere")
    await phone.shot("elsewhere", "What is set elsewhere")
    await phone.tap("groups-open")
    await phone.shot("groups", "Groups that are answered")
    await phone.back()
    await phone.back()
    await phone.tap("settings-open-look")
    await phone.shot("look", "Interface")
    await phone.tap("setting-tables")
    await phone.shot("tables", "Tables as Telegram draws them")
    await phone.tap_exactly("settings-on")


async def rich(phone: Phone) -> None:
    """The same tables, as rich messages."""
    await phone.say("/analytics")
    await phone.tap("analytics-section-kinds")
    await phone.shot("kinds", "A table with the setting “Telegram tables” on")
    await phone.tap("analytics-section-hours")
    await phone.shot("hours", "Another")


SCENE = Scene("settings", "Settings", ("settings", "groups"), play)
RICH = Scene("rich", "Telegram's own tables", (), rich)
