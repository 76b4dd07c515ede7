"""Finding an old post."""

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


SEARCH = Scene("search", "Finding a post", ("search",), search)
