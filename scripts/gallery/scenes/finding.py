"""Finding an old post, and the lists of rules and events."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def search(phone: Phone) -> None:
    """Look for a word."""
    await phone.say("/find")
    await phone.shot("ask", "What to look for")
    await phone.say("душа", until="search-again")
    await phone.shot("found", "What was found")
    await phone.say("/find единорог", until="search-again")
    await phone.shot("nothing", "Nothing found")


async def automations(phone: Phone) -> None:
    """Look at the rules."""
    await phone.say("/automations")
    await phone.shot("list", "Automations")


async def events(phone: Phone) -> None:
    """Look at what products have sent."""
    await phone.say("/events")
    await phone.shot("list", "Events")


SEARCH = Scene("search", "Finding a post", ("search",), search)
AUTOMATIONS = Scene("automations", "Automations", ("automations",), automations)
EVENTS = Scene("events", "Events", ("events",), events)
