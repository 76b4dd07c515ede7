"""Beginning a post by command, and planning and writing a whole week."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def compose(phone: Phone) -> None:
    """Ask for a new post, and for a product nobody has."""
    await phone.say("/new")
    await phone.shot("new", "A new post")
    await phone.say("/post Tea Открыто до полуночи")
    await phone.shot("which", "For a product that is not there")
    await phone.say("/cancel")


async def week(phone: Phone) -> None:
    """Plan three posts and have them written."""
    await phone.say("/week")
    await phone.shot("plan", "The plan of a week")
    await phone.tap_exactly_label("3")
    await phone.tap("week-write", until="week-approve")
    await phone.shot("written", "A week written")


COMPOSE = Scene("compose", "Beginning a post", ("compose",), compose)
WEEK = Scene("week", "A week at once", ("week",), week)
